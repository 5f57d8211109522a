"""What is known of events: all of them in a row each, and one with who was invited, who came and what followed."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from liaison.errors import LiaisonError
from liaison.fieldwork.events import local_start
from liaison.fieldwork.merges import final, standing
from liaison.fieldwork.names import names_in
from liaison.fieldwork.to_do import Task, tasks_of
from liaison.store.tables import attendance, event, invitation, person, practice
from liaison.vocabulary import Answer, EventKind

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: none is taken for another


def code_of(key: str) -> str:
    """The code of an invitation, printed on it and scanned at the door: eight letters, the same at any time."""
    number = int.from_bytes(hashlib.sha256(key.encode()).digest()[:5], "big")
    return "".join(_LETTERS[number >> shift & 31] for shift in range(35, -1, -5))


@dataclass(frozen=True)
class EventRow:
    """Numbers of people and practices that stand; `cost` and `capacity` None where nobody said."""

    event_id: str
    kind: str
    title: str
    starts_at: str
    zone: str
    host: str
    place: str | None
    cancelled: str | None
    invited: int  # practices
    accepted: int  # invitations
    came: int  # people
    practices: int  # that they came from
    capacity: int | None
    cost: float | None

    @property
    def starts(self) -> datetime:
        return local_start(self.starts_at, self.zone)

    @property
    def cost_each(self) -> float | None:
        """Dollars for each practice that came."""
        return self.cost / self.practices if self.cost is not None and self.practices else None

    @property
    def full(self) -> bool:
        """More have said yes, or came, than there are seats."""
        return self.capacity is not None and max(self.accepted, self.came) > self.capacity

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "cost_each": self.cost_each, "over_capacity": self.full}


@dataclass(frozen=True)
class Invited:
    """An invitation that stands; without an `invitee` it is the practice's as a whole."""

    key: str
    version: int
    practice_id: str
    practice: str
    invitee: str | None
    npi: str | None
    invited_on: str | None
    answer: str | None
    answered_on: str | None
    came: bool  # somebody of the practice

    @property
    def code(self) -> str:
        return code_of(self.key)

    def as_json(self) -> dict[str, Any]:
        return {name: value for name, value in asdict(self).items() if name not in ("key", "version")} | {
            "code": self.code
        }


@dataclass(frozen=True)
class Attended:
    """Somebody who came."""

    key: str
    version: int
    name: str
    practice_id: str | None
    practice: str | None
    npi: str | None
    arrived_at: str | None
    minutes: float | None
    credits_claimed: float | None
    recorded: str | None

    def as_json(self) -> dict[str, Any]:
        return {name: value for name, value in asdict(self).items() if name not in ("key", "version")}


@dataclass(frozen=True)
class EventFile:
    """`record`: the event's columns; `version`: what a change of it is saved over."""

    row: EventRow
    record: Mapping[str, Any]
    version: int
    invited: tuple[Invited, ...]
    attended: tuple[Attended, ...]
    tasks: tuple[Task, ...]

    @property
    def came_from(self) -> tuple[str, ...]:
        """Ids of the practices that came, each once."""
        return tuple(dict.fromkeys(each.practice_id for each in self.attended if each.practice_id))

    def as_json(self) -> dict[str, Any]:
        return {
            "event": {**self.record, **self.row.as_json()},
            "invitations": [each.as_json() for each in self.invited],
            "attendance": [each.as_json() for each in self.attended],
            "tasks": [each.as_json() for each in self.tasks],
        }


def events(conn: Connection) -> tuple[EventRow, ...]:
    """Every event, the latest first; merged practices count once."""
    e, into = event.c, standing(conn, "practice")
    columns = [e[name] for name in ("event_id", "kind", "title", "starts_at", "zone", "place", "cancelled", "cost")]
    hosts = func.coalesce(person.c.name, e.person_id).label("host")
    statement = select(*columns, e.capacity, hosts).select_from(event.outerjoin(person, person.c.key == e.person_id))
    numbers = _numbers(conn, into)
    rows = conn.execute(statement.order_by(e.starts_at.desc(), e.event_id)).mappings()
    return tuple(_row(row, numbers.get(row["event_id"], {})) for row in rows)


