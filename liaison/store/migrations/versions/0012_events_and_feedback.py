"""Events with who was invited and who came; what referrers think of us."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def _text(*names: str, required: bool = False) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=not required) for name in names]


def _numbers(*names: str) -> list[sa.Column[float]]:
    return [sa.Column(name, sa.Float) for name in names]


def _record(name: str, *columns: sa.Column[str] | sa.Column[float]) -> None:
    key, version = sa.Column("key", sa.Text, primary_key=True), sa.Column("version", sa.Integer, nullable=False)
    op.create_table(name, key, *columns, version)


def _index(table: str, *columns: str) -> None:
    op.create_index(op.f(f"ix_{table}_{columns[0]}"), table, list(columns), unique=False)


def upgrade() -> None:
    """Five tables."""
    _record(
        "event",
        *_text("event_id", "kind", "title", "starts_at", "zone", "person_id", required=True),
        *_numbers("minutes"),
        *_text("place", "link", "service_line"),
        *_numbers("capacity", "cost"),
        *_text("accredited_provider", "accreditation_statement"),
        *_numbers("credit_maximum"),
        *_text("designated_on", "notes", "cancelled"),
    )
    _index("event", "starts_at")
    _record(
        "invitation",
        *_text("event_id", "practice_id", required=True),
        *_text("invitee", "npi", "invited_on", "answer", "answered_on", "voided"),
    )
    _record(
        "attendance",
        *_text("event_id", "attendee", "name", required=True),
        *_text("practice_id", "npi", "arrived_at"),
        *_numbers("minutes", "credits_claimed"),
        *_text("recorded", "voided"),
    )
    for table in ("invitation", "attendance"):
        _index(table, "event_id")
        _index(table, "practice_id")
    _record(
        "feedback",
        *_text("feedback_id", "practice_id", "date", required=True),
        *_text("role", "service_line", "department"),
        *_numbers("ease", "report_back", "access", "recommend"),
        *_text("comment", "visit_id", "person_id", "voided"),
    )
    _record(
        "mention",
        *_text("mention_id", "tag", "text", "date", required=True),
        *_text("practice_id", "organisation_id", "service_line", "visit_id", "person_id", "voided"),
    )
    _index("feedback", "practice_id", "date")
    _index("mention", "practice_id", "date")
