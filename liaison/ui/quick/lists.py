"""What a phone keeps to log visits without a line: the practices of a person, today's route first."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Connection

from liaison.fieldwork.logged import latest_visits
from liaison.fieldwork.materials import catalogue
from liaison.fieldwork.panels import panels
from liaison.fieldwork.practices import names_and_towns
from liaison.metrics.distance import miles_between
from liaison.metrics.spots import where_they_lie
from liaison.planning.stored.plans import planned_on

MOST, FEW, FOUND = 3_000, 24, 6


def called(
    conn: Connection, person_id: str, words: str, today: date, near: str | None = None
) -> dict[str, list[list[str]]]:
    """`practices`: [id, name, town and miles] of any whose name or town holds the words, the nearest first.

    Nearest to the practice `near`, else to the first stop of the day's route, else to the last visit; without one by
    name. Merged practices count as what they became.
    """
    wanted = words.strip().casefold()
    every, lies = names_and_towns(conn), where_they_lie(conn)
    here = next((lies[id_] for id_ in _places_of(conn, person_id, today, near) if id_ in lies), None)
    found = []
    for id_, (name, town) in every.items():
        if wanted and wanted in f"{name} {town}".casefold():
            far = float(miles_between(*here, *lies[id_])) if here and id_ in lies else None
            found.append((1e9 if far is None else far, id_, name, town))
    found.sort(key=lambda each: each[0])
    return {"practices": [[id_, name, _beside(town, far)] for far, id_, name, town in found[:FOUND]]}


def _places_of(conn: Connection, person_id: str, today: date, near: str | None) -> Iterator[str]:
    if near:
        yield near
    yield from planned_on(conn, person_id, today)
    yield from (str(one.values["practice_id"]) for one in latest_visits(conn, person_id, 1))


def _beside(town: str, miles: float) -> str:
    far = "" if miles >= 1e9 else f"{miles:.0f} mi" if miles >= 10 else f"{miles:.1f} mi"
    return ", ".join(part for part in (town, far) if part)


def of_person(conn: Connection, person_id: str, today: date, also: str | None = None) -> dict[str, Any]:
    """`practices`: [id, name, town] of who has a panel theirs, of who has none all, by name; `today`: ids in the order
    of the day's route; `materials`: [id, title and version] in force; `also`: one more, which a link names."""
    whose = panels(conn, today.isoformat())
    route = planned_on(conn, person_id, today)
    theirs = {id_ for id_, people in whose.of.items() if person_id in people}
    wanted = theirs | {*route, *([also] if also else [])} if theirs else None
    every = names_and_towns(conn)
    kept = [[id_, *named] for id_, named in every.items() if wanted is None or id_ in wanted]
    force = catalogue(conn).in_force(today.isoformat())[:FEW]
    materials = [[each.material_id, each.named] for each in force]
    return {"practices": kept[:MOST], "today": list(route), "materials": materials}
