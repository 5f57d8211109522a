"""Asking for counts: from the rollup that can honour the filters, else from resolved rows by the same statement."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy import Select, Table, case, func, literal, select, union_all

from liaison.access import Viewer, within_scope
from liaison.facts.live import Live
from liaison.facts.rollups import payer_stage_day, practice_month, resolved, stage_day
from liaison.metrics.filters import COLUMN, Filters, honours, restricted
from liaison.metrics.rollup_statements import not_completed
from liaison.metrics.stages import STAGES, each_stage
from liaison.metrics.window import Window, day, last_complete, window_of

Build = Callable[[Any], Select[Any]]


@dataclass(frozen=True)
class Question:
    """Everything that decides an answer: the data, who asks, about what."""

    live: Live
    viewer: Viewer
    filters: Filters

    @property
    def complete(self) -> dict[str, int]:
        """Source -> last complete month."""
        return last_complete(self.live.newest_extract)


def count(question: Question, build: Build, rollups: Sequence[Table]) -> pd.DataFrame:
    """The rows of `build(source)`, cut to filters, window and scope.

    `source` is the first of `rollups` that honours the filters; where none does, the resolved rows themselves: fast for
    one practice, a scan otherwise.
    """
    for table in rollups:
        if _serves(table, question):
            statement = restricted(build(table), table, question.filters, question.viewer, question.complete)
            return question.live.frame(statement)
    rows = rollup_like()
    return question.live.frame(restricted(build(rows), rows, question.filters, question.viewer, question.complete))


def _serves(table: Table, question: Question) -> bool:
    """Whether a rollup can cut to the filters, and to the viewer's territories where there are any."""
    free = question.viewer.territories is None
    return honours(table, question.filters) and (free or "territory" in table.c)


def stage_rows(question: Question, build: Build) -> pd.DataFrame:
    """`count` over a rollup of stages; of resolved rows each stage of a referral is a row of its own."""
    for table in (stage_day, payer_stage_day):
        if _serves(table, question):
            return count(question, build, [table])
    keys = [resolved.c[COLUMN[name]] for name in COLUMN]
    every = union_all(*(each_stage(s, resolved.c.month_id, *keys) for s in STAGES)).subquery("stages")
    statement = restricted(build(every), every, question.filters, question.viewer, question.complete)
    return question.live.frame(statement)


def rollup_like() -> Any:
    """Resolved rows with the measures of a rollup, one row each."""
    measures = [
        literal(1).label("rows"),
        resolved.c.as_of.label("newest"),
        case((not_completed(), 1), else_=0).label("not_completed"),
    ]
    return select(resolved, *measures).subquery("rows_of_referrals")


def _months_there_are(question: Question) -> pd.DataFrame:
    """source, first, last: the months of each source in the viewer's scope; asked once a version."""
    spans, scope = question.live.spans, question.viewer.scope
    if scope not in spans:
        months = practice_month.c.month_id
        span: Select[Any] = select(
            func.min(months).label("first"), func.max(months).label("last"), practice_month.c.source
        )
        span = within_scope(span.group_by(practice_month.c.source), question.viewer, practice_month.c.territory)
        spans[scope] = question.live.frame(span)
    return spans[scope]


def asked_window(question: Question) -> Window | None:
    """The window that is counted: as asked, else from the first month there is to the last complete one."""
    found = _months_there_are(question)
    complete = question.complete
    wanted = found[found["source"] == question.filters.source] if question.filters.source else found
    if wanted.empty:
        return None
    first, last = question.filters.months()
    ends = [complete[s] for s in wanted["source"] if s in complete]
    first = int(wanted["first"].min()) if first is None else first
    if last is not None:
        return window_of(first, last, ends)
    # Each source is counted up to its own last complete month, so that none of the window's months is half counted.
    last = max(ends, default=first - 1)
    return Window(first, last) if last >= first else window_of(first, first, ends)


def open_window(question: Question) -> Window | None:
    """The window of what is open now: as asked, without a last month up to the last one there is, over or not."""
    found, source = _months_there_are(question), question.filters.source
    wanted = found[found["source"] == source] if source else found
    first, last = question.filters.months()
    if wanted.empty or last is not None:
        return asked_window(question)
    ends = [question.complete[s] for s in wanted["source"] if s in question.complete]
    first = int(wanted["first"].min()) if first is None else first
    return window_of(first, max(first, int(wanted["last"].max())), ends)


def vintage_of(rows: pd.DataFrame) -> Any:
    """The newest extract date among the rows counted; None without rows."""
    newest = rows["newest"].dropna()
    return day(int(newest.max())) if len(newest) else None
