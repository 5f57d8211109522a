"""Territories as they are proposed: whose each area would be, what it was worked out from, and since when it holds.

A draft's `revision` counts its changes: who saves over another's is refused. Drafts are kept when a newer one is drawn.
"""

from sqlalchemy import Column, Float, Integer, Text

from liaison.store.tables.base import table

OWNER = "planning"

territory_draft = table(
    "territory_draft",
    Column("draft_id", Text, primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("drawn_from", Text, nullable=False),  # county, zip, mixed
    Column("made_at", Text, nullable=False, index=True),  # UTC, ISO
    Column("changed_at", Text, nullable=False),
    Column("changed_by", Text, nullable=False),
    Column("run_id", Text, nullable=False),  # the ranking that its values are from; empty: none
    Column("as_of", Integer),  # the last month of that ranking
    Column("data_version", Integer, nullable=False),
    Column("records_id", Integer, nullable=False),  # newest entry of `history` among what it was drawn from
    Column("papers", Text, nullable=False),  # JSON: people, what was assumed, who was left out
    Column("adopted_on", Text),  # ISO: the first day on which it holds; null: a draft
    Column("adopted_at", Text),
    Column("adopted_by", Text),
    owner=OWNER,
)

territory_draft_area = table(
    "territory_draft_area",
    Column("draft_id", Text, primary_key=True),
    Column("place", Integer, primary_key=True),  # its position among the areas
    Column("kind", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("lat", Float, nullable=False),
    Column("lon", Float, nullable=False),
    Column("borders", Text, nullable=False),  # JSON list of positions
    Column("territory", Text),  # its territory when it was drawn
    Column("person_id", Text, nullable=False),
    owner=OWNER,
)

territory_draft_practice = table(
    "territory_draft_practice",
    Column("draft_id", Text, primary_key=True),
    Column("practice_id", Text, primary_key=True),
    Column("area", Integer, nullable=False),
    Column("lat", Float, nullable=False),
    Column("lon", Float, nullable=False),
    Column("visits", Float, nullable=False),  # needed in a year
    Column("minutes", Float, nullable=False),  # of one, with the way from the one before
    Column("value", Float, nullable=False),  # referrals that one should bring
    Column("before", Text),  # whose it was when it was drawn
    Column("person_id", Text),  # whose it would be, where that is not its area's
    owner=OWNER,
)
