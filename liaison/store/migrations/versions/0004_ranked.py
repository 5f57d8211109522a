"""Rankings, forecasts and alerts as they were worked out, and what people made of them."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def _text(*names: str, required: bool = True) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=not required) for name in names]


def _numbers(*names: str, required: bool = True) -> list[sa.Column[float]]:
    return [sa.Column(name, sa.Float, nullable=not required) for name in names]


def _whole(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer, nullable=False) for name in names]


def _of_a_run(second: str) -> list[sa.Column[str]]:
    return [sa.Column("run_id", sa.Text, primary_key=True), sa.Column(second, sa.Text, primary_key=True)]


def _worked_out() -> None:
    op.create_table(
        "ranking",
        sa.Column("run_id", sa.Text, primary_key=True),
        *_whole("as_of", "data_version"),
        *_text("data_id"),
        *_whole("records_id"),
        *_text("fitted_at"),
        *_numbers("seconds", "level"),
        *_text("model", "evidence", "lift"),
        *_text("outlook", required=False),
        *_text("notes"),
        *_text("checks", "card", required=False),
    )
    op.create_index(op.f("ix_ranking_as_of"), "ranking", ["as_of"], unique=False)
    op.create_table(
        "ranking_row",
        *_of_a_run("practice_id"),
        *_whole("rank"),
        *_numbers("gain", "low", "high", "forecast", "months_added"),
        *_numbers("outside_share", "months_since", required=False),
        *_text("reasons", "against"),
    )
    op.create_table(
        "forecast_row",
        *_of_a_run("practice_id"),
        *_numbers("value"),
        *_whole("low_80", "high_80", "low_95", "high_95"),
        *_numbers("rate", "recent", "drawn"),
        *_text("months", "by_line"),
    )
    op.create_table(
        "alert",
        *_of_a_run("alert_key"),
        *_text("practice_id", required=False),
        *_text("kind"),
        *_whole("since"),
        *_numbers("weight", "real", "change"),
        *_text("says", "evidence", "by_line"),
    )
    op.create_index(op.f("ix_alert_practice_id"), "alert", ["practice_id"], unique=False)


def _decided() -> None:
    op.create_table(
        "alert_note",
        sa.Column("id", sa.Integer, primary_key=True),
        *_text("alert_key", "action"),
        *_text("until", "person_id", required=False),
        sa.Column("real", sa.Boolean),
        *_text("note", required=False),
        *_text("actor", "at"),
    )
    op.create_index(op.f("ix_alert_note_alert_key"), "alert_note", ["alert_key"], unique=False)
    op.create_table(
        "next_visit_choice",
        sa.Column("id", sa.Integer, primary_key=True),
        *_text("practice_id", "action"),
        *_text("reason", "until", required=False),
        *_text("actor", "at"),
    )
    op.create_index(op.f("ix_next_visit_choice_practice_id"), "next_visit_choice", ["practice_id"], unique=False)
    op.create_table(
        "exploration_slot",
        sa.Column("as_of", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("practice_id", sa.Text, primary_key=True),
        *_text("run_id"),
        *_numbers("probability"),
        sa.Column("drawn", sa.Boolean, nullable=False),
    )


def upgrade() -> None:
    """What may be made anew, and what may not."""
    _worked_out()
    _decided()
