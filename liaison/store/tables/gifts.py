"""The gift ledger: what each physician was given, and the limits of a calendar year. Dates are ISO text.

A meal is one row for each physician who ate, with the same `meal_id`; `amount` is that physician's share in dollars.
"""

from sqlalchemy import Column, Float, Index

from liaison.store.tables.base import record, texts

gift = record(
    "gift",
    *texts("gift_id", "given_on", "kind", "npi", required=True),
    Column("amount", Float, nullable=False),
    *texts("occasion", "person_id", "practice_id", "meal_id"),
    Column("meal_total", Float),
    Column("ate", Float),  # how many shared the meal, the team's own people among them
    *texts("override", "voided", "note"),
)
Index(None, gift.c.npi, gift.c.given_on)

gift_limit = record(
    "gift_limit",
    *texts("kind", "year", required=True),
    Column("amount", Float, nullable=False),
    *texts("source"),
)
