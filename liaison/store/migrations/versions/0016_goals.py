"""Goals of a year."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """One table of records."""
    op.create_table(
        "goal",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("year", sa.Text, nullable=False),
        sa.Column("measure", sa.Text, nullable=False),
        sa.Column("target", sa.Float, nullable=False),
        sa.Column("territory_id", sa.Text),
        sa.Column("service_line", sa.Text),
        sa.Column("note", sa.Text),
        sa.Column("version", sa.Integer, nullable=False),
    )
