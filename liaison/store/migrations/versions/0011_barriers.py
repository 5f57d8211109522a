"""Barriers: what practices complained of, or the data showed."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def _text(*names: str, required: bool = False) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=not required) for name in names]


def upgrade() -> None:
    """One table of records."""
    op.create_table(
        "barrier",
        sa.Column("key", sa.Text, primary_key=True),
        *_text("barrier_id", "raised_on", "kind", "what", required=True),
        *_text("practice_id", "npi", "raised_by", "source", "visit_id", "department", "service_line"),
        sa.Column("at_stake", sa.Float),
        *_text("owner", "due_on", "resolved_on", "resolution", "loop_closed_on", "loop_closed_by"),
        *_text("unresolved", "reopened_on", "reopened", "voided"),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_index(op.f("ix_barrier_practice_id"), "barrier", ["practice_id"], unique=False)
    op.create_index(op.f("ix_barrier_visit_id"), "barrier", ["visit_id"], unique=False)
