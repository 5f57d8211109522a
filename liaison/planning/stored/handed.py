"""A panel handed over in one step: looked at first, then written as it was seen, or not at all."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select

from liaison.errors import LiaisonError
from liaison.facts.home import Home
from liaison.facts.reference import county_of
from liaison.fieldwork.duties import Duties, duties, pass_duties
from liaison.fieldwork.hand_over import Dated, Leave, held_by, pass_on
from liaison.fieldwork.one_practice import in_force
from liaison.fieldwork.panels import panels
from liaison.fieldwork.promises import open_promises
from liaison.fieldwork.records import RECORDS
from liaison.metrics.spots import covering, territories
from liaison.planning.stored.cleared import Coming, clear, coming
from liaison.planning.stored.plans import PART
from liaison.store import reading, writing
from liaison.store.alone import alone
from liaison.store.tables import person, practice

Within = Callable[[str], str | None]  # ZIP -> the territory that it is in


class StaleHandOverError(LiaisonError):
    """What would go over has changed since it was looked at."""


@dataclass(frozen=True)
class Plan:
    """Who gives, who takes: `to` all, but for the territories (id -> person id) of `by_territory`."""

    leave: Leave
    to: str
    by_territory: Mapping[str, str]


@dataclass(frozen=True)
class Handing:
    """What would go over. `whose`: practice -> who takes it; `names`: person id -> name; `promises`: how many follow
    their practices by themselves; `held`: keys and versions of the assignments that end."""

    plan: Plan
    names: Mapping[str, str]
    whose: Mapping[str, str]
    held: tuple[tuple[str, int], ...]
    duties: Duties
    promises: int
    stops: tuple[Coming, ...]

    @property
    def nothing(self) -> bool:
        return not (self.whose or self.duties.tasks or self.duties.barriers or self.stops)

    def taken(self) -> dict[str, int]:
        """Person id -> practices that they take, by name."""
        found: dict[str, int] = {}
        for who in sorted(self.whose.values(), key=lambda each: (self.names[each], each)):
            found[who] = found.get(who, 0) + 1
        return found

    @property
    def state(self) -> tuple[object, ...]:
        """What was seen: somebody's change to any of it makes it another."""
        stops = tuple(stop.stop_id for stop in self.stops)
        return self.held, tuple(sorted(self.whose.items())), self.duties.state, stops

    def as_json(self) -> dict[str, Any]:
        leave = self.plan.leave
        return {
            "from": leave.person_id,
            "name": self.names[leave.person_id],
            "on": leave.on.isoformat(),
            "until": leave.until.isoformat() if leave.until else None,
            "rows": [{"to": who, "name": self.names[who], "practices": many} for who, many in self.taken().items()],
            "practices": len(self.whose),
            "tasks": len(self.duties.tasks),
            "barriers": len(self.duties.barriers),
            "staying": self.duties.staying,
            "promises": self.promises,
            "stops_dropped": len(self.stops),
        }


@dataclass(frozen=True)
class Handed:
    """What was written."""

    handing: Handing
    assignments: Dated
    dry: bool = False

    def as_json(self) -> dict[str, Any]:
        return {**self.handing.as_json(), "dry_run": self.dry, "assignments": asdict(self.assignments)}


def looked_at(home: Home, plan: Plan, today: date | None = None) -> Handing:
    """What a hand-over would do, and to how much. Raises LiaisonError where it cannot be."""
    by_place = _by_place(home, plan)
    with reading(home.store) as connection:
        return _look(connection, plan, by_place, today or _today(home))


