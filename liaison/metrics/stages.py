"""What became of a referral, stage by stage: the rules of the funnel as expressions over resolved rows.

Source of the rules: HL7 BSeR business statuses, counted as docs/metrics.md says (Funnel, counted).
"""

from dataclasses import dataclass
from itertools import combinations
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, null, or_, select

from liaison.facts.rollups import LAST_EXACT_DAY, resolved
from liaison.vocabulary import Exit, NetworkStatus, Stage

MOVED_ON, OPEN, CLOSED, SKIPPED = "moved_on", "open", "closed", "skipped"
STAGES = tuple(Stage)
Bool = ColumnElement[bool]
Day = ColumnElement[Any]


@dataclass(frozen=True)
class StageRow:
    """One stage of each referral: whether it was reached, how it ended, after how many days (null: not known)."""

    stage: Stage
    reached: Bool
    outcome: ColumnElement[Any]
    days: Day


def day_of(stage: Stage) -> Day:
    """The day on which a stage was reached, where it has a date of its own."""
    return resolved.c.closed_day if stage is Stage.loop_closed else resolved.c[f"{stage.value}_day"]


def left_the_network() -> Bool:
    return resolved.c.status == NetworkStatus.out.value


def reached(stage: Stage) -> Bool:
    """Its date or any later stage's date exists; an out-of-network referral is in `created` only."""
    if stage is Stage.created:
        return resolved.c.created_day.is_not(None)
    later = [day_of(s).is_not(None) for s in STAGES[STAGES.index(stage) :]]
    return and_(~left_the_network(), or_(*later))


def exit_stands() -> Bool:
    """The exit ends the referral: no stage date follows it strictly; without a date it stands if never seen."""
    later = [func.coalesce(day_of(s), -1) > resolved.c.exited_day for s in STAGES]
    undated = and_(resolved.c.exited_day.is_(None), ~reached(Stage.seen))
    dated = and_(resolved.c.exited_day.is_not(None), ~or_(*later))
    return and_(resolved.c.exit.is_not(None), ~left_the_network(), ~reached(Stage.loop_closed), or_(undated, dated))


def stage_row(stage: Stage) -> StageRow:
    """How this stage went for every referral that reached it."""
    own, place = day_of(stage), STAGES.index(stage)
    if stage is Stage.loop_closed:
        return StageRow(stage, reached(stage), literal(CLOSED), null())
    moved = reached(STAGES[place + 1])
    following = day_of(STAGES[place + 1])
    if stage is Stage.received:
        # A skipped authorisation leaves one duration from received to scheduled, shown here.
        moved = reached(Stage.authorised)
        following = case(
            (resolved.c.authorised_day.is_not(None), resolved.c.authorised_day), else_=resolved.c.scheduled_day
        )
    ended = exit_stands()
    whens: list[tuple[Bool, Any]] = [(moved, MOVED_ON), (ended, resolved.c.exit)]
    until: list[tuple[Bool, Any]] = [(moved, following), (ended, resolved.c.exited_day)]
    if stage is Stage.created:
        whens.insert(0, (left_the_network(), Exit.out_of_network.value))
        until.insert(0, (left_the_network(), resolved.c.created_day))
    if stage is Stage.authorised:
        whens.insert(0, (own.is_(None), SKIPPED))
        until.insert(0, (own.is_(None), null()))
    days = case(*until, else_=resolved.c.as_of) - own
    return StageRow(stage, reached(stage), case(*whens, else_=OPEN), days)


def stage_days(stage: Stage, *keys: ColumnElement[Any]) -> Select[Any]:
    """Rows of `stage_day` for one stage: keys, stage, outcome, days (exact to 400, beyond as 401), rows, newest."""
    inner = each_stage(stage, *keys).subquery()
    grouped = [c for c in inner.c if c.name not in ("rows", "newest")]
    return select(*grouped, func.count().label("rows"), func.max(inner.c.newest).label("newest")).group_by(*grouped)


def each_stage(stage: Stage, *keys: ColumnElement[Any]) -> Select[Any]:
    """`stage_days` before anything is added up: a row for every referral that reached the stage."""
    row = stage_row(stage)
    known = case((row.days < 0, null()), (row.days > LAST_EXACT_DAY, LAST_EXACT_DAY + 1), else_=row.days)
    labelled = [*keys, literal(stage.value).label("stage"), row.outcome.label("outcome"), known.label("days")]
    counts = [literal(1).label("rows"), resolved.c.as_of.label("newest")]
    return select(*labelled, *counts).where(row.reached)


def backwards() -> Bool:
    """Some date of the referral lies before one that it should follow."""
    return or_(*(day_of(later) < day_of(earlier) for earlier, later in combinations(STAGES, 2)))
