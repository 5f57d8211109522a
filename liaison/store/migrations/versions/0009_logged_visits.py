"""What is logged of a visit: whom one met, what was left, the promise when kept; why one does not count."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Columns only; every visit there is stands."""
    for name in ("people_met", "materials", "next_step_done_on", "logged_at", "voided"):
        op.add_column("visit", sa.Column(name, sa.Text))