def hand_panel_over(home: Home, seen: Handing, *, actor: str, today: date | None = None) -> Handed:
    """In one transaction: assignments end the day before and begin anew, open tasks and barriers go along, planned
    stops of these days are dropped; promises follow their practices by themselves, and nothing is taken away.

    Raises StaleHandOverError where any of it is not as it was seen, and nothing is written then.
    """
    plan = seen.plan
    by_place = _by_place(home, plan)
    with writing(home.store) as connection:
        alone(connection, PART)
        alone(connection, RECORDS)
        now = _look(connection, plan, by_place, today or _today(home))
        if now.state != seen.state:
            raise StaleHandOverError(
                f"The panel, tasks, barriers or planned stops of {now.names[plan.leave.person_id]} have changed since "
                "you looked.",
                remedy="Look at what would go over now, then hand over.",
            )
        written = pass_on(connection, plan.leave, now.whose, actor)
        pass_duties(connection, now.duties, now.whose, plan.to, actor)
        clear(connection, now.stops, actor)
    return Handed(now, written)


def territories_of(home: Home, person_id: str, on: date) -> dict[str, tuple[str, int]]:
    """Territory id -> (name, practices that a person has there on a day), by name."""
    with reading(home.store) as connection:
        mine = {row["practice_id"] for row in held_by(connection, Leave(person_id, on))}
        codes = _zips(connection)
    within, known = _place_of(home, on), territories(home.live(), on.year * 12 + on.month - 1)
    found: dict[str, int] = {}
    for practice_id in mine:
        if at := within(codes.get(practice_id, "")):
            found[at] = found.get(at, 0) + 1
    return {at: (known[at].name, found[at]) for at in sorted(found, key=lambda each: known[each].name)}


def _look(connection: Connection, plan: Plan, by_place: Within, today: date) -> Handing:
    leave, now = plan.leave, today.isoformat()
    names = _checked(connection, plan)
    rows = held_by(connection, leave)
    codes = _zips(connection) if plan.by_territory else {}
    whose = {
        row["practice_id"]: plan.by_territory.get(by_place(codes.get(row["practice_id"], "")) or "", plan.to)
        for row in rows
    }
    day = leave.on.isoformat()
    holders = panels(connection, day).of
    follow = [
        one
        for one in open_promises(connection, list(whose))
        if one.practice_id in whose and leave.person_id in one.owed_by(holders)
    ]
    return Handing(
        plan,
        names,
        whose,
        tuple((str(row["key"]), int(row["version"])) for row in rows),
        duties(connection, leave, now),
        len(follow),
        coming(connection, leave.person_id, max(day, now), leave.last),
    )


def _checked(connection: Connection, plan: Plan) -> dict[str, str]:
    """Person id -> name of all; those who take are of the team from the day on, and none of them gives."""
    leave = plan.leave
    columns = [person.c[name] for name in ("person_id", "name", "starts", "ends")]
    people = {row["person_id"]: dict(row) for row in connection.execute(select(*columns)).mappings()}
    if leave.until and leave.until < leave.on:
        raise LiaisonError("The last day away is before the first.", remedy="Give a later last day.")
    for who in (leave.person_id, plan.to, *plan.by_territory.values()):
        if who not in people:
            raise LiaisonError(f"{who} is nobody of the team.", remedy="List the team: python -m liaison team.")
    for who in {plan.to, *plan.by_territory.values()}:
        if who == leave.person_id:
            raise LiaisonError(f"{people[who]['name']} cannot hand over to themselves.", remedy="Choose somebody else.")
        if not in_force(people[who], leave.on.isoformat()):
            raise LiaisonError(
                f"{people[who]['name']} is not of the team on {leave.on.isoformat()}.",
                remedy="Choose somebody else, or another day.",
            )
    return {who: str(row["name"]) for who, row in people.items()}


def _zips(connection: Connection) -> dict[str, str]:
    return {
        r.practice_id: (r.zip or "").strip()[:5]
        for r in connection.execute(select(practice.c.practice_id, practice.c.zip))
    }


def _by_place(home: Home, plan: Plan) -> Within:
    return _place_of(home, plan.leave.on) if plan.by_territory else lambda code: None


def _place_of(home: Home, on: date) -> Within:
    by_zip, by_county = covering(territories(home.live(), on.year * 12 + on.month - 1).values())
    return lambda code: by_zip.get(code) or by_county.get(county_of(code) or "")


def _today(home: Home) -> date:
    return datetime.now(home.settings.time_zone).date()
