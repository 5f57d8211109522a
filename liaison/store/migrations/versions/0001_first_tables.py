"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def _text(*names: str, required: bool = False) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=not required) for name in names]


def _facts() -> None:
    op.create_table(
        "batch",
        sa.Column("batch_id", sa.Text, primary_key=True),
        sa.Column("seq", sa.Integer, nullable=False),
        *_text("format", "source", required=True),
        sa.Column("as_of", sa.Integer, nullable=False),
        *_text("files", required=True),
        sa.Column("rows_read", sa.BigInteger, nullable=False),
        sa.Column("rows_accepted", sa.BigInteger, nullable=False),
        sa.Column("rows_rejected", sa.BigInteger, nullable=False),
        *_text("counts", "notes", required=True),
        *_text("rejects_file"),
        sa.Column("first_month", sa.Integer),
        sa.Column("last_month", sa.Integer),
        *_text("imported_at", "imported_by", required=True),
        *_text("forgotten_at"),
        sa.UniqueConstraint("seq", name=op.f("uq_batch_seq")),
    )
    op.create_table(
        "fact_file",
        sa.Column("name", sa.Text, primary_key=True),
        *_text("batch_id"),
        *_text("kind", required=True),
        sa.Column("rows", sa.BigInteger, nullable=False),
        sa.Column("first_month", sa.Integer),
        sa.Column("last_month", sa.Integer),
    )
    op.create_index(op.f("ix_fact_file_batch_id"), "fact_file", ["batch_id"], unique=False)
    op.create_table(
        "named",
        sa.Column("kind", sa.Text, primary_key=True),
        sa.Column("id", sa.Text, primary_key=True),
        *_text("label", required=True),
        *_text("spelled"),
        sa.Column("given", sa.Boolean, nullable=False),
    )
    op.create_table(
        "rollup_file",
        sa.Column("rollup", sa.Text, primary_key=True),
        sa.Column("month_id", sa.Integer, primary_key=True, autoincrement=False),
        *_text("name", required=True),
    )
    op.create_table(
        "version",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("data_version", sa.Integer, nullable=False),
        *_text("data_id", "written_at", required=True),
    )


def _work_done() -> None:
    op.create_table(
        "assignment",
        sa.Column("key", sa.Text, primary_key=True),
        *_text("practice_id", "person_id", required=True),
        *_text("service_line", "starts", "ends"),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_index(op.f("ix_assignment_practice_id"), "assignment", ["practice_id"], unique=False)
    op.create_table(
        "contact",
        sa.Column("key", sa.Text, primary_key=True),
        *_text("practice_id", "name", required=True),
        *_text("job", "phone", "email"),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_index(op.f("ix_contact_practice_id"), "contact", ["practice_id"], unique=False)
    op.create_table(
        "cost",
        sa.Column("key", sa.Text, primary_key=True),
        *_text("month", "kind", required=True),
        sa.Column("amount", sa.Float, nullable=False),
        *_text("person_id", "note"),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_table(
        "history",
        sa.Column("id", sa.Integer, primary_key=True),
        *_text("kind", "key", required=True),
        *_text("batch_id"),
        *_text("actor", "at", required=True),
        *_text("values"),
    )
    op.create_index(op.f("ix_history_batch_id"), "history", ["batch_id"], unique=False)
    op.create_index(op.f("ix_history_key"), "history", ["key"], unique=False)
    op.create_table(
        "margin",
        sa.Column("key", sa.Text, primary_key=True),
        *_text("service_line", required=True),
        sa.Column("margin", sa.Float, nullable=False),
        sa.Column("low", sa.Float),
        sa.Column("high", sa.Float),
        *_text("starts", "source"),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_table(
        "merge",
        sa.Column("id", sa.Integer, primary_key=True),
        *_text("kind", "from_id", "into_id", "decision", "decided_by", "decided_at", required=True),
    )


def _who_and_where() -> None:
    op.create_table(
        "organisation",
        sa.Column("key", sa.Text, primary_key=True),
        *_text("organisation_id", "name", required=True),
        sa.Column("ours", sa.Boolean, nullable=False),
        *_text("aliases"),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_table(
        "person",
        sa.Column("key", sa.Text, primary_key=True),
        *_text("person_id", "name", required=True),
        *_text("email", "role", "start_zip"),
        sa.Column("lat", sa.Float),
        sa.Column("lon", sa.Float),
        *_text("works_from", "works_to", "days", "own_or_contract", "starts", "ends", "visits_complete_from"),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_table(
        "practice",
        sa.Column("key", sa.Text, primary_key=True),
        *_text("practice_id", "name", required=True),
        *_text("address", "city", "state", "zip"),
        sa.Column("lat", sa.Float),
        sa.Column("lon", sa.Float),
        *_text("phone", "type", "organisation_id", "aliases"),
        sa.Column("rural", sa.Boolean),
        sa.Column("safety_net", sa.Boolean),
        *_text("zone", "hours", "parking"),
        sa.Column("do_not_visit", sa.Boolean),
        *_text("frequency"),
        sa.Column("version", sa.Integer, nullable=False),
    )


def _where_and_when() -> None:
    op.create_table(
        "provider_place",
        sa.Column("key", sa.Text, primary_key=True),
        *_text("npi", "name", required=True),
        *_text("taxonomy_code", "practice_id", "organisation_id", "in_office", "starts", "ends"),
        sa.Column("listed", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_index(op.f("ix_provider_place_npi"), "provider_place", ["npi"], unique=False)
    op.create_table(
        "territory_part",
        sa.Column("key", sa.Text, primary_key=True),
        *_text("territory_id", "name", required=True),
        *_text("kind", "code", "starts", "ends", "visits_complete_from"),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_table(
        "visit",
        sa.Column("key", sa.Text, primary_key=True),
        *_text("visit_id", "person_id", "date", required=True),
        *_text("practice_id", "npi", "channel", "purpose", "outcome", "ask", "next_step", "next_step_on"),
        sa.Column("minutes", sa.Float),
        sa.Column("miles", sa.Float),
        *_text("notes", "arrived_at"),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_index(op.f("ix_visit_date"), "visit", ["date"], unique=False)


def _ingest() -> None:
    op.create_table(
        "saved_mapping",
        sa.Column("name", sa.Text, primary_key=True),
        *_text("format", "toml", "saved_at", "saved_by", required=True),
    )


def _jobs() -> None:
    op.create_table(
        "job",
        sa.Column("job_id", sa.Text, primary_key=True),
        *_text("kind", "arguments", "state", required=True),
        sa.Column("progress", sa.Float, nullable=False),
        *_text("message", required=True),
        sa.Column("attempts", sa.Integer, nullable=False),
        *_text("asked_by", "queued_at", required=True),
        *_text("started_at", "beat_at", "ended_at", "result", "error"),
    )
    op.create_index(op.f("ix_job_state"), "job", ["state"], unique=False)


def upgrade() -> None:
    """Tables of each room."""
    _facts()
    _work_done()
    _who_and_where()
    _where_and_when()
    _ingest()
    _jobs()
