"""Introductions of a referring provider to a specialist of ours. Dates are ISO text."""

from sqlalchemy import Index

from liaison.store.tables.base import record, texts

introduction = record(
    "introduction",
    *texts("introduction_id", "asked_on", required=True),
    *texts("practice_id", "npi", "specialist_npi", "organisation_id", "service_line", "brought_by", "met_on", "how"),
    *texts("outcome", "note", "voided"),
)
Index(None, introduction.c.practice_id)
