"""Whether a provider sees patients by video or phone."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """Two columns; blank is not known."""
    for name in ("telehealth", "telehealth_note"):
        op.add_column("provider_place", sa.Column(name, sa.Text))
