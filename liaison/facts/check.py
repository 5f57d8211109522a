"""Whether an instance is whole: files against the list, versions of referrals, rollups against a fresh count."""

import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from sqlalchemy import and_, case, func, select
from sqlalchemy.exc import DBAPIError

from liaison.facts.columns import referral, superseded
from liaison.facts.engines import open_engine
from liaison.facts.engines.arrow import schema, shaped
from liaison.facts.files import GRACE_SECONDS, listed
from liaison.facts.home import Home
from liaison.facts.live import FACT_TABLES, attach_facts, read_manifest
from liaison.facts.rollups import DERIVED
from liaison.facts.writer import one_writer
from liaison.store import migrate, reading
from liaison.store.tables import fact_file, rollup_file

Progress = Callable[[float, str], None]
# Counts rollup files for months (None: all) without publishing them: (rollup, month) -> file name.
Recount = Callable[[Home, Sequence[int] | None], Mapping[tuple[str, int], str]]


@dataclass(frozen=True)
class Check:
    """What was found, one sentence a problem; none: all is well. `notes` say what is harmless."""

    problems: tuple[str, ...]
    notes: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        return not self.problems

    def as_json(self) -> dict[str, Any]:
        return {"ok": self.ok, "problems": list(self.problems), "notes": list(self.notes)}


def check(
    home: Home,
    recount: Recount,
    *,
    full: bool = False,
    seed: int = 1,
    progress: Progress | None = None,
    on_wait: Callable[[str], None] | None = None,
) -> Check:
    """Look at everything that is listed. Writers wait meanwhile, readers do not.

    `full` reads every row of every file and counts all months anew; else the last month and one drawn by `seed`.
    """
    say = progress or (lambda share, message: None)
    with one_writer(home, "a check", on_wait):
        say(0.0, "Looking at the store and the files.")
        problems = [*_store(home), *_missing(home)]
        if not problems:
            problems += _facts(home, full)
        if not problems:
            # Counting needs files that can be read.
            problems += _counts(home, recount, full, seed, say)
        stopped, replaced = _strays(home)
        problems += [
            f"{file.name} is not listed: left by something that was stopped. The next import removes it."
            for file in stopped
        ]
        return Check(tuple(problems), _no_longer_listed(replaced))


def _counts(home: Home, recount: Recount, full: bool, seed: int, say: Progress) -> list[str]:
    """A broken page that only counting comes upon: every row is read, to name its file."""
    try:
        say(0.3, "Looking for referrals that count twice, or never.")
        problems = list(_versions(home))
        say(0.6, "Counting again.")
        return problems + list(_rollups(home, recount, full, seed))
    except (DBAPIError, pa.ArrowException):
        if broken := list(_facts(home, full=True)):
            return broken
        raise


def _store(home: Home) -> Iterator[str]:
    with reading(home.store) as connection:
        standing = migrate.current(connection)
    if standing != migrate.head():
        yield f"The store's tables are at {standing}; this version of Liaison knows {migrate.head()}."


def _missing(home: Home) -> Iterator[str]:
    """Rejects lie in their own folder, everything else in facts."""
    for name in sorted(listed(home)):
        if not any((folder / name).is_file() for folder in (home.facts_path, home.path / "rejects")):
            yield f"{name} is listed but missing."


def _facts(home: Home, full: bool) -> Iterator[str]:
    tables = {table.name: table for table in (*FACT_TABLES, *DERIVED)}
    with reading(home.store) as connection:
        facts = connection.execute(select(fact_file.c.name, fact_file.c.kind, fact_file.c.rows)).all()
        rollups = connection.execute(select(rollup_file.c.name, rollup_file.c.rollup).distinct()).all()
    for name, kind, rows in [*facts, *((name, rollup, None) for name, rollup in rollups)]:
        if kind not in tables:
            yield f"{name} is listed as {kind}, which is no table of facts."
        else:
            yield from _parquet(home.facts_path / name, schema(tables[kind]), rows, full)


def _parquet(path: Path, wanted: pa.Schema, rows: int | None, full: bool) -> Iterator[str]:
    try:
        with pq.ParquetFile(path) as file:
            have, count = file.schema_arrow, file.metadata.num_rows
            if full:
                count = sum(part.num_rows for part in file.iter_batches())
    except (pa.ArrowException, OSError) as unreadable:
        yield f"{path.name} cannot be read as Parquet ({type(unreadable).__name__})."
        return
    for column in wanted:
        if column.name not in have.names:
            yield f"{path.name} has no column {column.name}."
        elif not _alike(have.field(column.name).type, column.type):
            yield f"{path.name} holds {column.name} as {have.field(column.name).type}, not as {column.type}."
    if rows is not None and rows != count:
        yield f"{path.name} has {count:,} rows; {rows:,} are listed."


