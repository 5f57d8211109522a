"""Alerts that stand, with what people made of them: put off, handed to somebody, found real or not."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, Engine, func, insert, select

from liaison.errors import LiaisonError
from liaison.store import reading, writing
from liaison.store.tables import alert, alert_note, person

SNOOZED, ASSIGNED, OUTCOME = "snoozed", "assigned", "outcome"


@dataclass(frozen=True)
class Standing:
    """An alert of the newest run. `practice_id` None: the small practices together. `since`: month id, first told.

    `snoozed_until`: ISO day, in the future; `assigned_to`: person id; `real`: what was found out, None for nothing yet.
    """

    alert_key: str
    practice_id: str | None
    kind: str
    since: int
    weight: float
    odds: float  # probability that it is real
    change: float  # referrals a month, below 0 lost
    says: str
    evidence_text: str
    by_line_text: str
    snoozed_until: str | None = None
    assigned_to: str | None = None
    real: bool | None = None

    @cached_property
    def evidence(self) -> dict[str, Any]:
        """All keys of `alerts --json`."""
        found: dict[str, Any] = json.loads(self.evidence_text)
        return found

    @cached_property
    def by_line(self) -> tuple[dict[str, Any], ...]:
        """Each: line (None for referrals that name none), seen, expected; the last three months."""
        return tuple(json.loads(self.by_line_text))

    def as_json(self) -> dict[str, Any]:
        """The keys of `alerts --json`."""
        notes = {"snoozed_until": self.snoozed_until, "assigned_to": self.assigned_to, "outcome": self.outcome}
        return {**self.evidence, "key": self.alert_key, "lines": list(self.by_line), **notes}

    @property
    def outcome(self) -> str | None:
        return None if self.real is None else "real" if self.real else "not_real"


@dataclass(frozen=True)
class Found:
    """How many alerts, of all that were ever told, people found real and not."""

    real: int
    not_real: int


def alerts(connection: Connection, run_id: str, today: str, *, snoozed: bool = False) -> tuple[Standing, ...]:
    """The worst expected loss first; put-off ones are left out until their day, unless `snoozed`."""
    wanted = select(alert).where(alert.c.run_id == run_id).order_by(alert.c.weight.desc(), alert.c.alert_key)
    rows = [row[1:] for row in connection.execute(wanted)]
    said = _notes(connection, [row[0] for row in rows], today)
    found = (Standing(*row, **said.get(row[0], {})) for row in rows)
    return tuple(one for one in found if snoozed or one.snoozed_until is None)


def _notes(connection: Connection, keys: list[str], today: str) -> dict[str, dict[str, Any]]:
    """Key -> the newest word on each matter."""
    if not keys:
        return {}
    statement = select(alert_note).where(alert_note.c.alert_key.in_(keys)).order_by(alert_note.c.id)
    said: dict[str, dict[str, Any]] = {}
    for row in connection.execute(statement):
        of = said.setdefault(row.alert_key, {})
        if row.action == SNOOZED:
            of["snoozed_until"] = row.until if row.until and row.until > today else None
        elif row.action == ASSIGNED:
            of["assigned_to"] = row.person_id
        else:
            of["real"] = row.real
    return said


def note_alert(
    engine: Engine,
    alert_key: str,
    action: str,
    *,
    actor: str,
    until: str | None = None,
    person_id: str | None = None,
    real: bool | None = None,
    note: str | None = None,
) -> None:
    """Keep one word on an alert; the newest of its kind counts.

    `snoozed` takes `until` (ISO day; None: not any more), `assigned` a `person_id` (None: nobody), `outcome` whether it
    was `real` (None: not known after all). Raises LiaisonError where the alert or the person is not known.
    """
    if action not in (SNOOZED, ASSIGNED, OUTCOME):
        raise LiaisonError(
            f"{action} is nothing that can be done with an alert.", remedy="Snooze, assign, or judge it."
        )
    with writing(engine) as connection:
        if connection.scalar(select(alert.c.alert_key).where(alert.c.alert_key == alert_key).limit(1)) is None:
            raise LiaisonError("This alert is not on the list any more.", remedy="Look at the list again.")
        if person_id is not None:
            known = select(person.c.person_id).where(person.c.person_id == person_id)
            if connection.scalar(known) is None:
                raise LiaisonError(f"There is no person {person_id}.", remedy="Choose one of the team.")
        row = {"alert_key": alert_key, "action": action, "until": _day(until), "person_id": person_id, "real": real}
        connection.execute(insert(alert_note).values(**row, note=note, actor=actor, at=now()))


def found(engine: Engine) -> Found:
    """Outcomes so far: the newest word on each alert that was judged."""
    last = select(func.max(alert_note.c.id)).where(alert_note.c.action == OUTCOME).group_by(alert_note.c.alert_key)
    with reading(engine) as connection:
        told = connection.scalars(select(alert_note.c.real).where(alert_note.c.id.in_(last))).all()
    return Found(sum(real is True for real in told), sum(real is False for real in told))


def _day(text: str | None) -> str | None:
    try:
        return None if text is None else date.fromisoformat(text).isoformat()
    except ValueError as wrong:
        raise LiaisonError(f"{text} is not a day.", remedy="Write days as 2026-11-24.") from wrong


def now() -> str:
    """UTC, ISO."""
    return datetime.now(UTC).isoformat()
