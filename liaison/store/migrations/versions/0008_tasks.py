"""Tasks: what somebody of the team has to do."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def _text(*names: str, required: bool = True) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=not required) for name in names]


def upgrade() -> None:
    """One table."""
    op.create_table(
        "task",
        sa.Column("key", sa.Text, primary_key=True),
        *_text("task_id", "person_id", "what"),
        *_text("practice_id", "due_on", "done_on", "source", "voided", required=False),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_index(op.f("ix_task_person_id"), "task", ["person_id", "due_on"], unique=False)
    op.create_index(op.f("ix_task_source"), "task", ["source"], unique=False)
