"""What all tables share."""

from typing import Any

from sqlalchemy import Column, MetaData, Table

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def table(name: str, *columns: Column[Any], owner: str) -> Table:
    """A table whose rows are written by one room only."""
    return Table(name, metadata, *columns, info={"owner": owner})