def _alike(have: pa.DataType, wanted: pa.DataType) -> bool:
    """Texts of any width, and whole numbers of any width, read the same."""
    kinds = (pa.types.is_integer, pa.types.is_floating, lambda t: pa.types.is_string(t) or pa.types.is_large_string(t))
    return have == wanted or any(kind(have) and kind(wanted) for kind in kinds)


def _versions(home: Home) -> Iterator[str]:
    """Of each referral exactly one version counts, over the batches that stand."""
    same = and_(
        superseded.c.source == referral.c.source,
        superseded.c.referral_id == referral.c.referral_id,
        superseded.c.batch == referral.c.batch,
    )
    versions = (
        select(referral.c.source, func.sum(case((superseded.c.batch.is_(None), 1), else_=0)).label("current"))
        .select_from(referral.outerjoin(superseded, same))
        .group_by(referral.c.source, referral.c.referral_id)
        .subquery()
    )
    wrong = (
        select(
            versions.c.source,
            func.sum(case((versions.c.current > 1, 1), else_=0)).label("twice"),
            func.sum(case((versions.c.current < 1, 1), else_=0)).label("never"),
        )
        .where(versions.c.current != 1)
        .group_by(versions.c.source)
        .order_by(versions.c.source)
    )
    with reading(home.store) as connection:
        manifest = read_manifest(connection)
    with open_engine(home.settings, home.spill_path) as engine:
        attach_facts(engine, home.facts_path, manifest)
        for row in engine.frame(wrong).to_dict("records"):
            if row["twice"]:
                yield f"{int(row['twice']):,} referrals of source {row['source']} count in more than one version."
            if row["never"]:
                yield f"{int(row['never']):,} referrals of source {row['source']} count in no version."


def _rollups(home: Home, recount: Recount, full: bool, seed: int) -> Iterator[str]:
    live = home.live()
    months = sorted({m for files in live.manifest.rollups.values() for ms in files.values() for m in ms})
    if not full:
        drawn = random.Random(seed).sample(months[:-1], min(1, len(months[:-1])))  # noqa: S311  which month is no secret
        months = [*drawn, *months[-1:]]
    if not months:
        if not live.empty:
            yield "There are referrals, but nothing was counted."
        return
    counted = recount(home, None if full else months)
    try:
        for table in DERIVED:
            for month in months:
                stands = pa.Table.from_pandas(
                    live.frame(select(table).where(table.c.month_id == month)), preserve_index=False
                )
                fresh = _rows(home, counted.get((table.name, month)), schema(table), month)
                if _sorted(shaped(stands, table)) != _sorted(fresh):
                    yield f"{table.name} of {month // 12}-{month % 12 + 1:02d} differs from a fresh count."
        for rollup, month in set(counted) - {(t.name, m) for t in DERIVED for m in months}:
            yield f"{rollup} of {month // 12}-{month % 12 + 1:02d} was never counted."
    finally:
        for name in set(counted.values()):
            (home.facts_path / name).unlink(missing_ok=True)


def _rows(home: Home, name: str | None, wanted: pa.Schema, month: int) -> pa.Table:
    if name is None:
        return wanted.empty_table()
    found = pq.read_table(home.facts_path / name, filters=[("month_id", "=", month)])
    return found.select(wanted.names).cast(wanted)


def _sorted(rows: pa.Table) -> pa.Table:
    return rows.sort_by([(name, "ascending") for name in rows.column_names]).combine_chunks()


def _strays(home: Home) -> tuple[list[Path], list[Path]]:
    """Files that nobody lists and nobody can still be writing: half-written ones, and whole ones."""
    known, old = listed(home), time.time() - GRACE_SECONDS
    folders = (home.facts_path, home.path / "rejects")
    unlisted = [file for folder in folders for file in sorted(folder.glob("*")) if file.name not in known]
    idle = [file for file in unlisted if file.is_file() and file.stat().st_mtime < old]
    return [f for f in idle if f.suffix == ".part"], [f for f in idle if f.suffix != ".part"]


def _no_longer_listed(files: list[Path]) -> tuple[str, ...]:
    """Every import that counts months again leaves the files it replaced to those who are reading them."""
    if not files:
        return ()
    megabytes = sum(file.stat().st_size for file in files) / 1e6
    many = "1 file is" if len(files) == 1 else f"{len(files):,} files are"
    return (f"{many} listed no longer ({megabytes:,.1f} MB): replaced by a later import. The next one makes room.",)
