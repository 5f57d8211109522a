"""Files into facts or records, whole or not at all; and out again."""

import hashlib
import json
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Mapping as Dict
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import Row, select

from liaison.errors import LiaisonError, Where, nearest
from liaison.facts.engines.csv_rows import text_frame
from liaison.facts.files import sweep
from liaison.facts.home import Home
from liaison.facts.publish import BatchEntry
from liaison.facts.supersede import Compared, without
from liaison.facts.writer import one_writer
from liaison.ingest.checking import Checking
from liaison.ingest.formats import format_named
from liaison.ingest.formats.base import Accepted, Format, Target
from liaison.ingest.mapping import Mapping, fitted, parse, read_mapping
from liaison.ingest.plan import plan, shape_of
from liaison.ingest.reading import Table, read_all
from liaison.ingest.rejects import RejectsFile, read_back
from liaison.ingest.result import BatchRefusedError, ImportResult
from liaison.ingest.storing import (
    Incoming,
    Progress,
    Stored,
    data_version_of,
    store_facts,
    store_records,
    take_out,
)
from liaison.store import reading
from liaison.store.tables import batch, fact_file

EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class _Asked:
    """What an import was told."""

    format: Format
    mapping: Mapping
    source: str | None
    as_of: date | None
    known: Dict[str, str]
    dry_run: bool
    allow_rejects: bool
    actor: str

    @property
    def source_name(self) -> str:
        return self.mapping.constants.get("source") or self.source or self.format.name

    def batch_id(self, tables: Sequence[Table]) -> str:
        """The same for the same content, format, mapping, source and as-of; the files' names do not count."""
        told = [self.format.name, self.mapping.to_toml(), self.source_name, str(self.as_of or "")]
        told += [json.dumps(dict(self.known), sort_keys=True), *(table.digest for table in tables)]
        return hashlib.sha256("\n".join(told).encode()).hexdigest()[:16]


def import_files(
    home: Home,
    format_name: str,
    paths: Sequence[Path | str],
    *,
    mapping: Mapping | Path | str | None = None,
    source: str | None = None,
    as_of: date | None = None,
    dry_run: bool = False,
    allow_rejects: bool = False,
    actor: str = "owner",
    progress: Progress | None = None,
    known: Dict[str, str] | None = None,
) -> ImportResult:
    """Import files of one format as one batch; the same again changes nothing.

    `mapping`: one, its file, or its TOML text. `source`: where the rows have none. `as_of`: the day of the extract,
    else its newest date. `known`: what the format listens to. `dry_run` checks and counts and stores nothing.
    `progress` hears (0 to 1, a sentence). Raises LiaisonError with every reason at once, `BatchRefusedError` where
    too many rows are bad.
    """
    began, say = time.perf_counter(), progress or (lambda share, words: None)
    format_ = format_named(format_name)
    fitting = _mapping(mapping, format_)
    asked = _Asked(format_, fitting, source, as_of, _known(format_, known or {}), dry_run, allow_rejects, actor)
    files = [Path(p) for p in paths]
    doing = f"the import of {', '.join(f.name for f in files)}"
    with one_writer(home, doing, lambda words: say(0.0, words)), _workspace(home) as folder:
        sweep(home)
        result = _import(home, asked, files, folder, say)
    say(1.0, "Tried; nothing was stored" if dry_run else "Done")
    return replace(result, seconds=round(time.perf_counter() - began, 2))


def _mapping(given: Mapping | Path | str | None, format_: Format) -> Mapping:
    if given is None:
        return Mapping(format_.name)
    if isinstance(given, str):
        given = parse(given) if "=" in given else Path(given)
    return fitted(read_mapping(given) if isinstance(given, Path) else given, format_)


def _known(format_: Format, known: Dict[str, str]) -> Dict[str, str]:
    strange = [name for name in known if name not in format_.options]
    if strange:
        listens = f"It listens to {', '.join(format_.options)}." if format_.options else "Leave it out."
        raise LiaisonError(f"{format_.name} has no use for {', '.join(strange)}.", remedy=listens)
    return dict(known)


