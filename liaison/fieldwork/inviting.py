"""Events are planned, practices invited from a list that is frozen then, answers written down, follow-ups made."""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Engine, select

from liaison.errors import LiaisonError
from liaison.fieldwork.edits import add, edit
from liaison.fieldwork.one_event import EventFile, Invited, event_file
from liaison.fieldwork.panels import panels
from liaison.fieldwork.records import RECORDS, write
from liaison.fieldwork.syntax import LINE
from liaison.store import writing
from liaison.store.alone import alone
from liaison.store.tables import practice, task
from liaison.vocabulary import Answer, comparison_key


def plan_event(store: Engine, values: Mapping[str, Any], *, actor: str) -> str:
    """A new event; returns its id."""
    given = {"event_id": f"e-{secrets.token_hex(4)}", **values}
    return add(store, "events", given, actor=actor)


def change_event(store: Engine, about: EventFile, values: Mapping[str, Any], *, actor: str) -> None:
    """Other values of an event, a cancellation among them; its touches follow."""
    edit(store, "events", about.row.event_id, values, expected_version=about.version, actor=actor)


def invite(store: Engine, event_id: str, practice_ids: Sequence[str], on: str, *, actor: str) -> int:
    """Invite practices as a whole, on an ISO day; returns how many were not invited before.

    The list is frozen by this: a practice that fits the filters later is not in it. Those that asked not to be visited
    are for the caller to leave out (`unwelcome`).
    """
    with writing(store) as conn:
        alone(conn, RECORDS)
        about = event_file(conn, event_id)
        if about.row.cancelled:
            raise LiaisonError(f"{about.row.title} was cancelled.", remedy="Invite to another event.")
        there = {each.practice_id for each in about.invited}
        new = [one for one in dict.fromkeys(practice_ids) if one not in there]
        rows = [{"event_id": event_id, "practice_id": one, "invited_on": on, "voided": None} for one in new]
        write(conn, "invitations", rows, actor)
    return len(new)


def invite_person(
    store: Engine, event_id: str, practice_id: str, invitee: str, npi: str | None, on: str, *, actor: str
) -> str:
    """Invite somebody of a practice by name; returns the invitation's key."""
    values = {"event_id": event_id, "practice_id": practice_id, "invitee": invitee, "npi": npi, "invited_on": on}
    return add(store, "invitations", values, actor=actor)


def unwelcome(conn: Connection) -> frozenset[str]:
    """Practices that asked not to be visited."""
    return frozenset(conn.scalars(select(practice.c.practice_id).where(practice.c.do_not_visit.is_(True))))


def answer(store: Engine, one: Invited, said: Answer | None, on: str | None, *, actor: str) -> None:
    """What an invitation was answered with, and when; None takes the answer back."""
    values = {"answer": said.value if said else None, "answered_on": on if said else None}
    edit(store, "invitations", one.key, values, expected_version=one.version, actor=actor)


def withdraw(store: Engine, one: Invited, reason: str, *, actor: str) -> None:
    """An invitation does not stand any more, and why."""
    if not reason.strip():
        raise LiaisonError("A reason is missing.", remedy="Say why, such as: invited by mistake.")
    edit(store, "invitations", one.key, {"voided": reason}, expected_version=one.version, actor=actor)


def follow_up(store: Engine, event_id: str, what: str, due_on: str | None, today: str, *, actor: str) -> int:
    """A task for each practice that came, for whoever looks after it, else for the host; returns how many are new.

    The same words are one task a practice, however often they are asked for.
    """
    if not what.strip() or len(what) > LINE:
        raise LiaisonError("A task says what is to be done.", remedy=f"Write it in at most {LINE} letters.")
    with writing(store) as conn:
        alone(conn, RECORDS)
        about, whose = event_file(conn, event_id), panels(conn, today)
        mark = hashlib.sha256(comparison_key(what).encode()).hexdigest()[:8]
        rows = {
            f"event:{event_id}:{place}:{mark}"[:LINE]: (place, next(iter(whose.of.get(place, ())), None))
            for place in about.came_from
        }
        there = set(conn.scalars(select(task.c.key).where(task.c.key.in_(list(rows)))))
        new = [
            {
                "task_id": id_,
                "person_id": who if who in whose.team else about.record["person_id"],
                "practice_id": place,
                "what": what.strip(),
                "due_on": due_on,
                "source": f"event:{event_id}",
            }
            for id_, (place, who) in rows.items()
            if id_ not in there
        ]
        write(conn, "tasks", new, actor)
    return len(new)
