"""Barriers, and introductions to specialists, as CSVs."""

from liaison.ingest.formats.base import Field, Kind
from liaison.ingest.formats.records import RecordFormat
from liaison.vocabulary import BarrierKind, BarrierSource, Channel, IntroductionOutcome


class Barriers(RecordFormat):
    name = record = "barriers"
    title = "Barriers"
    one_of = (("practice_id", "npi"),)
    fields = (
        Field("barrier_id", required=True, says="Your id for the barrier."),
        Field("practice_id", says="Whose problem it is; this or the provider's NPI."),
        Field("npi", Kind.npi, says="Which provider's, where no practice is given."),
        Field("raised_on", Kind.date, required=True, says="The day it was reported or found."),
        Field("raised_by", says="The person of ours who heard of it."),
        Field("source", Kind.choice, choices=tuple(BarrierSource)),
        Field("visit_id", says="The visit it was reported on."),
        Field("kind", Kind.choice, required=True, choices=tuple(BarrierKind)),
        Field("department", says="Where it has to be solved, in your words."),
        Field("service_line", says="The line whose referrals it holds up."),
        Field("what", required=True, says="What is wrong, without naming a patient."),
        Field("at_stake", Kind.number, says="Referrals that were stuck when it was opened."),
        Field("owner", says="The person of ours who sees to it."),
        Field("due_on", Kind.date, says="By when.", ahead=True),
        Field("resolved_on", Kind.date, says="The day it was solved."),
        Field("resolution", says="How it was resolved."),
        Field("loop_closed_on", Kind.date, says="The day the practice heard what came of it."),
        Field("loop_closed_by", says="The person of ours who told it."),
        Field("unresolved", says="Why a loop was closed without a solution."),
        Field("reopened_on", Kind.date, says="The day it came back, the last time."),
        Field("reopened", says="Why it was opened again."),
        Field("voided", says="Why it does not count."),
    )


class Introductions(RecordFormat):
    name = record = "introductions"
    title = "Introductions"
    one_of = (("practice_id", "npi"), ("specialist_npi", "organisation_id"))
    fields = (
        Field("introduction_id", required=True, says="Your id for the introduction."),
        Field("asked_on", Kind.date, required=True, says="The day it was asked for."),
        Field("practice_id", says="Which practice was introduced; this or the provider's NPI."),
        Field("npi", Kind.npi, says="Which referring provider."),
        Field("specialist_npi", Kind.npi, says="To which specialist; this or the organisation."),
        Field("organisation_id", says="To which organisation of ours, where no specialist is named."),
        Field("service_line", says="The line that it is about."),
        Field("brought_by", says="The person of ours who brought them together."),
        Field("met_on", Kind.date, says="The day they met.", ahead=True),
        Field("how", Kind.choice, choices=tuple(Channel)),
        Field("outcome", Kind.choice, choices=tuple(IntroductionOutcome)),
        Field("note", says="Without naming a patient."),
        Field("voided", says="Why it does not count."),
    )
