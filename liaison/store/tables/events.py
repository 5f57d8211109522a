"""Events, who was invited and who came. `starts_at` is local, YYYY-MM-DDThh:mm, in the event's zone.

`cancelled` and `voided` are the reason why a row does not stand. The attendees are people of practices, never patients.
"""

from sqlalchemy import Column, Float, Index

from liaison.store.tables.base import record, texts

event = record(
    "event",
    *texts("event_id", "kind", "title", "starts_at", "zone", "person_id", required=True),
    Column("minutes", Float),
    *texts("place", "link", "service_line"),
    Column("capacity", Float),
    Column("cost", Float),
    *texts("accredited_provider", "accreditation_statement"),
    Column("credit_maximum", Float),
    *texts("designated_on", "notes", "cancelled"),
)
Index(None, event.c.starts_at)

invitation = record(
    "invitation",
    *texts("event_id", "practice_id", required=True),
    *texts("invitee", "npi", "invited_on", "answer", "answered_on", "voided"),
)
Index(None, invitation.c.event_id)
Index(None, invitation.c.practice_id)

attendance = record(
    "attendance",
    *texts("event_id", "attendee", "name", required=True),
    *texts("practice_id", "npi", "arrived_at"),
    Column("minutes", Float),
    Column("credits_claimed", Float),
    *texts("recorded", "voided"),
)
Index(None, attendance.c.event_id)
Index(None, attendance.c.practice_id)
