"""Who sends to whom: practice groups, or single practices, to organisations, each flow against the window before.

Groups come from their rollup. Practices and organisations together are in none: single practices are counted from the
resolved rows, cut to a group or an organisation on pages, and never more flows than `MOST` leave the engine.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

import pandas as pd
from sqlalchemy import Select, and_, case, func, select

from liaison.access import Viewer
from liaison.facts.live import Live
from liaison.facts.rollups import group_destination_month
from liaison.metrics.breakdown import key_and_label
from liaison.metrics.counting import Build, Question, count, vintage_of
from liaison.metrics.definitions.organisations import taken_share
from liaison.metrics.figure import Coverage, Figure, Unit, papers_as_json
from liaison.metrics.filters import Filters
from liaison.metrics.intervals import Interval, ratio
from liaison.metrics.leakage import COVERAGE
from liaison.metrics.movements import inside_only
from liaison.metrics.parts import destination_known, destination_unknown, in_network, out_of_network
from liaison.metrics.taking import NOT_NAMED, Named, Spans, our_ids, spans, vantage_counted
from liaison.metrics.window import Window
from liaison.vocabulary import NONE, Audience, month_text

By = Literal["group", "practice"]
COLUMN: dict[By, str] = {"group": "practice_group", "practice": "practice"}
COUNTED = (out_of_network, in_network, destination_known, destination_unknown)
MOST = 5_000  # flows of a window that are looked at; those with most referrals
NO_SENDER = "No practice found"


@dataclass(frozen=True)
class Flow:
    """`figure`: of the sender's referrals with a known destination, those that went there. `received`: what went there
    from everybody of the question. `before`, `known_before`: the same two counts in the window before, None where the
    data do not reach back."""

    sender: str
    sender_label: str
    to: Named
    figure: Figure
    received: int
    before: int | None
    known_before: int | None

    @property
    def key(self) -> tuple[str, str]:
        return self.sender, self.to.key

    @property
    def referrals(self) -> int:
        return self.figure.numerator or 0

    @property
    def own(self) -> bool:
        """Whether an organisation's own practices send to it."""
        return self.sender == self.to.key

    @property
    def of_received(self) -> float | None:
        return self.referrals / self.received if self.received else None

    def change(self, level: float = 0.95) -> Interval | None:
        """Now over before, None where there was nothing before."""
        return ratio(self.before, self.referrals, level) if self.before else None

    def as_json(self) -> dict[str, Any]:
        change = self.change()
        return {
            "from": {"key": self.sender, "label": self.sender_label},
            "to": {"key": self.to.key, "label": self.to.label, "ours": self.to.ours},
            **self.figure.as_json(),
            "received": self.received,
            "of_received": self.of_received,
            "before": self.before,
            "before_denominator": self.known_before,
            "change": {"ratio": change.value, "low": change.low, "high": change.high} if change else None,
        }


@dataclass(frozen=True)
class Network:
    """`flows`: most referrals first, then those of the window before that have none any more. `unknown`: referrals
    whose destination is not known. `left_out`: flows beyond `MOST`. `otherwise`: referrals whose file says the
    opposite of what the organisation is: in no flow."""

    by: By
    flows: tuple[Flow, ...]
    window: Window | None
    before: tuple[int, int] | None
    vintage: date | None
    coverage: Coverage | None
    left_out: int = 0
    otherwise: int = 0
    notes: tuple[str, ...] = ()

    @property
    def referrals(self) -> int:
        return sum(flow.referrals for flow in self.flows)

    def as_json(self) -> dict[str, Any]:
        before = {"from": month_text(self.before[0]), "to": month_text(self.before[1])} if self.before else None
        return {
            **papers_as_json(self.window, self.vintage, self.coverage),
            "by": self.by,
            "before": before,
            "rows": [flow.as_json() for flow in self.flows],
            "left_out": self.left_out,
            "otherwise": self.otherwise,
            "notes": list(self.notes),
        }


