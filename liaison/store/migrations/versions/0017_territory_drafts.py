"""Territories as they are proposed."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def _text(*names: str, required: bool = True) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=not required) for name in names]


def _numbers(*names: str) -> list[sa.Column[float]]:
    return [sa.Column(name, sa.Float, nullable=False) for name in names]


def upgrade() -> None:
    """Three tables."""
    op.create_table(
        "territory_draft",
        sa.Column("draft_id", sa.Text, primary_key=True),
        sa.Column("revision", sa.Integer, nullable=False),
        *_text("drawn_from", "made_at", "changed_at", "changed_by", "run_id"),
        sa.Column("as_of", sa.Integer),
        sa.Column("data_version", sa.Integer, nullable=False),
        sa.Column("records_id", sa.Integer, nullable=False),
        *_text("papers"),
        *_text("adopted_on", "adopted_at", "adopted_by", required=False),
    )
    op.create_index(op.f("ix_territory_draft_made_at"), "territory_draft", ["made_at"], unique=False)
    op.create_table(
        "territory_draft_area",
        sa.Column("draft_id", sa.Text, primary_key=True),
        sa.Column("place", sa.Integer, primary_key=True),
        *_text("kind", "code", "name"),
        *_numbers("lat", "lon"),
        *_text("borders"),
        *_text("territory", required=False),
        *_text("person_id"),
    )
    op.create_table(
        "territory_draft_practice",
        sa.Column("draft_id", sa.Text, primary_key=True),
        sa.Column("practice_id", sa.Text, primary_key=True),
        sa.Column("area", sa.Integer, nullable=False),
        *_numbers("lat", "lon", "visits", "minutes", "value"),
        *_text("before", "person_id", required=False),
    )
