"""Campaigns with their frozen lists, and the briefings of our own people."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def _text(*names: str, required: bool = False) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=not required) for name in names]


def _record(name: str, *columns: sa.Column[str] | sa.Column[float]) -> None:
    key, version = sa.Column("key", sa.Text, primary_key=True), sa.Column("version", sa.Integer, nullable=False)
    op.create_table(name, key, *columns, version)


def upgrade() -> None:
    """Three tables."""
    _record(
        "campaign",
        *_text("campaign_id", "title", "what", "starts", "person_id", required=True),
        *_text("service_line", "message", "materials", "ends"),
        sa.Column("kept_aside", sa.Float),
        *_text("seed", "frozen_on", "voided"),
    )
    _record(
        "campaign_target",
        *_text("campaign_id", "practice_id", "arm", required=True),
        *_text("stratum", "wave"),
        sa.Column("volume", sa.Float),
    )
    _record(
        "briefing",
        *_text("campaign_id", "audience", "briefed_on", required=True),
        *_text("person_id", "note", "voided"),
    )
    for name in ("campaign_target", "briefing"):
        op.create_index(op.f(f"ix_{name}_campaign_id"), name, ["campaign_id"], unique=False)
