"""What a source is worth, and how long new patients wait."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def _text(*names: str, required: bool = True) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=not required) for name in names]


def _numbers(*names: str) -> list[sa.Column[float]]:
    return [sa.Column(name, sa.Float, nullable=False) for name in names]


def upgrade() -> None:
    """One table that is derived, one of records, and a run's papers about the first."""
    op.create_table(
        "source_worth",
        sa.Column("run_id", sa.Text, primary_key=True),
        sa.Column("practice_id", sa.Text, primary_key=True),
        *_numbers("referrals"),
        sa.Column("low", sa.Integer, nullable=False),
        sa.Column("high", sa.Integer, nullable=False),
        *_numbers("each", "value", "value_low", "value_high"),
        *_text("by_line"),
    )
    op.create_table(
        "waiting_time",
        sa.Column("key", sa.Text, primary_key=True),
        *_text("service_line"),
        *_numbers("days"),
        *_text("measured_on"),
        *_text("source", required=False),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.add_column("ranking", sa.Column("worth", sa.Text))
