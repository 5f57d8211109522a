"""A visit as it is logged, edited and voided: with its barrier, and with the stop of the day's route, at once."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Engine, select, update

from liaison.fieldwork.counted import CHANNELS
from liaison.fieldwork.logged import Saved, change_visit, log_visit, visit_now, void_visit
from liaison.fieldwork.visits import standing_visit
from liaison.planning.stored.plans import DONE, PART, PLANNED, monday
from liaison.store import writing
from liaison.store.alone import alone
from liaison.store.tables import route_plan, route_stop


def log(
    engine: Engine,
    values: Mapping[str, Any],
    *,
    actor: str,
    today: date,
    raised: Mapping[str, Any] | None = None,
) -> Saved:
    """Save a visit (`fieldwork.logged.log_visit`); a stop of that day's route at that practice is then done."""
    with writing(engine) as conn:
        saved = log_visit(conn, values, actor=actor, today=today, raised=raised)
        _mark_stop(conn, visit_now(conn, saved.visit_id).values, actor)
        return saved


def change(
    engine: Engine, key: str, values: Mapping[str, Any], *, expected_version: int, actor: str, today: date
) -> int:
    """Save changed values; where the day or the place moves, the stops of both follow. Returns the new version."""
    with writing(engine) as conn:
        before = visit_now(conn, key).values
        version = change_visit(conn, key, values, expected_version=expected_version, actor=actor, today=today)
        for each in (before, visit_now(conn, key).values):
            _mark_stop(conn, each, actor)
        return version


def void(engine: Engine, key: str, why: str | None, *, expected_version: int, actor: str) -> int:
    """The visit counts nowhere, and its stop is open again; None: it counts, and its stop is done."""
    with writing(engine) as conn:
        version = void_visit(conn, key, why, expected_version=expected_version, actor=actor)
        _mark_stop(conn, visit_now(conn, key).values, actor)
        return version


def _mark_stop(conn: Connection, of: Mapping[str, Any], actor: str) -> None:
    """The stop of a visit's day is done as long as a visit stands there. Nothing is timed anew, so that a page which
    somebody has open is not stale."""
    if not of["practice_id"] or of["channel"] not in CHANNELS:
        return
    alone(conn, PART)
    on, v = date.fromisoformat(of["date"]), standing_visit.c
    here = (v.person_id == of["person_id"], v.practice_id == of["practice_id"], v.date == of["date"])
    stands = any(row.channel in CHANNELS for row in conn.execute(select(v.channel).where(*here)))
    whose = (route_plan.c.person_id == of["person_id"], route_plan.c.week == monday(on).isoformat())
    plan = conn.scalar(select(route_plan.c.plan_id).where(*whose))
    before, after = (PLANNED, DONE) if stands else (DONE, PLANNED)
    s = route_stop.c
    stop = (s.plan_id == plan, s.practice_id == of["practice_id"], s.date == of["date"], s.state == before)
    if plan is not None and conn.execute(update(route_stop).where(*stop).values(state=after)).rowcount:
        now = datetime.now(UTC).isoformat()
        said = {"revision": route_plan.c.revision + 1, "changed_at": now, "changed_by": actor}
        conn.execute(update(route_plan).where(route_plan.c.plan_id == plan).values(said))
