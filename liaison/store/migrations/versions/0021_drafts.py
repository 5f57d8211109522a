"""Visits that were begun in the form."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    """One table."""
    op.create_table(
        "visit_draft",
        sa.Column("visit_id", sa.Text, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("writer", "values", "at")),
    )
    op.create_index(op.f("ix_visit_draft_writer"), "visit_draft", ["writer"], unique=False)
