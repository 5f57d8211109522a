"""Stuck referrals by practice and service line: what is at stake in a barrier, and what could be one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import BigInteger, Select, case, cast, func, select

from liaison.access import Viewer
from liaison.errors import LiaisonError
from liaison.facts.live import Live
from liaison.facts.rollups import resolved
from liaison.metrics.breakdown import key_and_label
from liaison.metrics.counting import Question, open_window
from liaison.metrics.definitions.stuck import stuck as definition
from liaison.metrics.figure import Coverage, Figure, Unit
from liaison.metrics.filters import Filters, restricted
from liaison.metrics.stuck import longer_than, now_asked
from liaison.metrics.waiting import is_open, last_stage, limits_table, stuck_after, waiting_days
from liaison.metrics.window import Window, day
from liaison.vocabulary import NONE, Audience, Stage, comparison_key


@dataclass(frozen=True)
class StuckHere:
    """What is stuck in one stage at one practice and line; `days`: the median wait of those that are stuck."""

    practice_id: str
    practice: str
    line: str
    line_label: str
    stage: Stage
    stuck: int
    days: int

    def as_json(self) -> dict[str, Any]:
        return {**vars(self), "stage": self.stage.value}


@dataclass(frozen=True)
class StuckAt:
    """Every practice, line and stage with stuck referrals, most stuck first; `newest`: of their extracts.

    `counts`: practice id -> line (comparison key) -> stuck and open referrals, also where none is stuck.
    """

    rows: tuple[StuckHere, ...]
    counts: Mapping[str, Mapping[str, tuple[int, int]]]
    window: Window | None
    newest: date | None
    judged: Coverage

    def at(self, practice_id: str, line: str | None) -> Figure:
        """Stuck of open at a practice, in one line or in all of them, with its papers."""
        here = self.counts.get(practice_id, {})
        found = list(here.values()) if line is None else [here.get(comparison_key(line), (0, 0))]
        stuck, open_ = sum(s for s, _ in found), sum(o for _, o in found)
        return Figure(definition.name, stuck, Unit.count, self.window, stuck, open_, vintage=self.newest)


def stuck_at(live: Live, viewer: Viewer, audience: Audience, filters: Filters) -> StuckAt:
    """Open and stuck referrals by practice and line, from the referrals themselves.

    Raises LiaisonError for an audience outside the team: single practices are not shown to it.
    """
    if audience is not Audience.inside:
        raise LiaisonError("Barriers are shown inside the team only.", remedy="Ask for the Funnel's figures instead.")
    question = now_asked(live, viewer, filters)
    limits = longer_than(live, viewer)
    cut = restricted(_waiting(), resolved, question.filters, question.viewer, question.complete)
    found = live.frame(_statement(cut, limits))
    open_, judged = int(found["rows"].sum()), int(found.loc[found["after"].notna(), "rows"].sum())
    newest = day(int(found["newest"].max())) if len(found) else None
    window = open_window(Question(live, viewer, filters))
    covered = Coverage(judged, open_, "Usual time in stage known")
    return StuckAt(_stuck(live, found), _counts(found), window, newest, covered)


def _waiting() -> Select[Any]:
    table = resolved
    columns = table.c.practice, table.c.line, last_stage().label("stage"), waiting_days().label("days")
    return select(*columns, table.c.as_of.label("newest")).where(is_open(), table.c.practice != NONE)


def _statement(waiting: Select[Any], limits: Mapping[tuple[str, str], int]) -> Select[Any]:
    """practice, line, stage, days (null unless stuck), after, rows, newest: one row for all that wait in time."""
    cut = waiting.subquery("waiting")
    lines = limits_table(limits)
    after = stuck_after(lines, cut.c.stage)
    joined = select(
        *(cut.c[name] for name in ("practice", "line", "stage", "newest")),
        case((cut.c.days > after, cut.c.days)).label("days"),
        after.label("after"),
    ).select_from(cut.outerjoin(lines, lines.c.line == cut.c.line))
    one = joined.subquery("judged")
    keys = [one.c[name] for name in ("practice", "line", "stage", "days", "after")]
    sums: list[Any] = [cast(func.count(), BigInteger).label("rows"), func.max(one.c.newest).label("newest")]
    return select(*keys, *sums).group_by(*keys)


def _counts(found: pd.DataFrame) -> dict[str, dict[str, tuple[int, int]]]:
    stuck = found["rows"].where(found["days"].notna(), 0)
    sums = found.assign(stuck=stuck).groupby(["practice", "line"], sort=False)[["stuck", "rows"]].sum()
    counts: dict[str, dict[str, tuple[int, int]]] = {}
    for (practice, line), over, every in zip(sums.index, sums["stuck"], sums["rows"], strict=True):
        counts.setdefault(str(practice), {})[str(line)] = int(over), int(every)
    return counts


def _stuck(live: Live, found: pd.DataFrame) -> tuple[StuckHere, ...]:
    """A row for each practice, line and stage that has any stuck: how many, and their lower median of days."""
    keys = ["practice", "line", "stage"]
    over = found[found["days"].notna()].sort_values([*keys, "days"])
    upto, every = over.groupby(keys)["rows"].cumsum(), over.groupby(keys)["rows"].transform("sum")
    middle = over.assign(stuck=every)[upto * 2 >= every].groupby(keys, sort=False)[["stuck", "days"]].first()
    rows = [
        StuckHere(
            str(practice),
            key_and_label(live, "practice", practice)[1],
            str(line),
            key_and_label(live, "service_line", line)[1],
            Stage(str(stage)),
            int(stuck),
            int(days),
        )
        for (practice, line, stage), stuck, days in zip(middle.index, middle["stuck"], middle["days"], strict=True)
    ]
    return tuple(sorted(rows, key=lambda r: (-r.stuck, -r.days, r.practice, r.line_label)))
