"""What the pages on the programme's effect say: of plain values, and only what the interval carries."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from liaison.charts.words import signed_percent as lift
from liaison.charts.words import signed_whole as gain
from liaison.metrics.figure import money

Values = Mapping[str, Any]
STATES = {"held": "Held", "failed": "Failed", "not_testable": "Not testable"}
LOOKED_FOR = 0.12  # lift that the trade believes in: what data should be able to show


def typeset(text: str) -> str:
    """The engine's words with true minus signs."""
    return re.sub(r"(?<![\w-])-(?=[\d$])", "\u2212", text)


def effect_headline(told: Values, *, whole: bool) -> str:
    """The sentence of a span. `whole`: of all months; part of them alone may be too few to say anything."""
    found = told["incremental"]
    if found is None and told["at_most"] is None:
        failed = next((c["says"] for c in told["checks"] if c["decisive"] and c["state"] == "failed"), "")
        return typeset(f"There is no number: {failed[:1].lower()}{failed[1:]}").removesuffix(".")
    if found is not None and not whole and found["low"] <= 0 <= found["high"]:
        return f"These months alone cannot tell: {between(found)} referrals"
    return typeset(str(told["says"])).removesuffix(".")


def between(ends: Values) -> str:
    """'between \u2212391 and +3,107'."""
    return f"between {gain(ends['low'])} and {gain(ends['high'])}"


def reach(ends: Values) -> str:
    """'+954 to +5,907'."""
    return f"{gain(ends['low'])} to {gain(ends['high'])}"


def lift_reach(ends: Values) -> str:
    """'+3% to +18%'."""
    return f"{lift(ends['low'])} to {lift(ends['high'])}"


def dollars(value: float) -> str:
    """'$1.2M', '\u2212$310k'."""
    return typeset(money(value))


def per_dollar(value: float) -> str:
    """Margin for a dollar: '$2.43'."""
    return typeset(f"{'-' if value < 0 else ''}${abs(value):,.2f}")


def months_since(first: int, last: int | None) -> str:
    """'1 to 2', '18 and later', '6 to 1 before'."""
    if first < 0:
        return f"{-first} to {-(last or 0)} before"
    return f"{first} and later" if last is None else f"{first} to {last}" if last > first else f"{first}"


def months_short(first: int, last: int | None) -> str:
    """The same where there is little room: '1\u20132', '18+', 'before'."""
    return (
        "before"
        if first < 0
        else f"{first}+"
        if last is None
        else f"{first}\u2013{last}"
        if last > first
        else f"{first}"
    )


def lag_finding(steps: Sequence[Values]) -> str:
    """When the effect shows, where the interval of a stretch of months carries it."""
    after = [step for step in steps if step["part"] == "covered"]
    shown = [step for step in after if step["low"] > 0]
    if not shown:
        lost = any(step["high"] < 0 for step in after)
        return "In some months after the visit fewer came" if lost else "No stretch of months shows it by itself"
    most = max(shown, key=lambda step: step["value"])
    when = f"{months_since(most['first'], most['last'])} months after the visit"
    if len(shown) == 1:
        return f"It shows {when}: {lift(most['value'])}, between {lift(most['low'])} and {lift(most['high'])}"
    said = f"It shows from month {shown[0]['first']} after the visit on, and is largest {when} ({lift(most['value'])})"
    # Where the last stretch has no effect of its own any more, the visit has worn off, as far as one can see.
    later = after[after.index(shown[-1]) + 1 :]
    return f"{said}; from month {later[0]['first']} on it is not clear of zero" if later else said


def monthly_finding(months: Sequence[Values]) -> str:
    """How often a month shows it alone."""
    every = len(months)
    above = sum(row["incremental"]["low"] > 0 for row in months)
    below = sum(row["incremental"]["high"] < 0 for row in months)
    if above == every:
        return "The effect was above zero in every month"
    fewer = f", below it in {below}" if below else ""
    return f"Alone, {above} of {every} months show more than none{fewer}"


def money_finding(of: Values) -> str:
    """Whether margin and cost can be told apart."""
    cost = dollars(of["cost_covered"])
    if of["low"] > of["cost_covered"]:
        return "The margin exceeds the cost over the whole interval"
    if of["high"] < of["cost_covered"]:
        return "The cost exceeds the margin over the whole interval"
    return f"Whether it pays is open: {dollars(of['low'])} to {dollars(of['high'])} of margin for {cost}"


def worth_of_more(of: Values) -> str:
    """What visits more (or fewer) than in the last quarter would be worth; `of`: as `WhatIfMoney.as_json`."""
    margin, net, more = of["margin"], of["net"], of["visits"]
    earned = f"{dollars(margin['value'])} of margin ({dollars(margin['low'])} to {dollars(margin['high'])})"
    each = f"{dollars(of['cost_each'])} a visit, as on average so far"
    left = f"{dollars(net['low'])} to {dollars(net['high'])}"
    if more < 0:
        return f"They would save {dollars(-of['cost'])} of cost, at {each}, and change {earned}: {left} together."
    said = f"They would earn {earned} and cost {dollars(of['cost'])}, at {each}"
    if net["low"] > 0:
        return f"{said}: **{dollars(net['value'])}** beyond their cost, {left}."
    if net["high"] < 0:
        return f"{said}: **{dollars(-net['value'])} less** than they cost, {left}."
    return f"{said}: whether they pay is open, {left} after their cost."


def checks_finding(checks: Sequence[Values]) -> str:
    """'9 checks held, 1 failed, 4 cannot be tested'."""
    held, failed, open_ = (sum(c["state"] == state for c in checks) for state in STATES)
    said = [f"{held} {'check' if held == 1 else 'checks'} held", f"{failed or 'none'} failed"]
    return ", ".join([*said, *([f"{open_} cannot be tested"] if open_ else [])])


def in_order(checks: Sequence[Values]) -> list[Values]:
    """What failed first, then what cannot be tested, then what held; what decides before what does not."""
    place = {"failed": 0, "not_testable": 1, "held": 2}
    return sorted(checks, key=lambda check: (place[check["state"]], not check["decisive"]))


def parts_finding(rows: Sequence[Values], noun: str) -> str:
    """Whether any part differs from another beyond chance; never who is first."""
    shown = [row["shrunk"] for row in rows if row["shrunk"]]
    if not shown:
        return f"By {noun}: too few to tell apart"
    if max(each["low"] for each in shown) > min(each["high"] for each in shown):
        return f"By {noun}: some differ by more than chance"
    return f"By {noun}: none can be told from another"


def simple_finding(measured: Values | None, simple: Values) -> str:
    """What a chart of before and after would have said."""
    share = simple["value"] / simple["usual"] if simple["usual"] else 0.0
    if measured is None:
        return f"A simple chart would have claimed {lift(share)}, without any comparison"
    gap = share - measured["value"]
    if abs(gap) < 0.01:
        return f"A simple chart happens to say about the same: {lift(share)}"
    wrong = "too much" if gap > 0 else "too little"
    points = f"{abs(gap) * 100:.0f} point{'' if round(abs(gap) * 100) == 1 else 's'}"
    return f"A simple chart would have said {lift(share)}, {points} {wrong}"
