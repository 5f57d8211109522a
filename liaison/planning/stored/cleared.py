"""Planned stops of somebody who will not be there: dropped in all plans at once, in a transaction of the caller's."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, select, update

from liaison.planning.stored.plans import DONE, DROPPED, PLANNED
from liaison.store.tables import route_day, route_plan, route_stop


@dataclass(frozen=True)
class Coming:
    """A stop that is still to be made on an ISO day."""

    stop_id: str
    plan_id: str
    practice_id: str
    on: str


def coming(connection: Connection, person_id: str, first: str, last: str) -> tuple[Coming, ...]:
    """What a person has planned from one ISO day to another, by day."""
    joined = route_stop.join(route_plan, route_plan.c.plan_id == route_stop.c.plan_id)
    columns = (route_stop.c.stop_id, route_stop.c.plan_id, route_stop.c.practice_id, route_stop.c.date)
    rows = connection.execute(
        select(*columns)
        .select_from(joined)
        .where(route_plan.c.person_id == person_id, route_stop.c.state == PLANNED)
        .where(route_stop.c.date.between(first, last))
        .order_by(route_stop.c.date, route_stop.c.position, route_stop.c.stop_id)
    )
    return tuple(Coming(*row) for row in rows)


def clear(connection: Connection, stops: tuple[Coming, ...], actor: str) -> None:
    """They count as dropped by hand; a day on which nothing is left has no driving. Whoever has one of these plans
    open is told at the next change."""
    for plan_id in sorted({stop.plan_id for stop in stops}):
        mine = [stop for stop in stops if stop.plan_id == plan_id]
        named = route_stop.c.stop_id.in_([stop.stop_id for stop in mine])
        dropped = {"state": DROPPED, "pinned": False, "added": False, "agreed": None}
        connection.execute(update(route_stop).where(route_stop.c.plan_id == plan_id, named).values(dropped))
        for on in sorted({stop.on for stop in mine}):
            made = (route_stop.c.plan_id == plan_id, route_stop.c.date == on, route_stop.c.state.in_([PLANNED, DONE]))
            if connection.execute(select(route_stop.c.stop_id).where(*made)).first() is None:
                empty = {"leave": 0, "back": 0, "driving": 0, "pause": None, "conflicts": "[]"}
                day = (route_day.c.plan_id == plan_id, route_day.c.date == on)
                connection.execute(update(route_day).where(*day).values(empty))
        row = connection.execute(
            select(route_plan.c.revision, route_plan.c.papers).where(route_plan.c.plan_id == plan_id)
        ).one()
        revision = int(row.revision) + 1
        papers = json.dumps({**json.loads(row.papers), "by_hand": revision})
        changed = {"revision": revision, "papers": papers, "changed_by": actor}
        changed["changed_at"] = datetime.now(UTC).isoformat()
        connection.execute(update(route_plan).where(route_plan.c.plan_id == plan_id).values(changed))
