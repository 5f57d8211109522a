"""Where each open referral stands and since how many days: expressions over resolved rows, and the limits to join.

An open referral is open in one stage only, so one look at a row says where; counting stage by stage would take six.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, Subquery, and_, case, cast, literal, null, select, union_all

from liaison.facts.rollups import resolved
from liaison.metrics.stages import STAGES, day_of, exit_stands, left_the_network
from liaison.vocabulary import Exit, Stage

LOOP = Stage.loop_closed
WAITING = tuple(s for s in STAGES if s is not LOOP)  # a loop that is closed is no stage to wait in


def is_open() -> ColumnElement[bool]:
    """Neither left, nor ended by an exit, nor closed: then it is open in the furthest stage that it reached."""
    return and_(~left_the_network(), resolved.c.closed_day.is_(None), ~exit_stands())


def waiting_stage() -> ColumnElement[Any]:
    """The stage in which a referral is open; null for one that has ended."""
    return case((is_open(), last_stage()), else_=null())


def waiting_days() -> ColumnElement[Any]:
    """Days from the date of that stage to the extract; null where that date lies after it, or nothing is waited for."""
    later = [(day_of(s).is_not(None), day_of(s)) for s in reversed(WAITING[1:])]
    days = resolved.c.as_of - case(*later, else_=resolved.c.created_day)
    return case((and_(is_open(), days >= 0), days), else_=null())


def last_stage() -> ColumnElement[Any]:
    """The furthest stage reached; what left the network is in `created` only."""
    later = [(day_of(s).is_not(None), s.value) for s in reversed(STAGES[1:])]
    return case((left_the_network(), Stage.created.value), *later, else_=Stage.created.value)


def ended_by() -> ColumnElement[Any]:
    """The exit that ended a referral; null for one that is open or whose loop is closed."""
    return case((left_the_network(), Exit.out_of_network.value), (exit_stands(), resolved.c.exit), else_=null())


def limits_table(limits: Mapping[tuple[str, str], int]) -> Subquery:
    """(line, stage) -> days as rows that a statement can join: line: str; a column a stage: longer than this is stuck.

    A row a line, not a row a line and stage: what a statement is made of is paid for each time it is asked.
    """
    lines = sorted({line for line, _ in limits}) or [""]
    rows = [_row(line, [limits.get((line, stage.value)) for stage in WAITING]) for line in lines]
    return union_all(*rows).subquery("limits")


def _row(line: str, days: Sequence[int | None]) -> Select[Any]:
    columns: list[Any] = [
        cast(null() if d is None else d, Integer).label(s.value) for s, d in zip(WAITING, days, strict=True)
    ]
    row: Select[Any] = select(literal(line).label("line"), *columns)
    return row


def stuck_after(limits: Subquery, stage: ColumnElement[Any]) -> ColumnElement[Any]:
    """The days after which a referral is stuck in its stage, once its line's limits are joined."""
    return case(*((stage == s.value, limits.c[s.value]) for s in WAITING), else_=null())
