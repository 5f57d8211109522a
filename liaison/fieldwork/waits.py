"""Waiting times: how long a new patient of a service line waits for an appointment, as it was measured on a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, select

from liaison.fieldwork.kind import RecordKind
from liaison.fieldwork.syntax import Fault
from liaison.store.tables import waiting_time
from liaison.vocabulary import comparison_key

FRESH = 92  # days: what was measured longer ago says nothing of today


def _faults(values: Mapping[str, Any]) -> list[Fault]:
    days = values.get("days")
    if days is not None and days < 0:
        return [Fault("days", "is below 0", "Give the days to the next appointment for a new patient.")]
    return []


WAITS = RecordKind(
    name="waits",
    one="waiting time",
    table=waiting_time,
    keys=("service_line", "measured_on"),
    needs=("service_line", "days", "measured_on"),
    forms={"measured_on": "date"},
    check=_faults,
)


@dataclass(frozen=True)
class Wait:
    """Days to the next appointment, measured on an ISO day."""

    days: float
    measured_on: str


def waits_on(connection: Connection, today: str) -> dict[str, Wait]:
    """Service line, as a comparison key -> the newest wait that is not older than three months on an ISO day."""
    first = (date.fromisoformat(today) - timedelta(days=FRESH)).isoformat()
    w = waiting_time.c
    rows = select(w.service_line, w.days, w.measured_on).where(w.measured_on.between(first, today))
    found = connection.execute(rows.order_by(w.measured_on))
    return {comparison_key(line): Wait(days, on) for line, days, on in found}


@dataclass(frozen=True)
class Measured:
    """The newest wait of a line, as it was spelled; `source`: who measured it, None where nobody said."""

    line: str
    days: float
    measured_on: str
    source: str | None

    def old(self, today: str) -> bool:
        """Measured longer ago than three months before an ISO day."""
        return date.fromisoformat(self.measured_on) < date.fromisoformat(today) - timedelta(days=FRESH)


def newest_waits(connection: Connection, today: str) -> tuple[Measured, ...]:
    """The newest of every service line up to an ISO day, however old; the longest first."""
    w = waiting_time.c
    rows = select(w.service_line, w.days, w.measured_on, w.source).where(w.measured_on <= today)
    found = {
        comparison_key(row.service_line): Measured(*row) for row in connection.execute(rows.order_by(w.measured_on))
    }
    return tuple(sorted(found.values(), key=lambda each: (-each.days, each.line)))


def waits_before(connection: Connection, today: str) -> dict[str, tuple[Wait, Wait]]:
    """Service line, as a comparison key -> the newest wait that still stands, and the one measured before it."""
    w = waiting_time.c
    rows = select(w.service_line, w.days, w.measured_on).where(w.measured_on <= today).order_by(w.measured_on)
    measured: dict[str, list[Wait]] = {}
    for line, days, on in connection.execute(rows):
        measured.setdefault(comparison_key(line), []).append(Wait(days, on))
    standing = waits_on(connection, today)
    return {line: (found[-1], found[-2]) for line, found in measured.items() if line in standing and len(found) > 1}
