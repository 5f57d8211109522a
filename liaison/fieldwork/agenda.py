"""What one of the team has to do, in one list in the order of urgency: tasks, promises, barriers, visits, events.

Late commitments come first, the longest late before the others; then what is due today, by the clock; then practices
that were not seen in their cadence; then what comes; last what has no day.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Engine, select

from liaison.errors import LiaisonError
from liaison.fieldwork.barrier_steps import loop_closed, save
from liaison.fieldwork.barriers_due import barriers_due
from liaison.fieldwork.cadence import Cadence, cadences
from liaison.fieldwork.edits import edit
from liaison.fieldwork.names import names_in
from liaison.fieldwork.panels import Panels
from liaison.fieldwork.promises import open_promises
from liaison.fieldwork.to_do import open_tasks
from liaison.store.tables import event, person


class What(StrEnum):
    """What kind of thing is to be done."""

    stop = "stop"
    task = "task"
    promise = "promise"
    barrier = "barrier"
    told = "told"  # a solved barrier of which the practice has to be told
    visit = "visit"  # a practice to be seen in its cadence
    event = "event"


class Group(StrEnum):
    """The parts of the list, in their order."""

    late = "late"
    today = "today"
    visits = "visits"
    ahead = "ahead"
    undated = "undated"


@dataclass(frozen=True)
class Item:
    """`on`: the ISO day by which; `at`: hh:mm, where there is one; `late`: days since; `key` and `version`: the record
    behind it, which a change is saved over; `done`: a stop that was made.
    """

    what: What
    title: str
    on: str | None = None
    late: int = 0
    practice_id: str | None = None
    practice: str = ""
    at: str | None = None
    key: str = ""
    version: int = 0
    beside: str = ""
    done: bool = False

    def group(self, today: str) -> Group:
        if self.what is What.visit and (self.late or self.on is None):
            return Group.visits
        if self.late:
            return Group.late
        if self.on is None:
            return Group.undated
        return Group.today if self.on <= today else Group.ahead

    def as_json(self, today: str) -> dict[str, Any]:
        plain = {name: value for name, value in self.__dict__.items() if name != "version"}
        return {**plain, "what": self.what.value, "group": self.group(today).value}


def in_order(items: Iterable[Item], today: str) -> tuple[Item, ...]:
    """The list as people read it."""
    places = {group: place for place, group in enumerate(Group)}

    def key(item: Item) -> tuple[Any, ...]:
        never = item.what is What.visit and item.on is None
        return (places[item.group(today)], never, -item.late, item.on or "9999", item.at or "99", item.title, item.key)

    return tuple(sorted(items, key=key))


def agenda(conn: Connection, person_id: str, whose: Panels, today: str, last: str) -> tuple[Item, ...]:
    """Everything of one person that is late, due by the ISO day `last`, or without a day; events from today on."""
    mine = {practice for practice, people in whose.of.items() if person_id in people}
    items = [*_tasks(conn, person_id, today), *_promises(conn, person_id, whose, today)]
    items += [*_barriers(conn, person_id, today), *_visits(cadences(conn, today, mine), today)]
    items += _events(conn, today, last)
    return in_order([item for item in items if item.on is None or item.on <= last], today)


def _tasks(conn: Connection, person_id: str, today: str) -> list[Item]:
    return [
        Item(
            *(What.task, one.what, one.due_on, one.late(today), one.practice_id, one.practice or ""),
            key=one.task_id,
            version=one.version,
        )
        for one in open_tasks(conn, person_id)
    ]


def _promises(conn: Connection, person_id: str, whose: Panels, today: str) -> list[Item]:
    return [
        Item(
            *(What.promise, one.what, one.on, one.late(today), one.practice_id, one.practice),
            key=one.visit_id,
            version=one.version,
            beside="" if one.made_by == person_id else f"promised by {one.who}",
        )
        for one in open_promises(conn)
        if person_id in one.owed_by(whose.of)
    ]


def _barriers(conn: Connection, person_id: str, today: str) -> list[Item]:
    return [
        Item(
            *(What.barrier if one.open else What.told, one.what, one.wants_by, one.late(today)),
            *(one.practice_id, one.practice),
            key=one.barrier_id,
            version=one.version,
            beside=f"open {one.days(today):,} days" if one.open else "solved, tell them",
        )
        for one in barriers_due(conn)
        if one.owner == person_id
    ]


def _visits(every: Iterable[Cadence], today: str) -> list[Item]:
    return [
        Item(
            *(What.visit, f"{one.frequency.capitalize()} visit", one.due_on, one.late(today), one.practice_id),
            one.name,
            beside=one.town if one.last else "never seen in person",
        )
        for one in every
    ]


def _events(conn: Connection, today: str, last: str) -> list[Item]:
    e, people = event.c, names_in(conn, person)
    after = f"{last}T99"
    wanted = select(e.event_id, e.title, e.starts_at, e.place, e.person_id)
    rows = conn.execute(wanted.where(e.cancelled.is_(None), e.starts_at >= today, e.starts_at < after))
    return [
        Item(
            *(What.event, row.title, row.starts_at[:10], 0),
            at=row.starts_at[11:16],
            key=row.event_id,
            beside=", ".join(part for part in (row.place, people.get(row.person_id)) if part),
        )
        for row in rows
    ]


def settle(store: Engine, item: Item, on: str | None, *, by: str, actor: str) -> None:
    """It was done on an ISO day: a task, a promise kept, a practice told by a person; None: it was not, after all.

    StaleSaveError where somebody changed the record meanwhile, LiaisonError for what is not settled by one word.
    """
    version = item.version
    if item.what is What.told and on is not None:
        save(store, item.key, loop_closed(by, on), expected_version=version, actor=actor)
        return
    changes: dict[What, tuple[str, dict[str, str | None]]] = {
        What.task: ("tasks", {"done_on": on}),
        What.promise: ("visits", {"next_step_done_on": on}),
        What.told: ("barriers", {"loop_closed_on": None, "loop_closed_by": None}),
    }
    if item.what not in changes:
        raise LiaisonError(f"{item.title} is not done by a word.", remedy="Log the visit, or resolve the barrier.")
    kind, values = changes[item.what]
    edit(store, kind, item.key, values, expected_version=version, actor=actor)
