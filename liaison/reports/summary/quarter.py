"""The next quarter in words and rows, as an audience may read it: capacity, the list, what visits would bring, goals.

Visits, hours and targets are the team's own and nobody's small count. What counts towards a goal of referrals is one of
a territory and a line: outside the team only the outlook of such a goal is told, never how many came.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from liaison.facts.reference import service_lines
from liaison.metrics.findings import effect as effect_says
from liaison.metrics.findings import summary as says
from liaison.planning.goals import OVER, Progress
from liaison.planning.quarter import Quarter
from liaison.reports.summary.rounding import worth_for
from liaison.vocabulary import Audience, GoalMeasure, comparison_key, month_words

Labels = Mapping[tuple[str, str], str]
GOALS = 3  # that are told in the sentence
MISSED, OPEN, MET = "will probably be missed", "is open", "will probably be met"
NOT_TOLD = "not told"
NOT_ONE = "No goal is set for these months."
ROWS = ["what", "value", "low", "high", "unit", "from what"]


@dataclass(frozen=True)
class Plan:
    """`says`: sentences of the front page, the list's first where there is one; `goals`: a row each; `assumed`: what
    capacity is worked out from; `rows`: numbers as in `ROWS`."""

    title: str
    said: str
    says: tuple[str, ...]
    goals: tuple[dict[str, Any], ...]
    assumed: tuple[str, ...]
    rows: tuple[dict[str, Any], ...]


def plan(of: Quarter, listed: str | None, labels: Labels, audience: Audience) -> Plan:
    """`listed`: the sentence of the list of next visits, None where none was made."""
    seen = of if of.money is None else replace(of, money=worth_for(of.money, audience))
    goals = tuple(goal_row(goal, labels, audience) for goal in of.goals)
    when = f"{month_words(of.first)} to {month_words(of.last)}"
    capacity = of.capacity
    return Plan(
        says.quarter_title(when, (capacity.needed, capacity.available) if capacity else None),
        says.quarter_said(capacity.liaisons if capacity else 0, of.lately, of.planned, of.weeks),
        tuple(filter(None, (listed, _more(seen), _goals(goals)))),
        goals,
        capacity.assumed if capacity else (),
        tuple(_rows(seen)),
    )


def _more(of: Quarter) -> str:
    if of.capacity is None:
        return ""
    if of.more is None:
        return "What so many visits would bring cannot be said: there is no measured curve."
    more, curve = of.more, of.more.curve
    found = says.more_says(
        of.capacity.measured, more.visits, curve.usual, (curve.fewest, curve.most), more.total.as_json()
    )
    if more.visits == curve.usual:
        return found
    if of.money is None:
        return f"{found} What that is worth is not known. {of.lacks}".strip()
    return f"{found} {effect_says.worth_of_more(of.money.as_json())}"


def goal_row(goal: Progress, labels: Labels, audience: Audience) -> dict[str, Any]:
    """goal, year, target; to_date, expected, low, high: None where hidden or not known; outlook, through, hidden."""
    hides = audience is not Audience.inside and goal.measure is GoalMeasure.referrals
    ends = {name: None if hides else getattr(goal, name) for name in ("to_date", "expected", "low", "high")}
    said = {"goal": goal_words(goal, labels), "year": goal.year, "target": goal.target}
    return {**said, **ends, "outlook": outlook(goal), "through": goal.through, "hidden": NOT_TOLD if hides else None}


def goal_words(goal: Progress, labels: Labels) -> str:
    """'Referrals in network, Neurology, Western counties'."""
    place = labels.get(("territory", goal.territory or ""), goal.territory) if goal.territory else "all territories"
    same = (name for name in service_lines().values() if comparison_key(name) == comparison_key(goal.line))
    return ", ".join(part for part in (goal.measure.label, next(same, goal.line), place) if part)


def outlook(goal: Progress) -> str:
    """Whether its interval lies below the target, above it, or holds it; where there is none, why."""
    if goal.says == OVER:
        return "is met" if goal.to_date >= goal.target else "was missed"
    if goal.to_date >= goal.target:
        return "is met"
    if goal.low is None or goal.high is None:
        return goal.says
    return MISSED if goal.high < goal.target else MET if goal.low >= goal.target else OPEN


def _goals(rows: Sequence[Mapping[str, Any]]) -> str:
    """The worst first, this year's before the next one's."""
    if not rows:
        return NOT_ONE
    order = [MISSED, "was missed", OPEN, MET, "is met"]
    place = {outlook: at for at, outlook in enumerate(order)}
    worst = sorted(rows, key=lambda row: (place.get(row["outlook"], len(order)), row["year"]))
    told = "; ".join(goal_says(row) for row in worst[:GOALS])
    rest = len(rows) - GOALS
    return f"**Goals.** {told}{f'; {rest} more' if rest > 0 else ''}."


def goal_says(row: Mapping[str, Any]) -> str:
    """'Visits 2026, all territories: 310 of 400, 350 to 380 expected (will probably be missed)'."""
    count = f"a target of {row['target']:,.0f}"
    if row["to_date"] is not None:
        count = f"{row['to_date']:,.0f} of {row['target']:,.0f}"
    if row["low"] is not None and row["low"] != row["high"]:
        count += f", {row['low']:,.0f} to {row['high']:,.0f} expected"
    return f"{row['goal']}, {row['year']}: {count} ({row['outlook']})"


def _rows(of: Quarter) -> list[dict[str, Any]]:
    """Every number that the sentences are made of."""
    rows = [
        _row("visits made in the last three months", of.lately, "visits", "in person, on record"),
        _row("visits planned", of.planned, "visits", f"stops in plans of {of.weeks} weeks of the quarter"),
    ]
    if of.capacity is not None:
        it, from_what = of.capacity, "working hours and minutes of a visit; see About"
        rows += [
            _row("visits available", round(it.available, 1), "visits", f"{it.liaisons} liaisons: {from_what}"),
            _row("visits needed", round(it.needed, 1), "visits", "as often as practices wish; see About"),
            _row("visits needed that can be made", round(it.made, 1), "visits", "where they bring most first"),
            _row("of these to measured practices", it.measured, "visits", "practices that the estimate is of"),
        ]
    if of.more is not None:
        curve, total = of.more.curve, of.more.total
        held = f"quarters of {curve.fewest:,} to {curve.most:,} visits in the data; {curve.usual:,} in the last one"
        asked = f"{of.more.visits:,} visits to measured practices in place of {curve.usual:,}"
        rows += [
            _row("visits that the curve is asked for", of.more.visits, "visits", held),
            {**_row("referrals more", total.value, "referrals", asked), "low": total.low, "high": total.high},
        ]
    if of.money is not None:
        margin, net = of.money.margin, of.money.net
        rows += [
            {**_row("margin of these", margin.value, "dollars", "x share seen x margin"),
             "low": margin.low, "high": margin.high},
            _row("cost of these visits", of.money.cost, "dollars", "at the average cost of a visit so far"),
            {**_row("margin less cost of these", net.value, "dollars", ""), "low": net.low, "high": net.high},
        ]  # fmt: skip
    elif of.lacks:
        rows.append(_row("margin of these", None, "dollars", of.lacks))
    return rows


def _row(what: str, value: float | None, unit: str, from_what: str) -> dict[str, Any]:
    return {"what": what, "value": value, "low": None, "high": None, "unit": unit, "from what": from_what}
