"""Who looked at, or took away, lists of single referrals."""

from sqlalchemy import Column, Integer, Text

from liaison.store.tables.base import table

audit = table(
    "audit",
    Column("id", Integer, primary_key=True),
    Column("at", Text, nullable=False, index=True),  # UTC, ISO
    Column("actor", Text, nullable=False),
    Column("action", Text, nullable=False),  # looked, downloaded, printed
    Column("what", Text, nullable=False),  # the kind of list
    Column("filters", Text, nullable=False),  # JSON; never an id of a referral
    Column("listed", Integer, nullable=False),  # rows that were shown
    Column("total", Integer, nullable=False),  # rows that there were
    owner="access",
)
