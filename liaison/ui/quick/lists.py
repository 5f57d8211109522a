"""What a phone keeps to log visits without a line: the practices of a person, today's route first."""

from datetime import date
from typing import Any

from sqlalchemy import Connection

from liaison.fieldwork.materials import catalogue
from liaison.fieldwork.panels import panels
from liaison.fieldwork.practices import names_and_towns
from liaison.planning.stored.plans import planned_on

MOST, FEW = 3_000, 24


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
