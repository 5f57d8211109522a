"""Who looked at lists of single referrals."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """One table, and the order in which it is read."""
    words = [sa.Column(name, sa.Text, nullable=False) for name in ("at", "actor", "action", "what", "filters")]
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer, primary_key=True),
        *words,
        sa.Column("listed", sa.Integer, nullable=False),
        sa.Column("total", sa.Integer, nullable=False),
    )
    op.create_index(op.f("ix_audit_at"), "audit", ["at"], unique=False)
