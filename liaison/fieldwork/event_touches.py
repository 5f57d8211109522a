"""An event that somebody of a practice attended is a touch of that practice: a visit of channel `event`.

This is the one place that says so. The visit is written together with the attendance, whoever writes that (a page, a
command, an import, a forget), so that ranking, cadence and effect read visits and nothing else. Its id stays the same
(`event:ID:PRACTICE`); where nobody came after all, or the event was cancelled, it is voided with that reason. It is no
part of an import: a file's word on one attendee is no word on whether the practice was there.
"""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from liaison.fieldwork.events import EDUCATION
from liaison.fieldwork.records import follows, write
from liaison.fieldwork.visits import VISITS
from liaison.store.tables import attendance, event
from liaison.vocabulary import Channel, EventKind, Purpose

NOBODY, GONE = "Nobody of the practice attended", "The event is not on record any more"
_LONGEST = 50  # letters of a practice's id that stand in the id of a visit as they are


def visit_id(event_id: str, practice_id: str) -> str:
    """The touch of a practice by an event."""
    short = practice_id if len(practice_id) <= _LONGEST else hashlib.sha256(practice_id.encode()).hexdigest()[:16]
    return f"event:{event_id}:{short}"


@follows("events")
def events_changed(conn: Connection, keys: Sequence[str], actor: str) -> None:
    """Their touches follow: the day, the host, the title, a cancellation."""
    _bring_up_to_date(conn, list(dict.fromkeys(keys)), actor)


@follows("attendance")
def attendance_changed(conn: Connection, keys: Sequence[str], actor: str) -> None:
    """The touches of the events whose attendance changed."""
    _bring_up_to_date(conn, list(dict.fromkeys(_first_part(key) for key in keys)), actor)


def _first_part(key: str) -> str:
    """The event's id in the key of an attendance, as `RecordKind.key_of` wrote it."""
    found, escaped = "", False
    for letter in key:
        if escaped or letter not in "\\|":
            found, escaped = found + letter, False
        elif letter == "|":
            break
        else:
            escaped = True
    return found


def _bring_up_to_date(conn: Connection, event_ids: Sequence[str], actor: str) -> None:
    """All of them in one write: a year's events come in by one file."""
    rows: list[Mapping[str, Any]] = []
    for event_id in event_ids:
        wanted, standing = _wanted(conn, event_id), _written(conn, event_id)
        rows += [
            {**row, "voided": _why(conn, event_id)}
            for id_, row in standing.items()
            if id_ not in wanted and row["voided"] is None
        ]
        rows += [row for id_, row in wanted.items() if standing.get(id_) != row]
    if rows:
        write(conn, "visits", rows, actor)


_COLUMNS = ("visit_id", "person_id", "date", "practice_id", "channel", "purpose", "outcome", "voided")


def _wanted(conn: Connection, event_id: str) -> dict[str, Mapping[str, Any]]:
    """Visit id -> the visit that there should be, one a practice."""
    held = conn.execute(select(event).where(event.c.key == event_id)).mappings().first()
    if held is None or held["cancelled"] is not None:
        return {}
    a = attendance.c
    came = conn.scalars(
        select(a.practice_id).where(a.event_id == event_id, a.voided.is_(None), a.practice_id.is_not(None)).distinct()
    )
    teaches = EventKind(held["kind"]) in EDUCATION
    shared = {
        "person_id": held["person_id"],
        "date": held["starts_at"][:10],
        "channel": Channel.event.value,
        "purpose": Purpose.education.value if teaches else None,
        "outcome": f"Attended: {held['title']}",
        "voided": None,
    }
    rows = ({"visit_id": visit_id(event_id, place), "practice_id": place, **shared} for place in came)
    return {row["visit_id"]: row for row in rows}


def _written(conn: Connection, event_id: str) -> dict[str, Mapping[str, Any]]:
    """Visit id -> the visit that there is, voided or not."""
    table = VISITS.table
    columns = [table.columns[name] for name in _COLUMNS]
    prefix = table.c.visit_id.startswith(f"event:{event_id}:", autoescape=True)
    return {row["visit_id"]: dict(row) for row in conn.execute(select(*columns).where(prefix)).mappings()}


def _why(conn: Connection, event_id: str) -> str:
    held = conn.execute(select(event.c.cancelled).where(event.c.key == event_id)).first()
    return GONE if held is None else f"Event cancelled: {held.cancelled}" if held.cancelled else NOBODY
