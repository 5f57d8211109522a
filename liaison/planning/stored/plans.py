"""Route plans in the store: read as they stand, written whole, never over somebody else's change."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid4, uuid5

from sqlalchemy import Connection, Engine, delete, func, insert, select, update

from liaison.errors import LiaisonError
from liaison.planning.problem import Window
from liaison.store import writing
from liaison.store.alone import alone
from liaison.store.tables import route_day, route_plan, route_stop

PLANNED, DONE, DROPPED, GONE = "planned", "done", "dropped", "gone"
PART = "routes"
PLANNER = "the planner"  # who writes what a search finds


class StalePlanError(LiaisonError):
    """Somebody else changed the plan meanwhile."""

    def __init__(self, who: str, mine: int, theirs: int) -> None:
        super().__init__(
            f"{who} changed this plan while you had it open: it is at revision {theirs}, you saw {mine}.",
            remedy="Look at the plan as it is now, then make your change again.",
        )


@dataclass(frozen=True)
class StoredStop:
    """A stop with its times (hundredths of a minute since midnight of `date`); `opens`: when it can be seen then."""

    stop_id: str
    practice_id: str
    state: str
    date: date | None
    position: int
    pinned: bool
    added: bool
    agreed: int | None
    purpose: str
    arrive: int
    depart: int
    drive: int
    wait: int
    value: float
    opens: tuple[Window, ...]


@dataclass(frozen=True)
class StoredDay:
    """A day of the plan; `from_at`: planned anew from then on, at `from_practice` (None: the liaison's start)."""

    date: date
    locked: bool = False
    off: bool = False
    from_at: int | None = None
    from_practice: str | None = None
    leave: int = 0
    back: int = 0
    driving: int = 0
    pause: Window | None = None
    conflicts: tuple[str, ...] = ()


@dataclass(frozen=True)
class StoredLeft:
    """A practice in no day: its value; what the plan would lose by it, more driving (hundredths) and who would go for
    it, on which date; all None where no way in was found, and `says` tells why."""

    practice_id: str
    value: float
    lost: float | None = None
    driving: int | None = None
    instead_of: tuple[str, ...] = ()
    on: date | None = None
    says: str = ""


@dataclass(frozen=True)
class StoredPlan:
    """`papers`: hours, minutes, travel, list (sentences), kept_out (practice -> why)."""

    plan_id: str
    person_id: str
    week: date
    revision: int
    zone: str
    run_id: str
    solver: str
    changed_at: str
    changed_by: str
    papers: Mapping[str, Any]
    days: tuple[StoredDay, ...] = ()
    stops: tuple[StoredStop, ...] = ()
    left_out: tuple[StoredLeft, ...] = field(default=())

    def of(self, on: date) -> tuple[StoredStop, ...]:
        """The stops of a day that are made, in order."""
        made = [stop for stop in self.stops if stop.date == on and stop.state in (PLANNED, DONE)]
        return tuple(sorted(made, key=lambda stop: stop.position))

    def day(self, on: date) -> StoredDay | None:
        return next((day for day in self.days if day.date == on), None)

    def stop(self, practice_id: str) -> StoredStop | None:
        return next((stop for stop in self.stops if stop.practice_id == practice_id), None)

    @property
    def made(self) -> tuple[StoredStop, ...]:
        return tuple(stop for day in self.days for stop in self.of(day.date))

    @property
    def by_hand(self) -> int:
        """The revision that a person made last; what came after it was found by a search."""
        return int(self.papers.get("by_hand", self.revision))

    @property
    def value(self) -> float:
        """Expected referrals by how due each is."""
        return sum(stop.value for stop in self.made)

    @property
    def driving(self) -> int:
        return sum(day.driving for day in self.days)

    @property
    def working(self) -> int:
        """Hundredths of a minute at practices."""
        return sum(stop.depart - stop.arrive for stop in self.made)


def monday(on: date) -> date:
    return on - timedelta(days=on.weekday())


def stop_id(person_id: str, week: date, practice_id: str) -> str:
    """Of this practice in this week's plan, however often it is made."""
    return uuid5(NAMESPACE_URL, f"liaison-route:{person_id}:{week.isoformat()}:{practice_id}").hex


def revision_of(connection: Connection, person_id: str, week: date) -> tuple[str, int] | None:
    """(plan id, revision); None where there is no plan."""
    columns = route_plan.c.plan_id, route_plan.c.revision
    row = connection.execute(select(*columns).where(*_of(person_id, week))).first()
    return None if row is None else (str(row.plan_id), int(row.revision))


def state_of_all(connection: Connection) -> tuple[int, str]:
    """What tells one state of all plans from the next: their revisions added up, and when one was last changed."""
    state = select(
        func.coalesce(func.sum(route_plan.c.revision), 0), func.coalesce(func.max(route_plan.c.changed_at), "")
    )
    revisions, changed = connection.execute(state).one()
    return int(revisions), str(changed)


def stored_plan(connection: Connection, person_id: str, week: date) -> StoredPlan | None:
    """The plan of a liaison's week; None where there is none."""
    row = connection.execute(select(route_plan).where(*_of(person_id, week))).mappings().first()
    if row is None:
        return None
    plan_id = row["plan_id"]
    days = connection.execute(select(route_day).where(route_day.c.plan_id == plan_id).order_by(route_day.c.date))
    stops = connection.execute(select(route_stop).where(route_stop.c.plan_id == plan_id).order_by(route_stop.c.stop_id))
    plain = {name: row[name] for name in ("run_id", "zone", "solver", "changed_at", "changed_by")}
    return StoredPlan(
        plan_id,
        person_id,
        week,
        int(row["revision"]),
        **plain,
        papers=json.loads(row["papers"]),
        days=tuple(_day(dict(day)) for day in days.mappings()),
        stops=tuple(_stop(dict(stop)) for stop in stops.mappings()),
        left_out=tuple(_left(left) for left in json.loads(row["left_out"])),
    )


def planned_on(connection: Connection, person_id: str, on: date) -> tuple[str, ...]:
    """The practices of a person's route on a day that are still to be seen, in order."""
    joined = route_stop.join(route_plan, route_plan.c.plan_id == route_stop.c.plan_id)
    still = (route_stop.c.date == on.isoformat(), route_stop.c.state == PLANNED, route_plan.c.person_id == person_id)
    rows = connection.scalars(
        select(route_stop.c.practice_id).select_from(joined).where(*still).order_by(route_stop.c.position)
    )
    return tuple(str(each) for each in rows)


def planned_elsewhere(connection: Connection, person_id: str, week: date, first: date) -> list[tuple[str, str, date]]:
    """(practice, person, date) of the stops of other plans from a date on: of others, or of other weeks."""
    joined = route_stop.join(route_plan, route_plan.c.plan_id == route_stop.c.plan_id)
    other = (route_plan.c.person_id != person_id) | (route_plan.c.week != week.isoformat())
    made = route_stop.c.state.in_([PLANNED, DONE]) & (route_stop.c.date >= first.isoformat())
    columns = route_stop.c.practice_id, route_plan.c.person_id, route_stop.c.date
    rows = connection.execute(select(*columns).select_from(joined).where(other, made))
    return [(row.practice_id, row.person_id, date.fromisoformat(row.date)) for row in rows]


def save(engine: Engine, plan: StoredPlan, expected: int | None, actor: str) -> StoredPlan:
    """Write the plan whole over revision `expected` (None: there was none); returns it as it stands.

    Raises StalePlanError where it stands at another one.
    """
    with writing(engine) as connection:
        alone(connection, PART)
        row = connection.execute(select(route_plan).where(*_of(plan.person_id, plan.week))).mappings().first()
        standing = None if row is None else int(row["revision"])
        if standing != expected:
            raise StalePlanError(str(row["changed_by"]) if row else "Somebody", expected or 0, standing or 0)
        plan_id = str(row["plan_id"]) if row else uuid4().hex
        revision = (standing or 0) + 1
        by_hand = json.loads(row["papers"])["by_hand"] if row is not None and actor == PLANNER else revision
        papers = {**plan.papers, "by_hand": by_hand}
        now = datetime.now(UTC).isoformat()
        values = {
            "revision": revision,
            "zone": plan.zone,
            "run_id": plan.run_id,
            "solver": plan.solver,
            "changed_at": now,
            "changed_by": actor,
            "papers": json.dumps(papers),
            "left_out": json.dumps([_left_row(left) for left in plan.left_out]),
        }
        if row is None:
            key = {"plan_id": plan_id, "person_id": plan.person_id, "week": plan.week.isoformat()}
            connection.execute(insert(route_plan).values(**key, **values))
        else:
            connection.execute(update(route_plan).where(route_plan.c.plan_id == plan_id).values(values))
            for each in (route_day, route_stop):
                connection.execute(delete(each).where(each.c.plan_id == plan_id))
        if plan.days:
            connection.execute(insert(route_day), [_day_row(day, plan_id) for day in plan.days])
        if plan.stops:
            connection.execute(insert(route_stop), [_stop_row(stop, plan_id) for stop in plan.stops])
    stamp = {"plan_id": plan_id, "revision": revision, "changed_at": now, "changed_by": actor}
    stops = tuple(sorted(plan.stops, key=lambda stop: stop.stop_id))
    return replace(plan, **stamp, papers=papers, stops=stops)  # type: ignore[arg-type]


def _of(person_id: str, week: date) -> tuple[Any, Any]:
    return route_plan.c.person_id == person_id, route_plan.c.week == week.isoformat()


def _windows(text: str | None) -> tuple[Window, ...]:
    return tuple(Window(*pair) for pair in json.loads(text or "[]"))


def _pairs(windows: Collection[Window]) -> str:
    return json.dumps([[window.opens, window.closes] for window in windows])


def _day(row: Mapping[Any, Any]) -> StoredDay:
    plain = {name: row[name] for name in ("from_at", "from_practice", "leave", "back", "driving")}
    pause = _windows(f"[{row['pause']}]") if row["pause"] else ()
    said: Sequence[str] = json.loads(row["conflicts"])
    return StoredDay(
        date.fromisoformat(row["date"]),
        bool(row["locked"]),
        bool(row["off"]),
        **plain,
        pause=pause[0] if pause else None,
        conflicts=tuple(said),
    )


def _day_row(day: StoredDay, plan_id: str) -> dict[str, Any]:
    pause = json.dumps([day.pause.opens, day.pause.closes]) if day.pause else None
    own = {"date": day.date.isoformat(), "pause": pause, "conflicts": json.dumps(list(day.conflicts))}
    return {**day.__dict__, **own, "plan_id": plan_id}


def _stop(row: Mapping[Any, Any]) -> StoredStop:
    names = [column.name for column in route_stop.columns if column.name != "plan_id"]
    plain = {name: row[name] for name in names}
    on = date.fromisoformat(row["date"]) if row["date"] else None
    own = {"date": on, "pinned": bool(row["pinned"]), "added": bool(row["added"]), "opens": _windows(row["opens"])}
    return StoredStop(**{**plain, **own})


def _stop_row(stop: StoredStop, plan_id: str) -> dict[str, Any]:
    on = stop.date.isoformat() if stop.date else None
    return {**stop.__dict__, "date": on, "opens": _pairs(stop.opens), "plan_id": plan_id}


def _left(row: Mapping[str, Any]) -> StoredLeft:
    on = date.fromisoformat(row["on"]) if row["on"] else None
    return StoredLeft(**{**row, "on": on, "instead_of": tuple(row["instead_of"])})


def _left_row(left: StoredLeft) -> dict[str, Any]:
    on = left.on.isoformat() if left.on else None
    return {**left.__dict__, "on": on, "instead_of": list(left.instead_of)}
