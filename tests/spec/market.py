"""A small market in a home of its own: records and referrals put in as an import puts them, counted for real."""

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from sqlalchemy import Table

from liaison import fieldwork
from liaison.config import Settings
from liaison.facts.columns import SPELLED, edge, referral, registry, registry_place, spelling
from liaison.facts.engines.arrow import schema
from liaison.facts.files import new_file, settle
from liaison.facts.home import Home
from liaison.facts.publish import BatchEntry, Change, NewFile, publish
from liaison.facts.supersede import compare, without
from liaison.fieldwork.merges import merge_into
from liaison.metrics.recount import recount, recount_all
from liaison.metrics.window import EPOCH
from liaison.store import writing
from liaison.vocabulary import comparison_key

Row = Mapping[str, Any]
FORMATS: dict[Table, str] = {referral: "referrals", edge: "cms-shared-patients", registry: "nppes"}


@cache
def _template() -> Path:
    """A store with its tables, made once a run: copying it is faster than making them."""
    folder = Path(mkdtemp(prefix="liaison-spec-"))
    Home.open(Settings(home=folder)).close()
    return folder / "store.sqlite"


def days(when: date | str | None) -> int | None:
    if when is None:
        return None
    return ((date.fromisoformat(when) if isinstance(when, str) else when) - EPOCH).days


@dataclass
class Market:
    """`facts_url` None counts in DuckDB; else in the database of that URL."""

    folder: Path
    facts_url: str | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(_template(), self.folder / "store.sqlite")
        self.home = Home.open(Settings(home=self.folder, facts_url=self.facts_url, **self.settings))
        self._batches = 0

    def keep(self, kind: str, rows: Sequence[Row]) -> None:
        """Records, by the names of their columns."""
        with writing(self.home.store) as connection:
            fieldwork.write(connection, kind, [dict(r) for r in rows], actor="spec")

    def merge(self, kind: str, from_id: str, into_id: str) -> None:
        merge_into(self.home.store, kind, from_id, into_id, actor="spec")
        self.recount()

    def recount(self) -> None:
        recount_all(self.home)

    def refer(self, rows: Sequence[Row], as_of: date | str, source: str = "epic") -> str:
        """One extract of referrals, by the columns of the facts; `source` and `vantage` have defaults."""
        batch = self._next()
        frame = pd.DataFrame([{"source": source, "vantage": "ordered", **r, "batch": batch} for r in rows])
        file = self._file(referral, frame)
        spelled = self._file(spelling, _spelled(frame, batch))
        found = compare(self.home, batch, days(as_of) or 0, self.home.facts_path / file.name)
        entry = self._entry(batch, "referrals", source, as_of, len(frame))
        files = [NewFile(f.name, f.kind, f.rows, batch) for f in (file, spelled)] + list(found.files)
        rollups, named = recount(self.home, files, found.drop_files, entry, months=sorted(found.months))
        publish(self.home, Change(entry, files, found.drop_files, rollups, named))
        return batch

    def forget(self, batch: str) -> None:
        found = without(self.home, batch)
        rollups, named = recount(self.home, found.files, found.drop_files, forget=batch, months=sorted(found.months))
        publish(self.home, Change(None, found.files, found.drop_files, rollups, named, forget=batch))

    def put(self, table: Table, rows: Sequence[Row], as_of: date | str, source: str, name: str = "") -> str:
        """Edges or registry rows as one batch; rows of `registry_place` go with the registry."""
        batch = self._next()
        main = [r for r in rows if "listed_place" not in r]
        files = [self._file(table, pd.DataFrame([{**r, "batch": batch} for r in main]))]
        if further := [{**r, "batch": batch} for r in rows if "listed_place" in r]:
            files.append(self._file(registry_place, pd.DataFrame(further)))
        entry = self._entry(batch, name or FORMATS[table], source, as_of, len(rows))
        publish(self.home, Change(entry, [NewFile(f.name, f.kind, f.rows, batch) for f in files]))
        return batch

    def close(self) -> None:
        self.home.live().close()
        self.home.close()

    def _next(self) -> str:
        self._batches += 1
        return f"batch-{self._batches}"

    def _entry(self, batch: str, name: str, source: str, as_of: date | str, rows: int) -> BatchEntry:
        return BatchEntry(batch, name, source, days(as_of) or 0, (f"{batch}.csv",), rows, rows, 0)

    def _file(self, table: Table, frame: pd.DataFrame) -> NewFile:
        whole = frame.reindex(columns=[c.name for c in table.columns])
        rows = whole.astype(object).where(whole.notna(), None).to_dict("records")
        path = new_file(self.home, table.name)
        pq.write_table(pa.Table.from_pylist(rows, schema=schema(table)), path)
        return NewFile(settle(path).name, table.name, len(rows), None)


def _spelled(frame: pd.DataFrame, batch: str) -> pd.DataFrame:
    rows = [
        (batch, name, str(value), comparison_key(str(value)), int(n))
        for name in SPELLED
        if name in frame
        for value, n in frame[name].dropna().value_counts().items()
    ]
    return pd.DataFrame(rows, columns=[c.name for c in spelling.columns])
