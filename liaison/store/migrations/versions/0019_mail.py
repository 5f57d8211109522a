"""What is told by mail, and what each person wants to be told."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Two tables and a column."""
    op.create_table(
        "mail",
        sa.Column("key", sa.Text, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("kind", "person_id", "thing", "state", "due_at")),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("claim", sa.Text),
        sa.Column("asked_at", sa.Text, nullable=False),
        *(sa.Column(name, sa.Text) for name in ("ended_at", "error")),
    )
    op.create_index(op.f("ix_mail_state"), "mail", ["state", "due_at"], unique=False)
    op.create_table(
        "mail_read",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("history_id", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text) for name in ("overdue_on", "digest_of")),
    )
    op.add_column("person", sa.Column("mail", sa.Text))
