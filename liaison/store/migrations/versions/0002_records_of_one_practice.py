"""Records are found by their practice: a page about one practice looks up a few rows, whatever a team has."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Indexes only."""
    op.create_index(op.f("ix_visit_practice_id"), "visit", ["practice_id", "date"], unique=False)
    op.create_index(op.f("ix_visit_npi"), "visit", ["npi"], unique=False)
    op.create_index(op.f("ix_provider_place_practice_id"), "provider_place", ["practice_id"], unique=False)
