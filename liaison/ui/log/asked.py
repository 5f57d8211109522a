"""What the page reads: who logs, where they may have been, whom one meets there, what was logged lately."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from liaison.fieldwork.logged import Logged, latest_visits, visit_now
from liaison.fieldwork.materials import catalogue, left
from liaison.fieldwork.one_practice import Change, changes_of, practice_file, survivor
from liaison.fieldwork.panels import Panels, panels
from liaison.fieldwork.practices import names_and_towns
from liaison.metrics.distance import miles_between
from liaison.metrics.spots import centres, where_they_lie
from liaison.planning.stored.clashes import Clash, clashes
from liaison.planning.stored.plans import planned_on
from liaison.store import reading
from liaison.ui import homes
from liaison.ui.ask import ask_records
from liaison.ui.clock import today

LATEST = 5


@dataclass(frozen=True)
class Place:
    """A practice to choose; `miles` from where one is, None where that is not said or it lies nowhere."""

    name: str
    town: str
    miles: float | None = None
    planned: bool = False  # on today's route, and still to be seen

    @property
    def label(self) -> str:
        """'Elm St Clinic, Boone \u00b7 on today's route'."""
        where = ", ".join(part for part in (self.name, self.town) if part)
        more = ["on today\u2019s route"] if self.planned else []
        more += (
            [f"{self.miles:.0f} mi" if self.miles >= 10 else f"{self.miles:.1f} mi"] if self.miles is not None else []
        )
        return " \u00b7 ".join([where, *more])


def team() -> Panels:
    """Who may be logging, and whose practices are whose."""
    return ask_records(panels, today())[0]


def stops(person_id: str) -> tuple[str, ...]:
    """Today's route of a person, as far as it is still to be seen: plans change without a record being written."""
    with reading(homes.home().store) as connection:
        return planned_on(connection, person_id, date.fromisoformat(today()))


def places(person_id: str, near: str | None, route: tuple[str, ...]) -> dict[str, Place]:
    """Practice id -> place: today's route, then the nearest to a ZIP or town, else one's own, by name."""
    return ask_records(_places, person_id, near, route, today())[0]


def _places(conn: Connection, person_id: str, near: str | None, route: tuple[str, ...], on: str) -> dict[str, Place]:
    named, lies = names_and_towns(conn), where_they_lie(conn)
    here = _here(near, named, lies)
    own = {id_ for id_, whose in panels(conn, on).of.items() if person_id in whose}
    found = {}
    for id_, (name, town) in named.items():
        far = float(miles_between(*here, *lies[id_])) if here and id_ in lies else None
        found[id_] = Place(name, town, far, id_ in route)

    def order(id_: str) -> tuple[int, float, bool]:
        miles = found[id_].miles
        return route.index(id_) if id_ in route else len(route), 1e9 if miles is None else miles, id_ not in own

    return {id_: found[id_] for id_ in sorted(found, key=order)}


def _here(
    near: str | None, named: dict[str, tuple[str, str]], lies: dict[str, tuple[float, float]]
) -> tuple[float, float] | None:
    """Where a ZIP or a town of our practices lies; None where it is neither."""
    if not near:
        return None
    if (centre := centres().get(near.strip()[:5])) is not None:
        return centre[1], centre[0]
    inside = [
        lies[id_] for id_, (_, town) in named.items() if id_ in lies and town.casefold() == near.strip().casefold()
    ]
    if not inside:
        return None
    return sum(lat for lat, _ in inside) / len(inside), sum(lon for _, lon in inside) / len(inside)


def now_counts_as(practice_id: str) -> str:
    """The practice that a merged one became."""
    return ask_records(survivor, practice_id)[0]


def names() -> dict[str, str]:
    """Practice id -> its name."""
    return {id_: name for id_, (name, _) in ask_records(names_and_towns)[0].items()}


def towns() -> list[str]:
    """Where practices lie, by name."""
    return ask_records(_towns)[0]


def _towns(conn: Connection) -> list[str]:
    return sorted({town for _, town in names_and_towns(conn).values() if town})


def people_at(practice_id: str) -> list[str]:
    """Whom one meets there: contacts, then providers who work there."""
    return ask_records(_people_at, practice_id, today())[0]


def _people_at(conn: Connection, practice_id: str, on: str) -> list[str]:
    kept = practice_file(conn, practice_id)
    names = [str(each["name"]) for each in (*kept.contacts, *kept.working_on(on))]
    return list(dict.fromkeys(name.replace(";", ",") for name in names))


def materials() -> dict[str, str]:
    """Id -> title and version of what may be left today."""
    return ask_records(_materials, today())[0]


def _materials(conn: Connection, on: str) -> dict[str, str]:
    return {each.material_id: each.named for each in catalogue(conn).in_force(on)}


def outdated(practice_id: str) -> list[str]:
    """What a practice holds that is out of date, and what to bring instead."""
    return ask_records(_outdated, practice_id, today())[0]


def _outdated(conn: Connection, practice_id: str, on: str) -> list[str]:
    return [each.says for each in left(conn, on, [practice_id]) if each.outdated]


def others(practice_id: str, person_id: str, on: date) -> list[Clash]:
    """Who else goes or went there within a week."""
    with reading(homes.home().store) as connection:
        return clashes(connection, [practice_id], person_id, on).get(practice_id, [])


def latest(person_id: str) -> tuple[Logged, ...]:
    """A person's newest visits."""
    return ask_records(latest_visits, person_id, LATEST)[0]


def one(key: str) -> Logged:
    """A visit as it stands."""
    return ask_records(visit_now, key)[0]


def changes(key: str) -> list[Change]:
    """What was said about a visit, oldest first."""
    return ask_records(changes_of, "visits", key)[0]