_PLAIN = ("event_id", "kind", "title", "starts_at", "zone", "host", "place", "cancelled", "cost")


def _row(row: Mapping[Any, Any], counted: Mapping[str, int]) -> EventRow:
    values: dict[str, Any] = {name: row[name] for name in _PLAIN}
    values |= {name: counted.get(name, 0) for name in ("invited", "accepted", "came", "practices")}
    return EventRow(**values, capacity=None if row["capacity"] is None else int(row["capacity"]))


def _numbers(conn: Connection, into: Mapping[str, str]) -> dict[str, dict[str, int]]:
    """Event id -> how many were invited, accepted, came, and from how many practices."""
    i, a = invitation.c, attendance.c
    found: dict[str, dict[str, int]] = {}
    places: dict[tuple[str, str], set[str]] = {}

    def add(event_id: str, name: str) -> None:
        of = found.setdefault(event_id, {})
        of[name] = of.get(name, 0) + 1

    for event_id, place, answer in conn.execute(select(i.event_id, i.practice_id, i.answer).where(i.voided.is_(None))):
        places.setdefault((event_id, "invited"), set()).add(final(into, place))
        if answer == Answer.accepted.value:
            add(event_id, "accepted")
    for event_id, place in conn.execute(select(a.event_id, a.practice_id).where(a.voided.is_(None))):
        add(event_id, "came")
        if place:
            places.setdefault((event_id, "practices"), set()).add(final(into, place))
    for (event_id, name), ids in places.items():
        found.setdefault(event_id, {})[name] = len(ids)
    return found


def event_file(conn: Connection, event_id: str) -> EventFile:
    """One event; LiaisonError where there is none."""
    held = conn.execute(select(event).where(event.c.key == event_id)).mappings().first()
    if held is None:
        raise LiaisonError(
            f"There is no event {event_id}.", remedy="The page Events, or the command events, lists all."
        )
    into = standing(conn, "practice")
    attended = tuple(_attended(conn, event_id, into))
    invited = tuple(_invited(conn, event_id, into, {each.practice_id for each in attended if each.practice_id}))
    counted = {
        "invited": len({each.practice_id for each in invited}),
        "accepted": sum(each.answer == Answer.accepted.value for each in invited),
        "came": len(attended),
        "practices": len({each.practice_id for each in attended if each.practice_id}),
    }
    host = conn.scalar(select(person.c.name).where(person.c.key == held["person_id"])) or held["person_id"]
    record = {str(name): value for name, value in held.items() if name not in ("key", "version")}
    row = _row({**record, "host": host}, counted)
    return EventFile(row, record, held["version"], invited, attended, tasks_of(conn, f"event:{event_id}"))


def _invited(conn: Connection, event_id: str, into: Mapping[str, str], came: set[str]) -> Iterable[Invited]:
    i = invitation.c
    statement = select(invitation).where(i.event_id == event_id, i.voided.is_(None))
    rows = [dict(row) for row in conn.execute(statement).mappings()]
    names = names_in(conn, practice) if rows else {}
    columns = ("key", "version", "invitee", "npi", "invited_on", "answer", "answered_on")
    found = []
    for row in rows:
        place = final(into, row["practice_id"])
        kept = {name: row[name] for name in columns}
        found.append(Invited(**kept, practice_id=place, practice=names.get(place, place), came=place in came))
    return sorted(found, key=lambda each: (each.practice.casefold(), each.invitee or ""))


def _attended(conn: Connection, event_id: str, into: Mapping[str, str]) -> Iterable[Attended]:
    a = attendance.c
    statement = select(attendance).where(a.event_id == event_id, a.voided.is_(None))
    rows = [dict(row) for row in conn.execute(statement).mappings()]
    names = names_in(conn, practice) if rows else {}
    columns = ("key", "version", "name", "npi", "arrived_at", "minutes", "credits_claimed", "recorded")
    found = []
    for row in rows:
        place = final(into, row["practice_id"]) if row["practice_id"] else None
        kept = {name: row[name] for name in columns}
        found.append(Attended(**kept, practice_id=place, practice=names.get(place or "", place)))
    return sorted(found, key=lambda each: each.name.casefold())


def kind_words(kind: str) -> str:
    """'Lunch-and-learn'."""
    return EventKind(kind).label
