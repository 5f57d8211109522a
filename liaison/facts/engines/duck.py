"""DuckDB over Parquet: the default engine of facts, and the memory that pages read rollups from."""

import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from uuid import uuid4

import pandas as pd
import pyarrow as pa
from sqlalchemy import (
    BigInteger,
    ClauseElement,
    Connection,
    Engine,
    Executable,
    Float,
    Integer,
    Select,
    Table,
    Text,
    create_engine,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.pool import QueuePool
from sqlalchemy.sql.compiler import SQLCompiler

from liaison.facts.engines.arrow import schema, shaped


def memory_engine(name: str, **config: Any) -> Engine:
    """A *named* in-memory database: without a name every thread would get an empty one of its own."""
    return create_engine(f"duckdb:///:memory:{name}", poolclass=QueuePool, pool_size=8, connect_args={"config": config})


def raw(connection: Connection) -> Any:
    """The DuckDB connection below SQLAlchemy's."""
    return connection.connection.dbapi_connection.__dict__["_ConnectionWrapper__c"]


def read_parquet(files: Sequence[Path]) -> str:
    listed = ", ".join("'" + str(f).replace("'", "''") + "'" for f in files)
    return f"read_parquet([{listed}])"


def frame(connection: Connection, statement: Select[Any]) -> pd.DataFrame:
    """The rows of a statement, by DuckDB's own path into pandas; words are words, not categories."""
    found = connection.execute(statement).cursor.to_arrow_table()
    words = pa.schema([f.with_type(pa.string()) if pa.types.is_dictionary(f.type) else f for f in found.schema])
    return found.cast(words).to_pandas()


_TYPES = {Text: "varchar", Integer: "integer", BigInteger: "bigint", Float: "double"}


class CopyTo(Executable, ClauseElement):
    """The rows of a statement into a Parquet file; its one result is their number."""

    inherit_cache = False

    def __init__(self, statement: Select[Any], path: Path, compression: str) -> None:
        self.statement, self.path, self.compression = statement, path, compression


@compiles(CopyTo)
def _copy_to(element: CopyTo, compiler: SQLCompiler, **options: Any) -> str:
    # The path ends in .part while it is written: without the format's name DuckDB would write CSV.
    path = str(element.path).replace("'", "''")
    return (
        f"COPY ({compiler.process(element.statement)}) TO '{path}' (FORMAT parquet, COMPRESSION {element.compression})"
    )


class DuckEngine:
    """A counting session in an in-memory DuckDB of its own."""

    def __init__(self, memory: str, threads: int, spill: Path) -> None:
        spill.mkdir(parents=True, exist_ok=True)
        self._engine = memory_engine(
            f"count{uuid4().hex}", memory_limit=memory, threads=threads, temp_directory=str(spill)
        )
        self._connection = self._engine.connect()
        self._lock = threading.Lock()

    def _run(self, sql: str) -> None:
        self._connection.exec_driver_sql(sql)

    def attach(self, table: Table, files: Sequence[Path]) -> None:
        self._run(f"drop view if exists {table.name}")
        if files:
            columns = ", ".join(c.name for c in table.columns)
            self._run(f"create view {table.name} as select {columns} from {read_parquet(files)}")
        else:
            self.insert(table, schema(table).empty_table())

    def insert(self, table: Table, rows: pa.Table) -> None:
        self._run(f"drop table if exists {table.name}")
        connection = raw(self._connection)
        connection.register("brought", shaped(rows, table))
        connection.execute(f"create table {table.name} as select * from brought")
        connection.unregister("brought")

    def keep(self, table: Table, statement: Select[Any], path: Path) -> None:
        # As a file, not in memory: dictionary-coded strings group faster and ten million rows need not fit.
        self._run(f"drop view if exists {table.name}")
        self.write(table, statement, path)
        self._run(f"create view {table.name} as select * from {read_parquet([path])}")

    def frame(self, statement: Select[Any]) -> pd.DataFrame:
        with self._lock:
            return frame(self._connection, statement)

    def write(self, table: Table, statement: Select[Any], path: Path) -> int:
        return int(self._connection.execute(CopyTo(statement, path, "zstd")).scalar() or 0)

    def close(self) -> None:
        self._connection.close()
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def view_rollup(engine: Engine, folder: Path, table: Table, files: Mapping[str, Sequence[int]]) -> None:
    """Make one rollup readable from its files, without bringing it into memory."""
    with engine.connect() as connection:
        connection.exec_driver_sql(f"create view {table.name} as {_rows_of(table, folder, files)}")
        connection.commit()


def load_rollup(engine: Engine, folder: Path, table: Table, files: Mapping[str, Sequence[int]]) -> None:
    """Fill one rollup table: `files` names the files and the months that each of them counts for.

    Words become enumerations: a page's queries take a third of the time.
    """
    rows = _rows_of(table, folder, files)
    columns = []
    with engine.connect() as connection:
        for column in table.columns:
            name = f'"{column.name}"'
            if isinstance(column.type, Text):
                kind = f"{table.name}_{column.name}"
                words = f"select distinct {name} from ({rows}) where {name} is not null"
                connection.exec_driver_sql(f"create type {kind} as enum ({words})")
                columns.append(f"{name}::{kind} as {name}")
            else:
                columns.append(name)
        connection.exec_driver_sql(f"create table {table.name} as select {', '.join(columns)} from ({rows})")
        connection.commit()


def _rows_of(table: Table, folder: Path, files: Mapping[str, Sequence[int]]) -> str:
    columns = ", ".join(f'"{c.name}"' for c in table.columns)
    parts = [
        f"select {columns} from {read_parquet([folder / name])} where month_id in ({', '.join(map(str, months))})"
        for name, months in files.items()
    ]
    typed = ", ".join(f'null::{_TYPES[type(c.type)]} as "{c.name}"' for c in table.columns)
    return " union all ".join(parts or [f"select {typed} where false"])
