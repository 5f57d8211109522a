"""Visits: every contact with a practice or a provider, whatever the channel."""

from collections.abc import Mapping
from typing import Any

from liaison.fieldwork.kind import RecordKind
from liaison.fieldwork.syntax import Fault
from liaison.store.tables import visit
from liaison.vocabulary import Channel, Purpose


def _whom_faults(values: Mapping[str, Any]) -> list[Fault]:
    if values.get("practice_id") or values.get("npi"):
        return []
    return [Fault("practice_id", "is missing, and so is npi", "Say which practice or which provider was visited.")]


VISITS = RecordKind(
    name="visits",
    one="visit",
    table=visit,
    keys=("visit_id",),
    needs=("visit_id", "person_id", "date"),
    forms={
        "date": "date",
        "next_step_on": "date",
        "arrived_at": "clock",
        "minutes": "not negative",
        "miles": "not negative",
    },
    choices={"channel": Channel, "purpose": Purpose},
    refers={"practice_id": "practices", "person_id": "people"},
    check=_whom_faults,
)
