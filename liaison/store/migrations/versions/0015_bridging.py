"""Which proposed barriers were declined, and introductions of referring providers to specialists."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def _text(*names: str, required: bool = False) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=not required) for name in names]


def upgrade() -> None:
    """Two tables."""
    op.create_table(
        "barrier_declined",
        sa.Column("id", sa.Integer, primary_key=True),
        *_text("practice_id", "line", "kind", required=True),
        sa.Column("stuck", sa.Integer),
        *_text("actor", "at", required=True),
    )
    op.create_table(
        "introduction",
        sa.Column("key", sa.Text, primary_key=True),
        *_text("introduction_id", "asked_on", required=True),
        *_text("practice_id", "npi", "specialist_npi", "organisation_id", "service_line", "brought_by", "met_on"),
        *_text("how", "outcome", "note", "voided"),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_index(op.f("ix_introduction_practice_id"), "introduction", ["practice_id"], unique=False)
