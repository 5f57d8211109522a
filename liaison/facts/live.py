"""The facts as they stand: which files are live, rollups in memory, facts as views. One copy a process and version."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from sqlalchemy import Connection, Engine, Select, Table, func, select
from sqlalchemy.sql import visitors

from liaison.errors import LiaisonError
from liaison.facts.columns import batches, edge, referral, registry, registry_place, spelling, superseded, taxonomy
from liaison.facts.engines import duck, open_engine
from liaison.facts.engines.base import FactsEngine
from liaison.facts.rollups import DERIVED, practice_month, resolved
from liaison.store import reading
from liaison.store.tables import batch, fact_file, named, rollup_file, version

if TYPE_CHECKING:  # a home opens its live facts: the other direction is for types only
    from liaison.facts.home import Home

FACT_TABLES = (referral, superseded, spelling, edge, registry, registry_place, taxonomy)
KEPT = 2  # versions in memory: the newest, and the one that a running page may still hold

_lives: dict[tuple[str, str], "Live"] = {}
_lock = threading.Lock()


@dataclass(frozen=True)
class Manifest:
    """What the store listed at one moment."""

    data_version: int
    data_id: str
    batches: pd.DataFrame  # the rows of table `batch` that are not forgotten, by seq
    files: dict[str, list[str]]  # fact table -> file names
    rollups: dict[str, dict[str, list[int]]]  # rollup -> file name -> months it counts for
    labels: pd.DataFrame  # kind, id, label, given

    @property
    def as_of(self) -> pd.DataFrame:
        """batch, seq, as_of, format: what the counting engine needs of the batches."""
        return self.batches.rename(columns={"batch_id": "batch"})[["batch", "seq", "as_of", "format"]]


def read_manifest(connection: Connection) -> Manifest:
    """The manifest in one consistent look."""
    row = connection.execute(select(version.c.data_version, version.c.data_id)).first()
    files: dict[str, list[str]] = {}
    for kind, name in connection.execute(select(fact_file.c.kind, fact_file.c.name).order_by(fact_file.c.name)):
        files.setdefault(kind, []).append(name)
    rollups: dict[str, dict[str, list[int]]] = {}
    for rollup, month, name in connection.execute(
        select(rollup_file.c.rollup, rollup_file.c.month_id, rollup_file.c.name)
    ):
        rollups.setdefault(rollup, {}).setdefault(name, []).append(month)
    standing = connection.execute(select(batch).where(batch.c.forgotten_at.is_(None)).order_by(batch.c.seq))
    names = connection.execute(select(named))
    return Manifest(
        data_version=row.data_version if row else 0,
        data_id=row.data_id if row else "empty",
        batches=pd.DataFrame(standing.fetchall(), columns=list(standing.keys())),
        files=files,
        rollups=rollups,
        labels=pd.DataFrame(names.fetchall(), columns=list(names.keys())),
    )


@dataclass
class Live:
    """One version of the data, opened for reading."""

    home: "Home"
    manifest: Manifest
    rollups: Engine
    loaded: set[str] = field(default_factory=set)  # rollups that are in memory
    loading: threading.Lock = field(default_factory=threading.Lock)
    spans: dict[Any, pd.DataFrame] = field(default_factory=dict)  # scope -> months there are, by source
    usual_days: dict[Any, dict[tuple[str, str], int]] = field(default_factory=dict)  # limits of the stuck, by question
    facts_lock: threading.RLock = field(default_factory=threading.RLock)  # held while the facts engine is asked

    @property
    def data_version(self) -> int:
        return self.manifest.data_version

    @property
    def data_id(self) -> str:
        return self.manifest.data_id

    @property
    def empty(self) -> bool:
        """No referral has been imported."""
        return referral.name not in self.manifest.files

    def frame(self, statement: Select[Any]) -> pd.DataFrame:
        """The rows of a statement over rollups, or over resolved rows."""
        for table in _rollups_in(statement):
            self._load(table)
        with self.rollups.connect() as connection:
            return duck.frame(connection, statement)

    def _load(self, table: Table) -> None:
        """Bring a rollup into memory when it is first asked for: most pages need one or two."""
        if table.name in self.loaded:
            return
        with self.loading:
            if table.name not in self.loaded:
                files = self.manifest.rollups.get(table.name, {})
                bring = duck.view_rollup if table is resolved else duck.load_rollup
                bring(self.rollups, self.home.facts_path, table, files)
                self.loaded.add(table.name)

    @cached_property
    def facts(self) -> FactsEngine:
        """The counting engine over the live files; hold `facts_lock` while asking it."""
        engine = open_engine(self.home.settings, self.home.spill_path)
        attach_facts(engine, self.home.facts_path, self.manifest)
        return engine

    def spellings(self) -> pd.DataFrame:
        """field, name, key: str; rows: int: every name in the live files and how often it stands there."""
        rows = select(spelling.c.field, spelling.c.name, spelling.c.key, spelling.c.rows)
        return self.facts.frame(rows)

    @cached_property
    def newest_extract(self) -> dict[str, int]:
        """Source of referrals -> the day of its newest extract."""
        found = self.frame(
            select(practice_month.c.source, func.max(practice_month.c.newest).label("newest")).group_by(
                practice_month.c.source
            )
        )
        return {str(s): int(n) for s, n in zip(found["source"], found["newest"], strict=True)}

    @cached_property
    def label_of(self) -> dict[tuple[str, str], str]:
        """(kind, id) -> what people read."""
        rows = self.manifest.labels
        return dict(zip(zip(rows["kind"], rows["id"], strict=True), rows["label"], strict=True))

    @cached_property
    def spelled_of(self) -> dict[tuple[str, str], str]:
        """(kind, id) of categories -> the spelling that files give most often; ids of records stay ids."""
        rows = self.manifest.labels
        rows = rows[rows["kind"].isin(["service_line", "payer", "cause", "practice_type"]) & rows["spelled"].notna()]
        return dict(zip(zip(rows["kind"], rows["id"], strict=True), rows["spelled"], strict=True))

    def close(self) -> None:
        self.rollups.dispose()
        if "facts" in self.__dict__:
            self.facts.close()


def attach_facts(engine: FactsEngine, folder: Path, manifest: Manifest, more: Sequence[tuple[str, Path]] = ()) -> None:
    """Make the live files readable, and `more` (fact table, path) that are about to become live."""
    for table in FACT_TABLES:
        paths = [folder / n for n in manifest.files.get(table.name, [])] + [p for kind, p in more if kind == table.name]
        engine.attach(table, paths)
    engine.insert(batches, pa.Table.from_pandas(manifest.as_of, preserve_index=False))


def current(home: "Home") -> Live:
    """The newest version, loaded at most once; a file that is gone meanwhile makes it read the manifest again, once."""
    place = str(home.store.url)
    with reading(home.store) as connection:
        data_id = connection.scalar(select(version.c.data_id)) or "empty"
    with _lock:
        if (place, data_id) in _lives:
            return _lives[place, data_id]
        try:
            live = _load(home)
        except Exception:
            with reading(home.store) as connection:
                if connection.scalar(select(version.c.data_id)) in (data_id, None):
                    raise
            live = _load(home)
        _lives[place, live.data_id] = live
        for old in [key for key in _lives if key[0] == place][:-KEPT]:
            _lives.pop(old).close()
        return live


def _load(home: "Home") -> Live:
    with reading(home.store) as connection:
        manifest = read_manifest(connection)
    _check_columns(home.facts_path, manifest)
    engine = duck.memory_engine(f"live{uuid4().hex}", threads=1)
    return Live(home, manifest, engine)


def _rollups_in(statement: Select[Any]) -> set[Table]:
    return {part for part in visitors.iterate(statement) if isinstance(part, Table) and part in DERIVED}


def _check_columns(folder: Path, manifest: Manifest) -> None:
    """Rollups are derived: those that another version of Liaison counted are counted again, not guessed at."""
    for table in DERIVED:
        files, wanted = manifest.rollups.get(table.name, {}), [c.name for c in table.columns]
        missing = bool(manifest.rollups) and not files
        if missing or any(pq.read_schema(folder / name).names != wanted for name in files):
            raise StaleRollupsError(
                "The figures were counted by another version of Liaison.",
                remedy="Count them again: python -m liaison recount.",
            )


class StaleRollupsError(LiaisonError):
    """The facts are whole, what was counted from them has other columns than this version reads."""
