"""Barriers: problems that a practice reports or the data shows, from the day they are raised until it is told.

Solved and told are two steps: `resolved_on` with its words, then `loop_closed_on`, when the practice heard of it. Its
loop may be closed without a solution, with the reason in `unresolved`. One that should never have been is voided with a
reason, not removed. What people do with a barrier stands in `barrier_steps`.
"""

from collections.abc import Mapping
from typing import Any

from liaison.fieldwork.kind import RecordKind
from liaison.fieldwork.patient_words import patient_faults
from liaison.fieldwork.syntax import LINE, PARAGRAPH, Fault, is_date
from liaison.store.tables import barrier
from liaison.vocabulary import BarrierKind, BarrierSource, BarrierStatus

WRITTEN = ("what", "resolution", "unresolved", "reopened", "voided", "department")  # texts in people's own words

ORDER = (
    *(("raised_on", later) for later in ("due_on", "resolved_on", "loop_closed_on", "reopened_on")),
    ("resolved_on", "loop_closed_on"),
)


def status_of(values: Mapping[str, Any]) -> BarrierStatus:
    """Where a barrier stands, from its dates."""
    if values.get("voided"):
        return BarrierStatus.voided
    if values.get("loop_closed_on"):
        return BarrierStatus.loop_closed
    return BarrierStatus.resolved if values.get("resolved_on") else BarrierStatus.open


def _faults(values: Mapping[str, Any]) -> list[Fault]:
    return [*_whose(values), *_steps(values), *_order(values), *patient_faults(values, WRITTEN, _raised(values))]


def _raised(values: Mapping[str, Any]) -> str | None:
    given = values.get("raised_on")
    return given if given and is_date(given) else None


def _whose(values: Mapping[str, Any]) -> list[Fault]:
    if values.get("practice_id") or values.get("npi"):
        return []
    return [Fault("practice_id", "is missing, and so is npi", "Say which practice or which provider it is about.")]


def _steps(values: Mapping[str, Any]) -> list[Fault]:
    """Nothing is solved without saying how, and no loop closed without a solution or the reason why there is none."""
    found = []
    if values.get("resolved_on") and not values.get("resolution"):
        found.append(Fault("resolution", "is missing", "Say how it was resolved, or leave resolved_on blank."))
    if values.get("resolution") and not values.get("resolved_on"):
        found.append(Fault("resolved_on", "is missing", "Give the day on which it was resolved."))
    if values.get("loop_closed_on"):
        if not values.get("loop_closed_by"):
            found.append(Fault("loop_closed_by", "is missing", "Say who told the practice."))
        if not values.get("resolved_on") and not values.get("unresolved"):
            remedy = "Resolve it first, or say in unresolved why it stays as it is."
            found.append(Fault("loop_closed_on", "is given for a barrier that is not resolved", remedy))
    return found


def _order(values: Mapping[str, Any]) -> list[Fault]:
    """Days in the order in which things happen; what is badly written is said elsewhere."""
    names = {day for pair in ORDER for day in pair}
    known = {name: values[name] for name in names if values.get(name) and is_date(values[name])}
    return [
        Fault(later, f"is before {first}", "Correct one of the two days.")
        for first, later in ORDER
        if first in known and later in known and known[later] < known[first]
    ]


BARRIERS = RecordKind(
    name="barriers",
    one="barrier",
    table=barrier,
    keys=("barrier_id",),
    needs=("barrier_id", "raised_on", "kind", "what"),
    forms={
        **dict.fromkeys(("raised_on", "due_on", "resolved_on", "loop_closed_on", "reopened_on"), "date"),
        "at_stake": "not negative",
    },
    longest={
        **dict.fromkeys(("barrier_id", "department", "service_line"), LINE),
        **dict.fromkeys(("what", "resolution", "unresolved", "reopened", "voided"), PARAGRAPH),
    },
    choices={"kind": BarrierKind, "source": BarrierSource},
    refers={"practice_id": "practices", "raised_by": "people", "owner": "people", "loop_closed_by": "people"},
    lasting="Void it, with the reason.",
    check=_faults,
)
