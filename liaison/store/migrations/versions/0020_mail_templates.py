"""Texts of follow-up mails."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """One table of records."""
    names = ("template_id", "title", "subject", "body")
    op.create_table(
        "mail_template",
        sa.Column("key", sa.Text, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in names),
        sa.Column("voided", sa.Text),
        sa.Column("version", sa.Integer, nullable=False),
    )
