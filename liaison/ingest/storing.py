"""Checked rows into the store and its files: everything beside, then one commit that switches it on."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select, update

from liaison.facts.columns import facts, referral, spelling
from liaison.facts.engines.csv_facts import FactRows, remark, write_facts, write_spellings
from liaison.facts.engines.csv_rows import tables
from liaison.facts.files import new_file, settle
from liaison.facts.home import Home
from liaison.facts.publish import BatchEntry, Change, NewFile, publish
from liaison.facts.supersede import Compared, compare
from liaison.fieldwork import records
from liaison.fieldwork.kinds import KINDS
from liaison.ingest.checking import Checking
from liaison.ingest.formats.base import Accepted, Format
from liaison.metrics.recount import recount
from liaison.store import reading
from liaison.store.tables import batch, version

Progress = Callable[[float, str], None]


@dataclass(frozen=True)
class Incoming:
    """One batch on its way in; `entry` as far as it is known before the rows are compared with what is there."""

    home: Home
    format: Format
    known: Mapping[str, str]
    entry: BatchEntry
    dry_run: bool


@dataclass(frozen=True)
class Stored:
    """How the batch's distinct keys stand to what was there, and the version that holds them."""

    data_version: int
    new: int
    updated: int = 0
    unchanged: int = 0
    notes: tuple[str, ...] = field(default_factory=tuple)

    @property
    def counts(self) -> dict[str, int]:
        return {"rows_new": self.new, "rows_updated": self.updated, "rows_unchanged": self.unchanged}


def store_facts(incoming: Incoming, checking: Checking, say: Progress) -> Stored:
    """Write the fact files, compare, count the months that they touch, switch."""
    home, entry = incoming.home, incoming.entry
    with _written_files() as made:
        say(0.0, "Writing facts")
        written, notes = _write(incoming, checking, made)
        checking.close()  # its memory is wanted for the counting
        main = written.get(referral.name)
        if main is None:
            stored = Stored(data_version_of(home), sum(w.rows for w in written.values()), notes=notes)
            files, change = _new_files(written, entry.batch_id), Change()
        else:
            say(0.3, "Comparing with what is there")
            compared = compare(home, entry.batch_id, entry.as_of, main.path)
            made.extend(home.facts_path / f.name for f in compared.files)
            notes += _notes_of(main, compared)
            stored = Stored(data_version_of(home), compared.new, compared.updated, compared.unchanged, notes)
            files = [*_new_files(written, entry.batch_id), *compared.files]
            change = Change(drop_files=compared.drop_files)
        if incoming.dry_run:
            return stored
        entry = replace(
            entry,
            counts={**entry.counts, **stored.counts},
            notes=(*entry.notes, *notes),
            first_month=main.first_month if main else None,
            last_month=main.last_month if main else None,
        )
        change = replace(change, batch=entry, files=files)
        if main is not None:
            change = _counted(home, change, sorted(compared.months), say)
        say(0.98, "Switching to the new figures")
        stored = replace(stored, data_version=publish(home, change))
        made.clear()
        return stored


def _write(incoming: Incoming, checking: Checking, made: list[Path]) -> tuple[dict[str, FactRows], tuple[str, ...]]:
    """Fact table -> what was written of it; sentences about the rows."""
    format_, entry, home = incoming.format, incoming.entry, incoming.home
    staged = tables(checking.kinds)
    written: dict[str, FactRows] = {}
    for name, statement in format_.facts(staged, incoming.known).items():
        made.append(new_file(home, name))
        found = write_facts(checking.loading, facts.tables[name], statement, entry.batch_id, entry.source, made[-1])
        written[name] = replace(found, path=_settled(made))
    counted = [
        (says, remark(checking.loading, statement)) for says, statement in format_.remarks(staged, incoming.known)
    ]
    notes = tuple(says.format(n=f"{n:,}") for says, n in counted if n)
    if main := written.get(referral.name):
        made.append(new_file(home, spelling.name))
        rows = write_spellings(checking.loading, main.path, entry.batch_id, made[-1])
        written[spelling.name] = FactRows(_settled(made), rows, None, None)
    return written, notes


def _settled(made: list[Path]) -> Path:
    made[-1] = settle(made[-1])
    return made[-1]


def _new_files(written: Mapping[str, FactRows], batch_id: str) -> list[NewFile]:
    return [NewFile(w.path.name, kind, w.rows, batch_id, w.first_month, w.last_month) for kind, w in written.items()]


