"""Counting the rollups anew for the months that a change touches."""

from collections.abc import Callable, Sequence
from functools import partial

import pandas as pd
import pyarrow as pa
from sqlalchemy import func, select

from liaison.facts.columns import SPELLED, referral, spelling, superseded
from liaison.facts.engines import FactsEngine, open_engine
from liaison.facts.engines.arrow import schema
from liaison.facts.files import new_file, settle
from liaison.facts.home import Home
from liaison.facts.live import Manifest, attach_facts, read_manifest
from liaison.facts.publish import BatchEntry, Change, Named, NewFile, publish
from liaison.facts.rollups import DERIVED, resolved
from liaison.facts.writer import one_writer
from liaison.metrics.resolution import Resolution, name_reading, practice_span, provider_span, resolve
from liaison.metrics.resolved import resolved_rows
from liaison.metrics.rollup_statements import statements
from liaison.store import reading
from liaison.store.tables import fact_file

RUN_ROWS = 2_000_000  # what the engine groups at once within its memory

Progress = Callable[[float, str], None]
Counted = tuple[dict[tuple[str, int], str], list[Named]]


def recount(
    home: Home,
    files: Sequence[NewFile] = (),
    drop: Sequence[str] = (),
    batch: BatchEntry | None = None,
    forget: str | None = None,
    months: Sequence[int] | None = None,
    progress: Progress | None = None,
) -> Counted:
    """Rollup files for `months` (None: all) as the facts will stand once the change is published.

    `files` come in, `drop` and the files of batch `forget` go out. Returns (rollup, month) -> file, and labels.
    """
    with reading(home.store) as connection:
        manifest = _after(read_manifest(connection), files, drop, batch, forget, home)
        with open_engine(home.settings, home.spill_path) as engine:
            attach_facts(engine, home.facts_path, manifest)
            bring(engine, resolution := resolve(connection, _spellings(engine)))
            wanted = sorted(int(m) for m in months) if months is not None else _all_months(engine)
            named = _changed_labels(manifest, resolution.labels)
            if not wanted:
                return {}, named
            replaced = superseded.name in manifest.files
            return _count(home, engine, _runs(engine, wanted), replaced, progress), named


def _after(
    manifest: Manifest,
    files: Sequence[NewFile],
    drop: Sequence[str],
    batch: BatchEntry | None,
    forget: str | None,
    home: Home,
) -> Manifest:
    """The manifest as it will read after the change."""
    gone = set(drop) | (files_of_batch(home, forget) if forget else set())
    kept = {kind: [n for n in names if n not in gone] for kind, names in manifest.files.items()}
    for file in files:
        kept.setdefault(file.kind, []).append(file.name)
    known = manifest.batches[manifest.batches["batch_id"] != forget]
    if batch:
        row = {"batch_id": batch.batch_id, "seq": 1_000_000_000, "as_of": batch.as_of, "format": batch.format}
        known = pd.concat([known, pd.DataFrame([row])], ignore_index=True)
    return Manifest(manifest.data_version, manifest.data_id, known, kept, manifest.rollups, manifest.labels)


def files_of_batch(home: Home, batch_id: str) -> set[str]:
    """Names of the fact files that belong to one batch."""
    with reading(home.store) as connection:
        return set(connection.scalars(select(fact_file.c.name).where(fact_file.c.batch_id == batch_id)))


def _spellings(engine: FactsEngine) -> pd.DataFrame:
    rows = select(spelling.c.field, spelling.c.name, spelling.c.key, spelling.c.rows)
    return engine.frame(rows.where(spelling.c.field.in_(SPELLED)))


def bring(engine: FactsEngine, resolution: Resolution) -> None:
    """Put the dimensions into the counting engine."""
    for table, frame in (
        (name_reading, resolution.names),
        (practice_span, resolution.practices),
        (provider_span, resolution.providers),
    ):
        engine.insert(table, pa.Table.from_pandas(frame, schema=schema(table), preserve_index=False))


def _all_months(engine: FactsEngine) -> list[int]:
    return sorted(engine.frame(select(referral.c.month_id).distinct())["month_id"].astype(int))


def _count(
    home: Home, engine: FactsEngine, runs: Sequence[tuple[int, ...]], replaced: bool, progress: Progress | None
) -> dict[tuple[str, int], str]:
    """A file a table and run of months, so that memory does not grow with the months there are."""
    made: dict[tuple[str, int], str] = {}
    for place, run in enumerate(runs):
        step = partial(_said, progress, place, len(runs))
        step(0, "Reading names")
        rows = new_file(home, resolved.name)
        engine.keep(resolved, resolved_rows(run, replaced), rows)
        files = {}
        for done, (table, statement) in enumerate(statements().items(), start=1):
            step(done, f"Counting {table.name.replace('_', ' ')}")
            files[table.name] = new_file(home, table.name)
            engine.write(table, statement(run), files[table.name])
        # Every month asked for is switched, also one that is empty now.
        names = {table: settle(path).name for table, path in (files | {resolved.name: rows}).items()}
        made |= {(table, month): name for table, name in names.items() for month in run}
    return made


def _said(progress: Progress | None, run: int, runs: int, done: int, what: str) -> None:
    if progress:
        progress((run + done / len(DERIVED)) / runs, what)


def _runs(engine: FactsEngine, months: list[int]) -> list[tuple[int, ...]]:
    """The months in order, in runs of at most `RUN_ROWS` referrals (or one month); replaced versions count too."""
    sizes = engine.frame(select(referral.c.month_id, func.count().label("rows")).group_by(referral.c.month_id))
    rows = dict(zip(sizes["month_id"].astype(int), sizes["rows"].astype(int), strict=True))
    runs: list[list[int]] = []
    held = 0
    for month in months:
        if not runs or held + rows.get(month, 0) > RUN_ROWS:
            runs.append([])
            held = 0
        runs[-1].append(month)
        held += rows.get(month, 0)
    return [tuple(run) for run in runs]


def _changed_labels(manifest: Manifest, labels: Sequence[Named]) -> list[Named]:
    known = {tuple(row) for row in manifest.labels[["kind", "id", "label", "given", "spelled"]].itertuples(index=False)}
    newest = {(n.kind, n.id): n for n in labels}
    return [n for n in newest.values() if (n.kind, n.id, n.label, n.given, n.spelled) not in known]


def recount_all(home: Home, progress: Progress | None = None) -> int:
    """Count everything anew, after people, practices or organisations changed. Returns the new data version."""
    with one_writer(home, "a recount"):
        rollups, named = recount(home, progress=progress)
        return publish(home, Change(rollups=rollups, named=named))
