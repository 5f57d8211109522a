"""Tasks: what somebody has to do by a day, by hand or because something happened: an event, a barrier, a campaign."""

import re
from collections.abc import Mapping
from typing import Any

from liaison.fieldwork.kind import RecordKind
from liaison.fieldwork.syntax import LINE, Fault
from liaison.store.tables import task

HAND = "hand"
_SOURCE = re.compile(rf"{HAND}|(event|barrier|campaign|visit):.+")


def _source_faults(values: Mapping[str, Any]) -> list[Fault]:
    if values.get("source") is None or _SOURCE.fullmatch(str(values["source"])):
        return []
    return [Fault("source", "is no source of a task", f"Write {HAND}, event:ID, barrier:ID, campaign:ID or visit:ID.")]


TASKS = RecordKind(
    name="tasks",
    one="task",
    table=task,
    keys=("task_id",),
    needs=("task_id", "person_id", "what"),
    forms={"due_on": "date", "done_on": "date"},
    refers={"practice_id": "practices", "person_id": "people"},
    longest={"task_id": LINE, "what": LINE, "source": LINE, "voided": LINE},
    check=_source_faults,
)
