"""The gift ledger and its limits."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def _text(*names: str, required: bool = True) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=not required) for name in names]


def upgrade() -> None:
    """Two tables."""
    op.create_table(
        "gift",
        sa.Column("key", sa.Text, primary_key=True),
        *_text("gift_id", "given_on", "kind", "npi"),
        sa.Column("amount", sa.Float, nullable=False),
        *_text("occasion", "person_id", "practice_id", "meal_id", required=False),
        sa.Column("meal_total", sa.Float),
        sa.Column("ate", sa.Float),
        *_text("override", "voided", "note", required=False),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_index(op.f("ix_gift_npi"), "gift", ["npi", "given_on"], unique=False)
    op.create_table(
        "gift_limit",
        sa.Column("key", sa.Text, primary_key=True),
        *_text("kind", "year"),
        sa.Column("amount", sa.Float, nullable=False),
        *_text("source", required=False),
        sa.Column("version", sa.Integer, nullable=False),
    )
