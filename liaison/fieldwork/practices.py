"""Practices: the places that refer, and the people one speaks to there."""

from collections.abc import Mapping
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from sqlalchemy import Connection, select

from liaison.fieldwork.kind import RecordKind
from liaison.fieldwork.merges import standing
from liaison.fieldwork.syntax import Fault
from liaison.store.tables import contact, practice


@cache
def _zones() -> set[str]:
    return available_timezones()  # walks a folder: once, not for every practice


def zone_faults(values: Mapping[str, Any]) -> list[Fault]:
    """A time zone that there is not."""
    zone = values.get("zone")
    if zone is None or zone in _zones():
        return []
    return [Fault("zone", "is not a time zone", "Give an IANA name such as America/Chicago.")]


PRACTICES = RecordKind(
    name="practices",
    one="practice",
    table=practice,
    keys=("practice_id",),
    needs=("practice_id", "name"),
    forms={"zip": "zip", "lat": "latitude", "lon": "longitude", "hours": "hours"},
    check=zone_faults,
    recount=True,
)

CONTACTS = RecordKind(
    name="contacts",
    one="contact",
    table=contact,
    keys=("practice_id", "name"),
    needs=("practice_id", "name"),
    refers={"practice_id": "practices"},
    spelled=("name",),
)


def names_and_towns(connection: Connection) -> dict[str, tuple[str, str]]:
    """Practice id -> its name and town ('' where none is on record), by name; without those that became another."""
    into = standing(connection, "practice")
    columns = practice.c.practice_id, practice.c.name, practice.c.city
    rows = connection.execute(select(*columns).order_by(practice.c.name, practice.c.practice_id))
    return {str(id_): (str(name), str(city or "")) for id_, name, city in rows if id_ not in into}


def towns(connection: Connection) -> dict[str, str]:
    """Practice id -> the town it lies in, where one is on record."""
    found = connection.execute(select(practice.c.practice_id, practice.c.city).where(practice.c.city.is_not(None)))
    return {row.practice_id: row.city for row in found}
