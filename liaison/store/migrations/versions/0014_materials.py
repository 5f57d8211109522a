"""The catalogue of materials."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """One table."""
    needed = ("material_id", "version_name", "title", "valid_from")
    op.create_table(
        "material",
        sa.Column("key", sa.Text, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in needed),
        *(sa.Column(name, sa.Text) for name in ("kind", "service_line", "expires_on", "voided")),
        sa.Column("version", sa.Integer, nullable=False),
    )
