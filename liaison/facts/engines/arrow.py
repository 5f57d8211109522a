"""Arrow types of the fact tables' columns."""

import pyarrow as pa
from sqlalchemy import BigInteger, Boolean, Float, Integer, Table, Text

_TYPES = (
    (BigInteger, pa.int64()),
    (Integer, pa.int32()),
    (Float, pa.float64()),
    (Boolean, pa.bool_()),
    (Text, pa.string()),
)


def schema(table: Table) -> pa.Schema:
    """The Parquet schema of a fact table."""
    return pa.schema(
        [(c.name, next(arrow for kind, arrow in _TYPES if isinstance(c.type, kind))) for c in table.columns]
    )


def shaped(rows: pa.Table, table: Table) -> pa.Table:
    """The rows with exactly the table's columns, in its order and types."""
    return rows.select([c.name for c in table.columns]).cast(schema(table))