@contextmanager
def _workspace(home: Home) -> Iterator[Path]:
    """A folder for copies and staging files, which hold what the store must not: gone afterwards, always."""
    folder = home.spill_path / f"import-{uuid4().hex}"
    folder.mkdir(parents=True, mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _import(home: Home, asked: _Asked, files: Sequence[Path], folder: Path, say: Progress) -> ImportResult:
    notes: list[str] = []
    tables = read_all(files, home.settings, folder, shape_of(asked.format, asked.mapping), notes, _ticker(files, say))
    planned = plan(tables, asked.format, asked.mapping)
    batch_id = asked.batch_id(tables)
    if found := _standing(home, batch_id):
        return _told_again(home, found)
    checking = Checking(planned, asked.format, home.settings, folder, lambda: home.instance_key)
    with closing(checking):
        checking.run(lambda share: say(0.3 + 0.3 * share, "Checking rows"))
        accepted = _accepted(home, asked.format, checking)
        rejects = _write_rejects(home, batch_id, checking, accepted, asked.dry_run)
        entry = _entry(home, asked, batch_id, checking, rejects, files, [*notes, *planned.notes])
        if refusal := _refusal(home, asked, entry, rejects):
            raise refusal
        incoming = Incoming(home, asked.format, asked.known, entry, asked.dry_run)
        onward = _later(say, 0.6)
        if accepted is not None:
            stored = store_records(incoming, accepted, onward)
        else:
            stored = store_facts(incoming, checking, onward)
    return _result(entry, rejects, stored, asked.dry_run)


def _ticker(files: Sequence[Path], say: Progress) -> Callable[[int], None]:
    """Progress of reading, by bytes; what is packed is taken for a tenth of what it holds."""
    names = ", ".join(f.name for f in files)
    packed = (".gz", ".zip", ".xlsx")
    total = sum(f.stat().st_size * (10 if f.suffix in packed else 1) for f in files if f.is_file()) or 1
    done, told = 0, -1.0

    def tick(more: int) -> None:
        nonlocal done, told
        done += more
        share = min(done / total, 1.0)
        if share - told >= 0.01:
            told = share
            say(0.3 * share, f"Reading {names}")

    return tick


def _later(say: Progress, begin: float) -> Progress:
    return lambda share, words: say(begin + (1 - begin) * share, words)


def _accepted(home: Home, format_: Format, checking: Checking) -> Accepted | None:
    """For record formats: what becomes of the rows, checked against each other and the store."""
    if format_.target is not Target.records:
        return None
    frame = text_frame(checking.loading, checking.main)
    with reading(home.store) as connection:
        return format_.accept(connection, frame)


def _write_rejects(
    home: Home, batch_id: str, checking: Checking, accepted: Accepted | None, dry_run: bool
) -> RejectsFile:
    problems = accepted.problems if accepted else []
    any_bad = checking.rows_rejected or problems
    name = home.path / "rejects" / f"rejects-{batch_id}-{uuid4().hex[:8]}.csv"
    file = RejectsFile(name if any_bad and not dry_run else None)
    if any_bad:
        file.write(checking.rejects(problems))
    return file


def _entry(
    home: Home,
    asked: _Asked,
    batch_id: str,
    checking: Checking,
    rejects: RejectsFile,
    files: Sequence[Path],
    notes: list[str],
) -> BatchEntry:
    today = (datetime.now(home.settings.time_zone).date() - EPOCH).days
    newest = checking.counts.newest if checking.counts.newest is not None else today
    return BatchEntry(
        batch_id=batch_id,
        format=asked.format.name,
        source=asked.source_name,
        as_of=(asked.as_of - EPOCH).days if asked.as_of else newest,
        files=tuple(f.name for f in files),
        rows_read=checking.rows_read,
        rows_accepted=checking.rows_read - rejects.count,
        rows_rejected=rejects.count,
        counts={"npi_invalid": checking.counts.npi_invalid, "without_referrer": checking.counts.without_key},
        notes=tuple(dict.fromkeys(notes)),
        rejects_file=rejects.path.name if rejects.path else None,
        imported_by=asked.actor,
    )


def _refusal(home: Home, asked: _Asked, entry: BatchEntry, rejects: RejectsFile) -> BatchRefusedError | None:
    share = home.settings.max_reject_share
    if entry.rows_accepted and (asked.allow_rejects or entry.rows_rejected <= share * entry.rows_read):
        return None
    first = rejects.first[0]
    what = f"{entry.rows_rejected:,} of {entry.rows_read:,} rows are bad, more than {share:.0%}; nothing was stored."
    if not entry.rows_accepted:
        what = f"None of the {entry.rows_read:,} rows can be used; nothing was stored."
    remedy = f"The first: {first.column or 'the row'} {first.reason}. {first.remedy}"
    if entry.rows_accepted:
        remedy += " Or import the good rows alone with --allow-rejects."
    result = _result(entry, rejects, Stored(data_version_of(home), 0), asked.dry_run)
    return BatchRefusedError(what, Where(first.file, first.row, first.column), remedy, result)


def _result(entry: BatchEntry, rejects: RejectsFile, stored: Stored, dry_run: bool) -> ImportResult:
    return ImportResult(
        batch=entry.batch_id,
        rows_read=entry.rows_read,
        rows_accepted=entry.rows_accepted,
        rows_rejected=entry.rows_rejected,
        rows_new=stored.new,
        rows_updated=stored.updated,
        rows_unchanged=stored.unchanged,
        npi_invalid=entry.counts["npi_invalid"],
        without_referrer=entry.counts["without_referrer"],
        rejects=tuple(rejects.first),
        rejects_file=rejects.path,
        notes=(*entry.notes, *stored.notes),
        data_version=stored.data_version,
        seconds=0.0,
        as_of=entry.as_of,
        dry_run=dry_run,
    )


def _standing(home: Home, batch_id: str) -> Row[Any] | None:
    with reading(home.store) as connection:
        return connection.execute(
            select(batch).where(batch.c.batch_id == batch_id, batch.c.forgotten_at.is_(None))
        ).first()


def _told_again(home: Home, found: Row[Any]) -> ImportResult:
    """The result of a batch that stands already: every key of it is as it was."""
    counts = json.loads(found.counts)
    file = home.path / "rejects" / found.rejects_file if found.rejects_file else None
    return ImportResult(
        batch=found.batch_id,
        rows_read=found.rows_read,
        rows_accepted=found.rows_accepted,
        rows_rejected=found.rows_rejected,
        rows_new=0,
        rows_updated=0,
        rows_unchanged=sum(counts.get(name, 0) for name in ("rows_new", "rows_updated", "rows_unchanged")),
        npi_invalid=counts.get("npi_invalid", 0),
        without_referrer=counts.get("without_referrer", 0),
        rejects=tuple(read_back(file)) if file else (),
        rejects_file=file,
        notes=("This import is in already; nothing was changed.", *json.loads(found.notes)),
        data_version=data_version_of(home),
        seconds=0.0,
        as_of=found.as_of,
        repeated=True,
    )


def forget(home: Home, batch_id: str, actor: str = "owner", progress: Progress | None = None) -> int:
    """Take a batch out of the figures again; what it replaced counts again. Returns the new data version."""
    say = progress or (lambda share, words: None)
    with one_writer(home, f"forgetting the import {batch_id}", lambda words: say(0.0, words)):
        sweep(home)
        if _standing(home, batch_id) is None:
            raise _no_such_batch(home, batch_id)
        say(0.1, "Looking for what it replaced")
        with reading(home.store) as connection:
            kinds = set(connection.scalars(select(fact_file.c.kind).where(fact_file.c.batch_id == batch_id)))
        compared = without(home, batch_id) if "referral" in kinds else Compared(0, 0, 0, frozenset())
        data_version = take_out(home, batch_id, compared, _later(say, 0.2))
    say(1.0, "Forgotten")
    return data_version


def _no_such_batch(home: Home, batch_id: str) -> LiaisonError:
    with reading(home.store) as connection:
        rows = connection.execute(select(batch.c.batch_id, batch.c.forgotten_at)).all()
    if any(row.batch_id == batch_id for row in rows):
        return LiaisonError(f"The import {batch_id} is forgotten already.", remedy="Import its file to bring it back.")
    near = nearest(batch_id, [row.batch_id for row in rows if row.forgotten_at is None])
    hint = f"Did you mean {near}?" if near else "The Data page lists the imports that stand."
    return LiaisonError(f"There is no import {batch_id}.", remedy=hint)
