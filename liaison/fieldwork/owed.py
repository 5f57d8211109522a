"""What one of the team is told by mail: what is theirs, what is late, what the week holds. No gift, no figure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import Connection, or_, select

from liaison.fieldwork.agenda import Item, What, agenda
from liaison.fieldwork.merges import final, standing
from liaison.fieldwork.names import names_in
from liaison.fieldwork.panels import Panels
from liaison.fieldwork.patient_words import patient_words
from liaison.store.tables import barrier, practice

LATE = (What.task, What.promise, What.barrier)  # what can be overdue: visits by their cadence stand in the week alone
ALL = "9999-12-31"
WITHHELD = "Its words stand in Liaison alone"  # what looks as if it named a patient is not sent


@dataclass(frozen=True)
class Moved:
    """A barrier of somebody's panel to which something happened. `how`: raised, solved, told, reopened."""

    barrier_id: str
    what: str
    practice: str
    on: str
    how: str


@dataclass(frozen=True)
class Week:
    """`due`: late and up to the Sunday, in the order of urgency; `open`: promises that are due later, and what has no
    day; `moved`: since a week before the Monday.
    """

    monday: str
    due: tuple[Item, ...]
    open: tuple[Item, ...]
    moved: tuple[Moved, ...]

    @property
    def empty(self) -> bool:
        return not (self.due or self.open or self.moved)


def thing_of(item: Item) -> str:
    """What a row of the outbox names: task:ID, promise:ID, barrier:ID."""
    return f"{item.what.value}:{item.key}"


def everything(conn: Connection, person_id: str, whose: Panels, today: str) -> dict[str, Item]:
    """Open tasks, promises and barriers of a person by what names them, whenever they are due."""
    owed = (item for item in agenda(conn, person_id, whose, today, ALL) if item.what in (*LATE, What.told))
    return {thing_of(item): _plain(item, today) for item in owed}


def late(owed: Mapping[str, Item]) -> dict[str, Item]:
    """What of it is overdue."""
    return {thing: item for thing, item in owed.items() if item.late and item.what in LATE}


def week(conn: Connection, person_id: str, whose: Panels, today: str) -> Week:
    """A person's week, the one that an ISO day lies in."""
    monday = date.fromisoformat(today) - timedelta(days=date.fromisoformat(today).weekday())
    last = (monday + timedelta(days=6)).isoformat()
    items = [_plain(item, today) for item in agenda(conn, person_id, whose, today, ALL)]
    due = tuple(item for item in items if item.on is not None and item.on <= last)
    rest = [item for item in items if item not in due and item.what in LATE]
    ahead = tuple(item for item in rest if item.on is None or item.what is What.promise)
    before = (monday - timedelta(days=7)).isoformat()
    return Week(monday.isoformat(), due, ahead, _moved(conn, person_id, whose, before, today))


def _moved(conn: Connection, person_id: str, whose: Panels, first: str, today: str) -> tuple[Moved, ...]:
    """What happened to the barriers of a panel since an ISO day, the newest first."""
    mine = {each for each, people in whose.of.items() if person_id in people}
    into, b, called = standing(conn, "practice"), barrier.c, names_in(conn, practice)
    steps = {"raised": b.raised_on, "reopened": b.reopened_on, "solved": b.resolved_on, "told": b.loop_closed_on}
    wanted = select(b.barrier_id, b.practice_id, b.what, *(day.label(how) for how, day in steps.items()))
    lately = or_(*(day >= first for day in steps.values()))
    found = []
    for row in conn.execute(wanted.where(b.voided.is_(None), b.practice_id.is_not(None), lately)).mappings():
        place = final(into, row["practice_id"])
        happened = [(row[how], place_of, how) for place_of, how in enumerate(steps) if row[how] and row[how] <= today]
        on, _, how = max(happened, default=("", 0, ""))
        if place in mine and on >= first:
            found.append(Moved(row["barrier_id"], _safe(row["what"], today), called.get(place, place), on, how))
    return tuple(sorted(found, key=lambda one: (one.on, one.barrier_id), reverse=True))


def _plain(item: Item, today: str) -> Item:
    safe = _safe(item.title, today)
    return item if safe == item.title else replace(item, title=safe)


def _safe(text: str, today: str) -> str:
    return WITHHELD if patient_words(text, today) else text
