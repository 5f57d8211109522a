"""Records that people keep: one row is the current version, `history` holds every version it had.

Columns carry the names of the CSV formats, except `from` and `to`, which are `starts` and `ends` here.
Dates are ISO text. `key` joins the columns that identify a record; `version` counts its edits.
"""

from sqlalchemy import Boolean, Column, Float, Index, Integer, Text

from liaison.store.tables.base import record as _record
from liaison.store.tables.base import table
from liaison.store.tables.base import texts as _text

organisation = _record(
    "organisation",
    Column("organisation_id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("ours", Boolean, nullable=False),
    *_text("aliases"),
)
practice = _record(
    "practice",
    Column("practice_id", Text, nullable=False),
    Column("name", Text, nullable=False),
    *_text("address", "city", "state", "zip"),
    Column("lat", Float),
    Column("lon", Float),
    *_text("phone", "type", "organisation_id", "aliases"),
    Column("rural", Boolean),
    Column("safety_net", Boolean),
    *_text("zone", "hours", "parking"),
    Column("do_not_visit", Boolean),
    *_text("frequency"),
)
provider_place = _record(
    "provider_place",
    Column("npi", Text, nullable=False, index=True),
    Column("name", Text, nullable=False),
    *_text("taxonomy_code"),
    Column("practice_id", Text, index=True),
    *_text("organisation_id", "in_office", "telehealth", "telehealth_note", "starts", "ends"),
    Column("listed", Integer, nullable=False),  # the order in which the places were first given
)
territory_part = _record(
    "territory_part",
    Column("territory_id", Text, nullable=False),
    Column("name", Text, nullable=False),
    *_text("kind", "code", "starts", "ends", "visits_complete_from"),
)
person = _record(
    "person",
    Column("person_id", Text, nullable=False),
    Column("name", Text, nullable=False),
    *_text("email", "role", "start_zip"),
    Column("lat", Float),
    Column("lon", Float),
    *_text("works_from", "works_to", "days", "own_or_contract", "starts", "ends", "visits_complete_from", "mail"),
)
assignment = _record(
    "assignment",
    Column("practice_id", Text, nullable=False, index=True),
    Column("person_id", Text, nullable=False),
    *_text("service_line", "starts", "ends"),
)
contact = _record(
    "contact",
    Column("practice_id", Text, nullable=False, index=True),
    Column("name", Text, nullable=False),
    *_text("job", "phone", "email"),
)
visit = _record(
    "visit",
    Column("visit_id", Text, nullable=False),
    Column("person_id", Text, nullable=False),
    Column("date", Text, nullable=False, index=True),
    *_text("practice_id"),
    Column("npi", Text, index=True),
    *_text("channel", "purpose", "outcome", "ask", "next_step", "next_step_on"),
    Column("minutes", Float),
    Column("miles", Float),
    *_text("notes", "arrived_at"),
    *_text("people_met", "materials", "next_step_done_on", "logged_at"),  # lists are parted by semicolons
    Column("voided", Text),  # why it does not count; null: it stands (`fieldwork.visits.standing_visit`)
)
Index(None, visit.c.practice_id, visit.c.date)  # the visits of one practice, and the last one of each
cost = _record(
    "cost",
    Column("month", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("amount", Float, nullable=False),
    *_text("person_id", "note"),
)
margin = _record(
    "margin",
    Column("service_line", Text, nullable=False),
    Column("margin", Float, nullable=False),
    Column("low", Float),
    Column("high", Float),
    *_text("starts", "source"),
)
waiting_time = _record(
    "waiting_time",
    Column("service_line", Text, nullable=False),
    Column("days", Float, nullable=False),  # to the next appointment that a new patient could have
    Column("measured_on", Text, nullable=False),
    *_text("source"),
)

history = table(
    "history",
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("key", Text, nullable=False, index=True),
    Column("batch_id", Text, index=True),  # null: edited by hand
    Column("actor", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("values", Text),  # JSON of the whole record; null where it was removed
    owner="fieldwork",
)

merge = table(
    "merge",
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),  # practice or organisation
    Column("from_id", Text, nullable=False),
    Column("into_id", Text, nullable=False),
    Column("decision", Text, nullable=False),  # merged, kept_apart, undone
    Column("decided_by", Text, nullable=False),
    Column("decided_at", Text, nullable=False),
    owner="fieldwork",
)
