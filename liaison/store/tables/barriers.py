"""Barriers. Dates are ISO text; where one stands is told by its dates (`fieldwork.barriers.status_of`)."""

from sqlalchemy import Column, Float, Index, Integer

from liaison.store.tables.base import record, table, texts

barrier = record(
    "barrier",
    *texts("barrier_id", "raised_on", "kind", "what", required=True),
    *texts("practice_id", "npi", "raised_by", "source", "visit_id", "department", "service_line"),
    Column("at_stake", Float),  # referrals that were stuck when it was opened
    *texts("owner", "due_on", "resolved_on", "resolution", "loop_closed_on", "loop_closed_by"),
    *texts("unresolved", "reopened_on", "reopened", "voided"),  # why: it stays as it is; it is back; it does not count
)
Index(None, barrier.c.practice_id)
Index(None, barrier.c.visit_id)

barrier_declined = table(
    "barrier_declined",
    Column("id", Integer, primary_key=True),
    *texts("practice_id", "line", "kind", required=True),  # the line as a comparison key
    Column("stuck", Integer),  # how many were stuck then; null: the decline was taken back
    *texts("actor", "at", required=True),
    owner="fieldwork",
)