def _notes_of(main: FactRows, compared: Compared) -> tuple[str, ...]:
    said = []
    if n := main.repeated.same:
        said.append(f"{n:,} referrals stand more than once in the files with equal content; each counts once.")
    if n := main.repeated.different:
        said.append(
            f"Warning: {n:,} referrals stand more than once in the files with different content; the last row counts."
        )
    if n := compared.late:
        said.append(f"{n:,} referrals were known from a newer extract, which goes on counting.")
    return tuple(said)


def _counted(home: Home, change: Change, months: Sequence[int], say: Progress, forget: str | None = None) -> Change:
    """The change with the rollups of the months that it touches."""
    rollups, named = recount(
        home,
        files=change.files,
        drop=change.drop_files,
        batch=change.batch,
        forget=forget,
        months=months,
        progress=lambda share, words: say(0.4 + 0.55 * share, words),
    )
    return replace(change, rollups=rollups, named=named)


@contextmanager
def _written_files() -> Iterator[list[Path]]:
    """Files that a change makes; gone again where it does not come to pass, or was only tried."""
    made: list[Path] = []
    try:
        yield made
    finally:
        # A change that came to pass has cleared the list.
        for path in made:
            path.unlink(missing_ok=True)


def store_records(incoming: Incoming, accepted: Accepted, say: Progress) -> Stored:
    """Write records in one transaction; where they decide how referrals are counted, count anew."""
    home, entry, format_ = incoming.home, incoming.entry, incoming.format
    found: list[records.Written] = []

    def write(connection: Connection) -> None:
        found.append(records.write(connection, format_.record, accepted.rows, entry.imported_by, entry.batch_id))
        format_.also(connection, accepted.rows, incoming.known, entry.imported_by, entry.batch_id)

    def write_and_tell(connection: Connection) -> None:
        write(connection)
        # What the records were before is known only now.
        told = {**entry.counts, **_stored(0, found[0], accepted).counts}
        notes = [*entry.notes, *accepted.notes, *found[0].notes]
        mine = batch.c.batch_id == entry.batch_id
        connection.execute(update(batch).where(mine).values(counts=json.dumps(told), notes=json.dumps(notes)))

    say(0.1, "Writing records")
    if incoming.dry_run:
        _try(home, write)
        return _stored(data_version_of(home), found[0], accepted)
    stored = _stored(publish(home, Change(batch=entry), write_and_tell), found[0], accepted)
    changed = {format_.record} if stored.new or stored.updated else set()
    return replace(stored, data_version=recount_if_needed(home, changed, say) or stored.data_version)


def _stored(data_version: int, written: records.Written, accepted: Accepted) -> Stored:
    notes = (*accepted.notes, *written.notes)
    return Stored(data_version, written.new, written.updated, written.unchanged, notes)


def _try(home: Home, write: Callable[[Connection], Any]) -> None:
    """Run what would be written, and leave no trace of it."""
    with home.store.connect() as connection, connection.begin() as transaction:
        write(connection)
        transaction.rollback()


def recount_if_needed(home: Home, kinds: set[str], say: Progress) -> int | None:
    """Count everything anew where a change of these kinds of record decides it; the new version, None if not."""
    if not any(KINDS[kind].recount for kind in kinds):
        return None
    rollups, named = recount(home, progress=lambda share, words: say(0.4 + 0.55 * share, words))
    return publish(home, Change(rollups=rollups, named=named)) if rollups or named else None


def take_out(home: Home, batch_id: str, compared: Compared, say: Progress) -> int:
    """Forget a batch: its files are unlisted, what it replaced counts again, its records go. The new version."""
    with _written_files() as made:
        made.extend(home.facts_path / f.name for f in compared.files)
        change = Change(forget=batch_id, files=compared.files, drop_files=compared.drop_files)
        change = _counted(home, change, sorted(compared.months), say, forget=batch_id)
        changed: dict[str, int] = {}
        data_version = publish(home, change, lambda connection: changed.update(records.forget(connection, batch_id)))
        made.clear()
    return recount_if_needed(home, {kind for kind, n in changed.items() if n}, say) or data_version


def data_version_of(home: Home) -> int:
    """The version that stands, 0 before anything came in."""
    with reading(home.store) as connection:
        return int(connection.scalar(select(version.c.data_version)) or 0)
