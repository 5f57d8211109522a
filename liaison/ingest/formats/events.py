"""Events, invitations and attendance as CSVs."""

from liaison.ingest.formats.base import Field, Kind
from liaison.ingest.formats.records import RecordFormat
from liaison.vocabulary import Answer, EventKind, Recorded

VOIDED = Field("voided", says="Why it does not stand any more.")


class Events(RecordFormat):
    name = record = "events"
    title = "Events"
    fields = (
        Field("event_id", required=True, says="Your id for the event."),
        Field("kind", Kind.choice, required=True, choices=tuple(EventKind)),
        Field("title", required=True, says="What it is called."),
        Field("starts_at", required=True, says="Local date and time: 2026-12-03T12:15."),
        Field("zone", required=True, says="The time zone of that time (IANA)."),
        Field("person_id", required=True, says="Who of the team hosts it; its touches are theirs."),
        Field("minutes", Kind.number, says="How long it lasts."),
        Field("place", says="Where, as people are told."),
        Field("link", says="Web address of a webinar."),
        Field("service_line", says="The line that it is about."),
        Field("capacity", Kind.count, says="Seats."),
        Field("cost", Kind.number, says="Dollars, all together."),
        Field("accredited_provider", says="Who designated it for credit."),
        Field("accreditation_statement", says="Their statement, word for word; it is printed on credit certificates."),
        Field("credit_maximum", Kind.number, says="Hours of credit designated, in quarter hours."),
        Field("designated_on", Kind.date, says="When it was designated: not after the event."),
        Field("notes"),
        Field("cancelled", says="Why it does not take place."),
    )


class Invitations(RecordFormat):
    name = record = "invitations"
    title = "Invitations to events"
    fields = (
        Field("event_id", required=True, says="An event on record."),
        Field("practice_id", required=True, says="A practice on record."),
        Field("invitee", says="Who there is invited, by name; blank: the practice as a whole."),
        Field("npi", Kind.npi, says="The invited provider's."),
        Field("invited_on", Kind.date, says="When they were asked."),
        Field("answer", Kind.choice, choices=tuple(Answer)),
        Field("answered_on", Kind.date, says="When they answered."),
        VOIDED,
    )


class Attendance(RecordFormat):
    name = record = "attendance"
    title = "Attendance of events"
    fields = (
        Field("event_id", required=True, says="An event on record."),
        Field("attendee", required=True, says="The person's NPI, or a name; a row a person."),
        Field("name", required=True, says="As it is printed on a certificate. People of practices, never patients."),
        Field("practice_id", says="A practice on record that the person came from."),
        Field("npi", Kind.npi, says="Theirs, where it is known."),
        Field("arrived_at", says="Time of arrival, hh:mm."),
        Field("minutes", Kind.number, says="How long the person was there."),
        Field("credits_claimed", Kind.number, says="Hours of credit that the person claims, in quarter hours."),
        Field("recorded", Kind.choice, choices=tuple(Recorded), says="How it was written down."),
        VOIDED,
    )


FORMATS: tuple[type[RecordFormat], ...] = (Events, Invitations, Attendance)
