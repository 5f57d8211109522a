"""The one mechanism by which records are written, changed, taken back and read."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pandas as pd
from sqlalchemy import Connection, delete, func, select

from liaison.fieldwork.kind import RecordKind, Values
from liaison.fieldwork.kinds import KINDS, kind_named
from liaison.fieldwork.versions import SAME, Told, in_chunks, rows_of, stored, take_out, told_of
from liaison.store.alone import alone
from liaison.store.bulk import insert_many
from liaison.store.tables import history

RECORDS = "records"  # the part of the store in which one writes at a time
Follower = Callable[[Connection, Sequence[str], str], None]  # of the keys that changed, and by whom
_FOLLOWERS: dict[str, Follower] = {}


@dataclass(frozen=True)
class Written:
    """How many distinct records a write made, changed and found as they were."""

    new: int
    updated: int
    unchanged: int
    repeated: int = 0  # rows left out because the same stood elsewhere in the file
    contradicted: int = 0  # rows left out because a later row of the file says otherwise of the same record

    @property
    def notes(self) -> list[str]:
        """What people should hear of rows that spoke twice of one record."""
        said = []
        if self.repeated:
            said.append(f"{self.repeated} rows stand twice in the file with the same content and were counted once.")
        if self.contradicted:
            said.append(
                f"Warning: {self.contradicted} rows speak of a record that a later row describes otherwise; "
                "the last one counts."
            )
        return said


def follows(*kinds: str) -> Callable[[Follower], Follower]:
    """Marks what is written whenever records of these kinds change, in the same transaction, whoever changed them."""

    def mark(follower: Follower) -> Follower:
        for kind in kinds:
            _FOLLOWERS[kind] = follower
        return follower

    return mark


def _follow(conn: Connection, kind: str, keys: Sequence[str], actor: str) -> None:
    if keys and kind in _FOLLOWERS:
        _FOLLOWERS[kind](conn, keys, actor)


@dataclass(frozen=True)
class Version:
    """One thing that was said about a record, and the record as it was then (None: removed)."""

    at: str
    actor: str
    batch_id: str | None
    values: Values | None


def write(
    conn: Connection, kind: str, rows: Iterable[Mapping[str, Any]], actor: str, batch_id: str | None = None
) -> Written:
    """Store rows whose columns are the table's (checked before); a column that a row lacks keeps what it holds.

    With a `batch_id` the rows are what a file says, and `forget` takes them out again.
    """
    what = kind_named(kind)
    alone(conn, RECORDS)
    given, repeated, contradicted = _by_key(what, rows)
    told = told_of(conn, what, list(given))
    counts: Counter[str] = Counter()
    entries: list[tuple[str, str | None]] = []
    states: dict[str, Values | None] = {}
    for key, values in given.items():
        record, text = told.get(key, Told()), stored(values)
        before = record.record(what)
        repeats = batch_id is not None and before is not None and text == record.last
        entries.append((key, SAME if repeats else text))
        if not repeats:
            record.hear(text, from_file=batch_id is not None)
        after = record.record(what)
        counts["new" if before is None else "unchanged" if after == before else "updated"] += 1
        if after != before:
            states[key] = after
    if batch_id is not None:
        what.fixed(conn, states)
    _note(conn, what, entries, actor, batch_id)
    _store(conn, what, states)
    _follow(conn, kind, list(states), actor)
    return Written(counts["new"], counts["updated"], counts["unchanged"], repeated, contradicted)


def forget(conn: Connection, batch_id: str) -> dict[str, int]:
    """Take out what a batch said; the rest tells the records again. Returns how many records changed, by kind."""
    alone(conn, RECORDS)
    changed, gone = {}, dict[str, list[str]]()
    for name, keys in take_out(conn, batch_id).items():
        kind = KINDS[name]
        told, standing = told_of(conn, kind, keys), _standing(conn, kind, keys)
        states = {key: told.get(key, Told()).record(kind) for key in keys}
        states = {key: state for key, state in states.items() if standing.get(key, {}) != (state or {})}
        kind.fixed(conn, states)
        _store(conn, kind, states)
        changed[name], gone[name] = len(states), list(states)
    for name, keys in gone.items():  # when everything that the batch said is out
        _follow(conn, name, keys, f"import {batch_id[:8]} taken back")
    return changed


def history_of(conn: Connection, kind: str, key: str) -> list[Version]:
    """Every version of a record, oldest first; imports that only repeated it are left out."""
    return histories(conn, kind, [key]).get(key, [])


def histories(conn: Connection, kind: str, keys: Sequence[str]) -> dict[str, list[Version]]:
    """`history_of` of several records, by their key; one of which nothing was said is not in the answer."""
    columns = history.c.key, history.c.at, history.c.actor, history.c.batch_id, history.c["values"].label("text")
    statement = (
        select(*columns)
        .where(history.c.kind == kind, history.c["values"].is_distinct_from(SAME))
        .order_by(history.c.id)
    )
    what, told, versions = kind_named(kind), dict[str, Told](), dict[str, list[Version]]()
    for key, at, actor, batch_id, text in rows_of(conn, statement, history.c.key, keys):
        of = told.setdefault(key, Told())
        of.hear(text, from_file=batch_id is not None)
        versions.setdefault(key, []).append(Version(at, actor, batch_id, of.record(what)))
    return versions


def all_records(conn: Connection, kind: str) -> list[dict[str, Any]]:
    """Every record of a kind as it stands, with its `key` and `version`, in the order of keys."""
    what = kind_named(kind)
    return [dict(row) for row in conn.execute(select(what.table).order_by(what.table.c.key)).mappings()]


def frame(conn: Connection, kind: str) -> pd.DataFrame:
    """`all_records` as a frame that has its columns even when there are none."""
    return pd.DataFrame(all_records(conn, kind), columns=[c.name for c in kind_named(kind).table.columns])


def counts(conn: Connection) -> dict[str, int]:
    """How many records of each kind there are."""
    each = [select(func.count()).select_from(kind.table).scalar_subquery().label(name) for name, kind in KINDS.items()]
    return dict(conn.execute(select(*each)).mappings().one())


def known_ids(conn: Connection) -> dict[str, set[str]]:
    """The ids that other records may name, by kind: practices, people, organisations, and what else is referred to."""
    referred = {target for kind in KINDS.values() for target in kind.refers.values()} | {"organisations"}
    columns = {name: KINDS[name].table.columns[KINDS[name].keys[0]] for name in sorted(referred)}
    return {name: set(conn.scalars(select(column))) for name, column in columns.items()}


def _by_key(kind: RecordKind, rows: Iterable[Mapping[str, Any]]) -> tuple[dict[str, Values], int, int]:
    """The rows by their key, the last one of each; how many were left out as equal, and as saying otherwise."""
    given: dict[str, Values] = {}
    seen: Counter[str] = Counter()
    repeated = contradicted = 0
    for row in rows:
        values = kind.typed(row)
        key = kind.key_of(values)
        seen[key] += 1
        if kind.counted:
            key = kind.key_of(values, nth=seen[key])
        elif key in given:
            same = given.pop(key) == values
            repeated, contradicted = repeated + same, contradicted + (not same)
        given[key] = values
    return given, repeated, contradicted


def note(conn: Connection, kind: RecordKind, key: str, text: str | None, actor: str) -> None:
    """Keep what a person said of one record, and bring the record to it."""
    told = told_of(conn, kind, [key]).get(key, Told())
    told.hear(text, from_file=False)
    _note(conn, kind, [(key, text)], actor, None)
    _store(conn, kind, {key: told.record(kind)})
    _follow(conn, kind.name, [key], actor)


def _note(
    conn: Connection, kind: RecordKind, entries: Sequence[tuple[str, str | None]], actor: str, batch_id: str | None
) -> None:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    shared = {"kind": kind.name, "batch_id": batch_id, "actor": actor, "at": now}
    insert_many(conn, history, [{**shared, "key": key, "values": text} for key, text in entries])


def _standing(conn: Connection, kind: RecordKind, keys: Sequence[str]) -> dict[str, Values]:
    statement = select(kind.table.c.key, *(kind.table.columns[name] for name in kind.columns))
    rows = rows_of(conn, statement, kind.table.c.key, keys)
    return {
        row.key: {name: row._mapping[name] for name in kind.columns if row._mapping[name] is not None} for row in rows
    }


def _store(conn: Connection, kind: RecordKind, states: Mapping[str, Values | None]) -> None:
    """Bring the current rows of these keys to their states; None takes the row away."""
    table, keys = kind.table, list(states)
    kept = [table.c.key, table.c.version, *([table.columns[kind.numbered]] if kind.numbered else [])]
    before = {row.key: row for row in rows_of(conn, select(*kept), table.c.key, keys)}
    for part in in_chunks([key for key in keys if key in before]):
        conn.execute(delete(table).where(table.c.key.in_(part)))
    blank: Values = dict.fromkeys(kind.columns)
    number = conn.scalar(select(func.max(table.columns[kind.numbered]))) or 0 if kind.numbered else 0
    rows = []
    for key, state in states.items():
        if state is None:
            continue
        row = {**blank, **state, "key": key, "version": before[key].version + 1 if key in before else 1}
        if kind.numbered:
            number += key not in before
            row[kind.numbered] = before[key]._mapping[kind.numbered] if key in before else number
        rows.append(row)
    insert_many(conn, table, rows)
