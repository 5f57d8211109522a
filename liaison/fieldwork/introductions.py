"""Introductions: a referring provider or practice is brought together with a specialist or a department of ours."""

from collections.abc import Mapping
from typing import Any

from liaison.fieldwork.kind import RecordKind
from liaison.fieldwork.patient_words import patient_faults
from liaison.fieldwork.syntax import LINE, PARAGRAPH, Fault, is_date
from liaison.store.tables import introduction
from liaison.vocabulary import Channel, IntroductionOutcome


def _faults(values: Mapping[str, Any]) -> list[Fault]:
    found = []
    if not (values.get("practice_id") or values.get("npi")):
        found.append(
            Fault("practice_id", "is missing, and so is npi", "Say which practice or provider was introduced.")
        )
    if not (values.get("specialist_npi") or values.get("organisation_id")):
        remedy = "Say to which specialist (NPI) or to which organisation of ours."
        found.append(Fault("specialist_npi", "is missing, and so is organisation_id", remedy))
    if values.get("outcome") and values["outcome"] != IntroductionOutcome.not_met and not values.get("met_on"):
        found.append(Fault("met_on", "is missing", "Give the day on which they met, or say not_met."))
    asked, met = values.get("asked_on"), values.get("met_on")
    if asked and met and is_date(asked) and is_date(met) and met < asked:
        found.append(Fault("met_on", "is before asked_on", "Correct one of the two days."))
    return [*found, *patient_faults(values, ("note", "voided"), asked if asked and is_date(asked) else None)]


INTRODUCTIONS = RecordKind(
    name="introductions",
    one="introduction",
    table=introduction,
    keys=("introduction_id",),
    needs=("introduction_id", "asked_on"),
    forms={"asked_on": "date", "met_on": "date"},
    choices={"how": Channel, "outcome": IntroductionOutcome},
    refers={"practice_id": "practices", "brought_by": "people", "organisation_id": "organisations"},
    longest={"introduction_id": LINE, "service_line": LINE, "note": PARAGRAPH, "voided": PARAGRAPH},
    lasting="Void it, with the reason.",
    check=_faults,
)