def network(live: Live, viewer: Viewer, audience: Audience, filters: Filters, by: By = "group") -> Network:
    """Every flow of the window. LiaisonError outside the team: single flows are small, and add up to others' tables.

    `filters.organisation` keeps the flows to it; a share is of all that its senders refer all the same.
    """
    inside_only(audience, "Who sends to whom")
    months = spans(live, viewer, filters)
    if months is None:
        return Network(by, (), None, None, None, None)
    rows = _counted(live, viewer, filters, by, months)
    used = vantage_counted(rows)
    rows = rows[rows["vantage"] == used]
    ours = our_ids(live)
    now, then = (_pairs(rows, suffix, ours) for suffix in ("", "_before"))
    otherwise = int(rows.loc[rows["organisation"].isin(ours), "out"].sum())
    otherwise += int(rows.loc[~rows["organisation"].isin(ours), "kept"].sum())
    known, unknown = int(rows["known"].sum()), int(rows["unknown"].sum())
    coverage = Coverage(known, known + unknown, COVERAGE)
    papers = Figure(taken_share.name, None, Unit.share, months.window, coverage=coverage, vintage=vintage_of(rows))
    flows = _flows(live, by, now, then, months, papers)
    if filters.organisation:
        flows = [flow for flow in flows if flow.to.key == filters.organisation]
    notes = (f"Counted over referrals of vantage {used}.",) if used else ()
    shown, left = tuple(flows[:MOST]), max(len(flows) - MOST, 0)
    return Network(by, shown, months.window, months.before, papers.vintage, coverage, left, otherwise, notes)


def _counted(live: Live, viewer: Viewer, filters: Filters, by: By, months: Spans) -> pd.DataFrame:
    """A row a sender, organisation and vantage: counts of the window, and `_before` those of the one before."""
    every = replace(filters, organisation=None)
    if months.before:
        every = replace(every, first=month_text(months.before[0]))
    tables = [group_destination_month] if by == "group" else []
    return count(Question(live, viewer, every), _by_pair(COLUMN[by], months.window.first), tables)


def _by_pair(column: str, begins: int) -> Build:
    def build(source: Any) -> Select[Any]:
        keys = [source.c[column].label("sender"), source.c.organisation, source.c.vantage]
        now, then = source.c.month_id >= begins, source.c.month_id < begins
        counts = [
            func.coalesce(func.sum(case((and_(part.condition(source.c), when), source.c.rows), else_=0)), 0).label(
                f"{part.name}{suffix}"
            )
            for suffix, when in (("", now), ("_before", then))
            for part in COUNTED
        ]
        newest = func.max(case((now, source.c.newest))).label("newest")
        return select(*keys, *counts, newest).group_by(*keys)

    return build


Pairs = dict[tuple[str, str], int]


def _pairs(rows: pd.DataFrame, suffix: str, ours: frozenset[str]) -> tuple[Pairs, dict[str, int]]:
    """(sender, organisation) -> referrals that it received; sender -> referrals with a known destination."""
    pairs: Pairs = {}
    known: dict[str, int] = defaultdict(int)
    columns = [rows[name].tolist() for name in ("sender", "organisation", *(f"{n}{suffix}" for n in _NAMES))]
    for sender, to, out, kept, there in zip(*columns, strict=True):
        known[sender] += int(there)
        if went := int(kept if to in ours else out):
            pairs[sender, to] = pairs.get((sender, to), 0) + went
    return pairs, known


_NAMES = (out_of_network.name, in_network.name, destination_known.name)


def _flows(
    live: Live, by: By, now: tuple[Pairs, dict[str, int]], then: tuple[Pairs, dict[str, int]], months: Spans, of: Figure
) -> list[Flow]:
    pairs, known = now
    received: dict[str, int] = defaultdict(int)
    for (_, to), went in pairs.items():
        received[to] += went
    ours = our_ids(live)
    found = []
    for sender, to in {**pairs, **then[0]}:
        went, whole = pairs.get((sender, to), 0), known.get(sender, 0)
        figure = replace(of, value=went / whole if whole else None, numerator=went, denominator=whole)
        key, label = key_and_label(live, COLUMN[by], sender)
        name = NOT_NAMED if to == NONE else key_and_label(live, "organisation", to)[1]
        before, known_before = (then[0].get((sender, to), 0), then[1].get(sender, 0)) if months.before else (None, None)
        who = Named(to, name, to in ours)
        found.append(Flow(key, NO_SENDER if sender == NONE else label, who, figure, received[to], before, known_before))
    return sorted(found, key=lambda f: (-f.referrals, -(f.before or 0), f.sender_label, f.to.label, f.key))
