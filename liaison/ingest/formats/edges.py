"""Shared-patient counts between providers: CMS's own files and CareSet's Hop Teaming."""

from liaison.ingest.formats.base import Field, Format, Kind, Target
from liaison.metrics.definitions.shares import CAVEATS


class SharedPatients(Format):
    """CMS Physician Shared Patient Patterns, 2009-2015: no header, cells padded with spaces in some years."""

    name = "cms-shared-patients"
    title = "CMS Physician Shared Patient Patterns"
    target = Target.edges
    headerless = ("npi1", "npi2", "pair_count", "bene_count", "same_day_count")
    # Transactions come before patients here; in Hop Teaming it is the other way round.
    fields = (
        Field("npi1", Kind.npi, required=True, becomes="from_npi", says="Who saw the patient first."),
        Field("npi2", Kind.npi, required=True, becomes="to_npi", says="Who saw the patient within the file's window."),
        Field("pair_count", Kind.count, required=True, becomes="transactions", says="Pairs of encounters."),
        Field("bene_count", Kind.count, required=True, becomes="patients", says="Different patients."),
        Field("same_day_count", Kind.count, becomes="same_day", says="Encounters on the same day."),
    )
    caveats = CAVEATS["cms-shared-patients"]


class HopTeaming(Format):
    """CareSet's directed edges; non-commercial share-alike, so that a user brings it and we never ship it."""

    name = "hop-teaming"
    title = "Hop Teaming"
    target = Target.edges
    fields = (
        Field("from_npi", Kind.npi, required=True, says="Who saw the patient first."),
        Field("to_npi", Kind.npi, required=True, says="Who saw the patient next."),
        Field("patient_count", Kind.count, required=True, becomes="patients", says="Different patients."),
        Field(
            "transaction_count", Kind.count, becomes="transactions", says="Times a patient went from one to the other."
        ),
        Field("average_day_wait", Kind.number, becomes="average_wait", says="Mean days between the two visits."),
        Field("std_day_wait", Kind.number, says="Standard deviation of those days; not kept."),
    )
    caveats = CAVEATS["hop-teaming"]
