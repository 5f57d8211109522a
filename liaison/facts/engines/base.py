"""What counting asks of an engine; the statements themselves are the same on all."""

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

import pandas as pd
import pyarrow as pa
from sqlalchemy import Select, Table


class FactsEngine(Protocol):
    """One session of counting: tables attached to it are gone when it closes."""

    def attach(self, table: Table, files: Sequence[Path]) -> None:
        """Make the rows of these Parquet files readable as `table` (empty when there are none)."""

    def insert(self, table: Table, rows: pa.Table) -> None:
        """Bring a small table, such as a dimension, into the engine."""

    def keep(self, table: Table, statement: Select[Any], path: Path) -> None:
        """Replace the session's table by the rows of a statement, which stay in this Parquet file."""

    def frame(self, statement: Select[Any]) -> pd.DataFrame:
        """The rows of a statement."""

    def write(self, table: Table, statement: Select[Any], path: Path) -> int:
        """Write the rows of a statement, in the table's columns, as one Parquet file; their number."""

    def close(self) -> None: ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None: ...
