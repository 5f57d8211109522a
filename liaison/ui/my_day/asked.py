"""What the page reads: who is of the team, and one person's list, read anew when somebody has written or planned."""

from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import Connection

from liaison.fieldwork.panels import Panels, panels
from liaison.planning.stored.my_day import MyDay, my_day
from liaison.planning.stored.offices import Office, offices
from liaison.planning.stored.plans import monday, revision_of
from liaison.store import reading
from liaison.ui import homes
from liaison.ui.ask import ask_records
from liaison.ui.clock import today


def team() -> Mapping[str, str]:
    """Person id -> name: those who have practices first."""
    whose: Panels = ask_records(panels, today())[0]
    return {**whose.people, **whose.team}


def read(person_id: str, last: str) -> MyDay:
    """The list up to an ISO day. A plan that changed is another question: its revision stands in the key."""
    return ask_records(_my_day, person_id, today(), last, _plans(person_id, last))[0]


def _my_day(connection: Connection, person_id: str, now: str, last: str, plans: object) -> MyDay:
    return my_day(connection, person_id, now, last)


def _plans(person_id: str, last: str) -> tuple[object, ...]:
    first, end = date.fromisoformat(today()), date.fromisoformat(last)
    weeks = sorted({monday(first + timedelta(days=n)) for n in range((end - first).days + 1)})
    with reading(homes.home().store) as connection:
        return tuple(revision_of(connection, person_id, week) for week in weeks)


def places(ids: tuple[str, ...]) -> Mapping[str, Office]:
    """Where practices lie and how to call them."""
    return ask_records(_places, ids, today())[0]


def _places(connection: Connection, ids: tuple[str, ...], now: str) -> dict[str, Office]:
    return offices(connection, ids, panels(connection, now))
