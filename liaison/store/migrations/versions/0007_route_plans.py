"""Route plans: a week of a liaison, its days and its stops."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def _text(*names: str, required: bool = True) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=not required) for name in names]


def _whole(*names: str, required: bool = True) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer, nullable=not required) for name in names]


def _flags(*names: str) -> list[sa.Column[bool]]:
    return [sa.Column(name, sa.Boolean, nullable=False) for name in names]


def upgrade() -> None:
    """Three tables."""
    op.create_table(
        "route_plan",
        sa.Column("plan_id", sa.Text, primary_key=True),
        *_text("person_id", "week"),
        *_whole("revision"),
        *_text("zone", "run_id", "solver", "changed_at", "changed_by", "papers", "left_out"),
        sa.UniqueConstraint("person_id", "week", name=op.f("uq_route_plan_person_id")),
    )
    op.create_index(op.f("ix_route_plan_person_id"), "route_plan", ["person_id"], unique=False)
    op.create_table(
        "route_day",
        sa.Column("plan_id", sa.Text, primary_key=True),
        sa.Column("date", sa.Text, primary_key=True),
        *_flags("locked", "off"),
        *_whole("from_at", required=False),
        *_text("from_practice", required=False),
        *_whole("leave", "back", "driving"),
        *_text("pause", required=False),
        *_text("conflicts"),
    )
    op.create_table(
        "route_stop",
        sa.Column("stop_id", sa.Text, primary_key=True),
        *_text("plan_id", "practice_id", "state"),
        *_text("date", required=False),
        *_whole("position"),
        *_flags("pinned", "added"),
        *_whole("agreed", required=False),
        *_text("purpose"),
        *_whole("arrive", "depart", "drive", "wait"),
        sa.Column("value", sa.Float, nullable=False),
        *_text("opens"),
    )
    op.create_index(op.f("ix_route_stop_plan_id"), "route_stop", ["plan_id"], unique=False)
    op.create_index(op.f("ix_route_stop_practice_id"), "route_stop", ["practice_id"], unique=False)
