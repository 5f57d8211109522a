"""Visits: every contact with a practice or a provider, whatever the channel.

None is ever removed: one that was logged by mistake is voided, with the reason, and counts nowhere. Whoever reads
visits reads `standing_visit`, never the table: there is no second place that knows which ones stand.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from liaison.fieldwork.kind import RecordKind
from liaison.fieldwork.syntax import PARAGRAPH, Fault
from liaison.store.tables import visit
from liaison.vocabulary import Channel, Purpose

NOTES = 10_000  # characters at most


def _whom_faults(values: Mapping[str, Any]) -> list[Fault]:
    if values.get("practice_id") or values.get("npi"):
        return []
    return [Fault("practice_id", "is missing, and so is npi", "Say which practice or which provider was visited.")]


standing_visit = select(visit).where(visit.c.voided.is_(None)).subquery("standing_visit")

VISITS = RecordKind(
    name="visits",
    one="visit",
    table=visit,
    keys=("visit_id",),
    needs=("visit_id", "person_id", "date"),
    forms={
        "date": "date",
        "next_step_on": "date",
        "next_step_done_on": "date",
        "logged_at": "moment",
        "arrived_at": "clock",
        "minutes": "not negative",
        "miles": "not negative",
    },
    choices={"channel": Channel, "purpose": Purpose},
    refers={"practice_id": "practices", "person_id": "people"},
    longest={
        "visit_id": 100,
        **dict.fromkeys(("outcome", "ask", "next_step", "people_met", "materials", "voided"), PARAGRAPH),
        "notes": NOTES,
    },
    lasting="Void it, with the reason.",
    check=_whom_faults,
)
