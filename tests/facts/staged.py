"""Extracts entered below the import: rows as the fact files hold them, so that a test says only what it is about."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from sqlalchemy import select

from liaison.facts.columns import SPELLED, referral, spelling
from liaison.facts.engines.arrow import schema
from liaison.facts.files import new_file, settle
from liaison.facts.home import Home
from liaison.facts.publish import BatchEntry, Change, NewFile, publish
from liaison.facts.rollups import ROLLUPS
from liaison.facts.supersede import Compared, compare, without
from liaison.metrics.recount import recount
from liaison.metrics.window import EPOCH
from liaison.vocabulary import comparison_key

Row = Mapping[str, Any]


def days(text: str) -> int:
    """'2026-03-05' as a day number."""
    return (date.fromisoformat(text) - EPOCH).days


def stage(home: Home, batch: str, rows: Sequence[Row], source: str = "ehr") -> list[NewFile]:
    """Write the rows of one extract and their spellings. Dates are given as `*_on` texts."""
    every = [_row(batch, source, row) for row in rows]
    frame = pd.DataFrame(every, columns=[c.name for c in referral.columns])
    spelled = [
        (batch, field, name, comparison_key(str(name)), int(n))
        for field in SPELLED
        for name, n in frame[field].dropna().value_counts().items()
    ]
    names = pd.DataFrame(spelled, columns=[c.name for c in spelling.columns])
    return [_write(home, referral, frame, batch), _write(home, spelling, names, batch)]


def _row(batch: str, source: str, row: Row) -> dict[str, Any]:
    found: dict[str, Any] = {"batch": batch, "source": source, "vantage": "ordered"}
    for name, value in row.items():
        if name.endswith("_on"):
            found[name.removesuffix("_on") + "_day"] = days(value)
        else:
            found[name] = value
    created = date.fromisoformat(row["created_on"])
    return found | {"month_id": created.year * 12 + created.month - 1}


def _write(home: Home, table: Any, frame: pd.DataFrame, batch: str) -> NewFile:
    path = new_file(home, table.name)
    pq.write_table(pa.Table.from_pandas(frame, schema=schema(table), preserve_index=False), path)
    return NewFile(settle(path).name, table.name, len(frame), batch)


def enter(home: Home, batch: str, as_of: str, rows: Sequence[Row], source: str = "ehr") -> Compared:
    """One extract, published whole."""
    files = stage(home, batch, rows, source)
    compared = compare(home, batch, days(as_of), home.facts_path / files[0].name)
    entry = BatchEntry(batch, "referrals", source, days(as_of), (f"{batch}.csv",), len(rows), len(rows), 0)
    every = [*files, *compared.files]
    rollups, named = recount(home, every, compared.drop_files, entry, months=sorted(compared.months))
    publish(home, Change(entry, every, compared.drop_files, rollups, named))
    return compared


def forget(home: Home, batch: str) -> None:
    """Take an extract out again."""
    left = without(home, batch)
    rollups, named = recount(home, left.files, left.drop_files, forget=batch, months=sorted(left.months))
    publish(home, Change(None, left.files, left.drop_files, rollups, named, forget=batch))


def cells(home: Home) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every rollup, in an order of its own; unknown durations are None, which equals itself."""
    live, found = home.live(), {}
    for table in ROLLUPS:
        rows = live.frame(select(table)).astype(object)
        found[table.name] = sorted(rows.where(rows.notna(), None).itertuples(index=False, name=None), key=repr)
    return found
