"""What all tables share."""

from typing import Any

from sqlalchemy import Column, Integer, MetaData, Table, Text

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


def record(name: str, *columns: Column[Any]) -> Table:
    """A table of records that people keep: what identifies a row as one text, and the number of its version."""
    key, version = Column("key", Text, primary_key=True), Column("version", Integer, nullable=False)
    return table(name, key, *columns, version, owner="fieldwork")


def texts(*names: str, required: bool = False) -> list[Column[Any]]:
    """Columns of text."""
    return [Column(name, Text, nullable=not required) for name in names]
