"""What the programme was found to have caused."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def _text(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _whole(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer, nullable=False) for name in names]


def upgrade() -> None:
    """A table of runs, and one of what each says of a span of months."""
    op.create_table(
        "effect_run",
        sa.Column("run_id", sa.Text, primary_key=True),
        *_whole("as_of", "data_version"),
        *_text("data_id"),
        *_whole("records_id"),
        *_text("fitted_at"),
        sa.Column("seconds", sa.Float, nullable=False),
        sa.Column("level", sa.Float, nullable=False),
        *_text("model", "beside", "notes"),
    )
    op.create_index("ix_effect_run_as_of", "effect_run", ["as_of"])
    op.create_table(
        "effect_result",
        sa.Column("run_id", sa.Text, primary_key=True),
        sa.Column("span", sa.Text, primary_key=True),
        *_whole("first", "last"),
        *_text("verdict", "told", "costs"),
    )
