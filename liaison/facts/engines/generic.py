"""Any database that SQLAlchemy speaks to, as an engine of facts: rows are brought to it for the session."""

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from sqlalchemy import Column, MetaData, Select, Table, insert, select
from sqlalchemy.schema import CreateTable, DropTable

from liaison.facts.engines.arrow import schema, shaped
from liaison.store.engine import open_store

ROWS = 5_000


class GenericEngine:
    """Counting in SQLite, PostgreSQL or another dialect, in temporary tables of one connection."""

    def __init__(self, url: str) -> None:
        self._engine = open_store(url)
        self._connection = self._engine.connect()
        self._made: dict[str, Table] = {}

    def _make(self, table: Table) -> Table:
        """The same table, made as a temporary one in place of an earlier of its name."""
        temporary = Table(
            table.name, MetaData(), *(Column(c.name, c.type) for c in table.columns), prefixes=["TEMPORARY"]
        )
        if table.name in self._made:
            self._connection.execute(DropTable(self._made[table.name]))
        self._connection.execute(CreateTable(temporary))
        self._made[table.name] = temporary
        return temporary

    def attach(self, table: Table, files: Sequence[Path]) -> None:
        made = self._make(table)
        for file in files:
            for part in pq.ParquetFile(file).iter_batches(ROWS, columns=[c.name for c in table.columns]):
                self._connection.execute(insert(made), part.to_pylist())

    def insert(self, table: Table, rows: pa.Table) -> None:
        made = self._make(table)
        for part in shaped(rows, table).to_batches(ROWS):
            if part.num_rows:
                self._connection.execute(insert(made), part.to_pylist())

    def keep(self, table: Table, statement: Select[Any], path: Path) -> None:
        made = self._make(table)
        self._connection.execute(insert(made).from_select([c.name for c in table.columns], statement))
        self.write(table, select(made), path)

    def frame(self, statement: Select[Any]) -> pd.DataFrame:
        result = self._connection.execute(statement)
        return pd.DataFrame(result.fetchall(), columns=list(result.keys()))

    def write(self, table: Table, statement: Select[Any], path: Path) -> int:
        rows = 0
        with pq.ParquetWriter(path, schema(table), compression="zstd") as writer:
            for part in self._connection.execute(statement).partitions(ROWS):
                writer.write_table(pa.Table.from_pylist([dict(row._mapping) for row in part], schema=schema(table)))
                rows += len(part)
        return rows

    def close(self) -> None:
        self._connection.close()
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()
