"""Visits that were begun and not logged yet: what stands in the form, for who typed it. No record, and no history."""

from sqlalchemy import Column, Text

from liaison.store.tables.base import table

visit_draft = table(
    "visit_draft",
    Column("visit_id", Text, primary_key=True),  # the id that the visit will have
    Column("writer", Text, nullable=False, index=True),  # whose words these are
    Column("values", Text, nullable=False),  # JSON: the form's columns
    Column("at", Text, nullable=False),  # UTC
    owner="fieldwork",
)
