"""Surveys of referrers and what they mention, as CSVs."""

from liaison.ingest.formats.base import Field, Kind
from liaison.ingest.formats.records import RecordFormat
from liaison.vocabulary import MentionTag, Respondent

VISIT = Field("visit_id", says="The visit on which it was said.")
VOIDED = Field("voided", says="Why it does not stand any more.")
ABOUT = Field("service_line", says="The specialty that it is about.")


class Feedback(RecordFormat):
    name = record = "feedback"
    title = "Feedback of referrers"
    one_of = (("ease", "report_back", "access", "recommend", "comment"),)
    fields = (
        Field("feedback_id", required=True, says="Your id for the filled-in form."),
        Field("practice_id", required=True, says="A practice on record."),
        Field("date", Kind.date, required=True, says="When it was filled in."),
        Field("role", Kind.choice, choices=tuple(Respondent), says="Who answered; no name is kept."),
        ABOUT,
        Field("department", says="The department that it is about, in your words."),
        Field("ease", Kind.number, says="How easy it is to refer: 1 (poor) to 5 (very good)."),
        Field("report_back", Kind.number, says="How well we report back: 1 to 5."),
        Field("access", Kind.number, says="How soon patients are seen: 1 to 5."),
        Field("recommend", Kind.number, says="How likely they are to recommend us: 0 to 10."),
        Field("comment", says="In their words; never a patient's name."),
        VISIT,
        Field("person_id", says="Who of the team wrote it down."),
        VOIDED,
    )


class Mentions(RecordFormat):
    name = record = "mentions"
    title = "Gaps and competitors mentioned"
    fields = (
        Field("mention_id", required=True, says="Your id for it."),
        Field("tag", Kind.choice, required=True, choices=tuple(MentionTag), says="What it is about."),
        Field("text", required=True, says="What was said; never a patient's name."),
        Field("date", Kind.date, required=True, says="When it was said."),
        Field("practice_id", says="A practice on record that said it."),
        Field("organisation_id", says="The competitor that was mentioned: an organisation on record."),
        ABOUT,
        VISIT,
        Field("person_id", says="Who of the team heard it."),
        VOIDED,
    )


FORMATS: tuple[type[RecordFormat], ...] = (Feedback, Mentions)
