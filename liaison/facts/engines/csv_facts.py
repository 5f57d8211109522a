"""Checked rows as files of facts: one Parquet file a fact table, each key once."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from duckdb_sqlalchemy import Dialect
from numpy.typing import NDArray
from sqlalchemy import BigInteger, Boolean, Column, Float, Integer, Select, Table, Text

from liaison.facts.columns import SPELLED, referral, spelling
from liaison.facts.engines.arrow import schema
from liaison.facts.engines.cells import day, month_of, named, quoted
from liaison.facts.engines.csv_load import ROW_GROUP, Loading, read
from liaison.vocabulary import comparison_key

KEY = ("source", "referral_id")
ROWS_AT_ONCE = 20_000_000  # whose hashes are compared at once: 160 MB
_TYPES = ((BigInteger, "bigint"), (Integer, "integer"), (Float, "double"), (Boolean, "boolean"), (Text, "varchar"))


@dataclass(frozen=True)
class Repeated:
    """Keys that stand more than once in the files: with equal content, and with different."""

    same: int = 0
    different: int = 0


@dataclass(frozen=True)
class FactRows:
    """What was written; months are null where the table has none."""

    path: Path
    rows: int
    first_month: int | None
    last_month: int | None
    repeated: Repeated = Repeated()


def write_facts(
    loading: Loading, table: Table, statement: Select[Any], batch: str, source: str, target: Path
) -> FactRows:
    """Write the statement's rows with exactly the table's columns.

    `batch` and `source` stand where the statement has none, and `source` where it is blank. Where the statement gives
    `place` and the table is keyed (referrals), the last row of each key is written.
    """
    given = {c.name for c in statement.selected_columns}
    columns = ", ".join(f"{_filled(c, given, batch, source)} as {named(c.name)}" for c in table.columns)
    place = ", place" if "place" in given else ""
    # Compiled with its values written out: a COPY takes no parameters of a statement within.
    text = statement.compile(dialect=Dialect(paramstyle="qmark"), compile_kwargs={"literal_binds": True})
    loading.db.execute(f"create or replace view facts_{table.name} as select {columns}{place} from ({text})")
    rows, repeated = f"select * exclude (place) from facts_{table.name}", Repeated()
    if not place:
        rows = f"from facts_{table.name}"
    elif table is referral:
        repeated = _find_repeated(loading, table)
        if repeated.same or repeated.different:
            rows += " where place not in (select place from outdated)"
    written = loading.copy(rows, target, "zstd")
    months: tuple[Any, ...] | None = (None, None)
    if "month_id" in table.columns:
        months = loading.db.execute(f"select min(month_id), max(month_id) from {read(target)}").fetchone()
    first, last = months or (None, None)
    return FactRows(target, written, first, last, repeated)


def _filled(column: Column[Any], given: set[str], batch: str, source: str) -> str:
    kind = next(duck for sql, duck in _TYPES if isinstance(column.type, sql))
    name = named(column.name)
    if column.name == "batch":
        return quoted(batch)
    if column.name == "source":
        return f"coalesce({name}, {quoted(source)})" if "source" in given else quoted(source)
    if column.name in given:
        return f"{name}::{kind}"
    if column.name == "month_id" and "created_day" in given:
        return month_of(day("created_day"))
    return f"null::{kind}"


def _find_repeated(loading: Loading, table: Table) -> Repeated:
    """Fill the session's table `outdated` with the places of rows whose key comes again; count such keys."""
    hashes = _repeated_hashes(loading, table)
    if not hashes.size:
        return Repeated()
    found = pa.table({"h": hashes})
    loading.db.register("found", found)
    # Equal hashes are only a hint: from here on the keys themselves are compared. Contents go by their hash, since the
    # last row counts either way and only the sentence about it differs.
    key, view = ", ".join(KEY), f"facts_{table.name}"
    content = ", ".join(named(c.name) for c in table.columns if c.name not in KEY)
    loading.db.execute(
        f"create or replace table twice as select {key}, place, hash({content}) as content from {view} "
        f"where hash({key}) in (select h from found)"
    )
    loading.db.unregister("found")
    loading.db.execute(
        f"create or replace table keys as select {key}, max(place) as last, min(content) = max(content) as same "
        "from twice group by all having count(*) > 1"
    )
    loading.db.execute(
        f"create or replace table outdated as select place from twice join keys using ({key}) where place < last"
    )
    loading.db.execute("drop table twice")
    same = loading.number("select count(*) from keys where same")
    return Repeated(same, loading.number("select count(*) from keys") - same)


def _repeated_hashes(loading: Loading, table: Table) -> NDArray[np.uint64]:
    """Hashes of keys that more than one row has: eight bytes a row, so that ten million fit where keys would not."""
    view, hashed = f"facts_{table.name}", f"hash({', '.join(KEY)})"
    parts = loading.records // ROWS_AT_ONCE + 1
    found = []
    for part in range(parts):
        only = f" where {hashed} % {parts} = {part}" if parts > 1 else ""
        hashes, filled = np.empty(loading.records, dtype=np.uint64), 0
        for rows in loading.db.execute(f"select {hashed} as h from {view}{only}").to_arrow_reader(ROW_GROUP):
            hashes[filled : filled + rows.num_rows] = rows.column(0).to_numpy()
            filled += rows.num_rows
        hashes = hashes[:filled]
        hashes.sort()
        found.append(np.unique(hashes[1:][hashes[1:] == hashes[:-1]]))
    return np.concatenate(found)


def write_spellings(loading: Loading, facts: Path, batch: str, target: Path) -> int:
    """Each distinct name of the spelled columns of a referral file, with its comparison key; how many there are."""
    with pq.ParquetWriter(target, schema(spelling), compression="zstd") as writer:
        written = 0
        for field in SPELLED:
            name = named(field)
            found = loading.db.execute(
                f"select {name}, count(*) from {read(facts)} where {name} is not null group by 1 order by 1"
            )
            while part := found.fetchmany(50_000):
                names = [row[0] for row in part]
                columns = {
                    "batch": [batch] * len(part),
                    "field": [field] * len(part),
                    "name": names,
                    "key": [comparison_key(n) for n in names],
                    "rows": [row[1] for row in part],
                }
                writer.write_table(pa.table(columns, schema=schema(spelling)))
                written += len(part)
    return written


def remark(loading: Loading, statement: Select[Any]) -> int:
    """The one number that a statement over checked rows gives."""
    text = statement.compile(dialect=Dialect(paramstyle="qmark"), compile_kwargs={"literal_binds": True})
    return loading.number(str(text))
