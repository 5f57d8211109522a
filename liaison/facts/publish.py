"""The one small commit that switches everything: import, forget and recount share it."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from liaison.facts.home import Home
from liaison.store import writing
from liaison.store.tables import batch, fact_file, named, rollup_file, version

RollupFiles = Mapping[tuple[str, int], str]


@dataclass(frozen=True)
class NewFile:
    """A settled file to list; `kind` is a fact table's name, `batch_id` None for a list that batches share."""

    name: str
    kind: str
    rows: int
    batch_id: str | None
    first_month: int | None = None
    last_month: int | None = None


@dataclass(frozen=True)
class BatchEntry:
    """What the manifest keeps of one import."""

    batch_id: str
    format: str
    source: str
    as_of: int
    files: tuple[str, ...]
    rows_read: int
    rows_accepted: int
    rows_rejected: int
    counts: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    rejects_file: str | None = None
    first_month: int | None = None
    last_month: int | None = None
    imported_by: str = "owner"


@dataclass(frozen=True)
class Named:
    """What people read for an id, and how files spell it; `given` where no record of ours stands behind it."""

    kind: str
    id: str
    label: str
    given: bool
    spelled: str | None = None


@dataclass(frozen=True)
class Change:
    """Everything one commit switches."""

    batch: BatchEntry | None = None
    files: Sequence[NewFile] = ()
    drop_files: Sequence[str] = ()
    rollups: RollupFiles = field(default_factory=dict)
    named: Sequence[Named] = ()
    forget: str | None = None


def publish(home: Home, change: Change, also: Callable[[Connection], object] | None = None) -> int:
    """List the new files, unlist the old, raise `data_version`; all or nothing. Returns the new version.

    `also` writes records in the same transaction.
    """
    now = datetime.now(UTC).isoformat(timespec="seconds")
    with writing(home.store) as connection:
        if change.batch:
            _insert_batch(connection, change.batch, now)
        if change.forget:
            connection.execute(update(batch).where(batch.c.batch_id == change.forget).values(forgotten_at=now))
            connection.execute(delete(fact_file).where(fact_file.c.batch_id == change.forget))
        for name in change.drop_files:
            connection.execute(delete(fact_file).where(fact_file.c.name == name))
        if change.files:
            connection.execute(insert(fact_file), [f.__dict__ for f in change.files])
        _switch_rollups(connection, change)
        if also:
            also(connection)
        return _raise_version(connection, now)


def _insert_batch(connection: Connection, entry: BatchEntry, now: str) -> None:
    connection.execute(delete(batch).where(batch.c.batch_id == entry.batch_id))  # a forgotten one comes back as new
    seq = (connection.scalar(select(func.max(batch.c.seq))) or 0) + 1
    texts: dict[str, Any] = {
        "files": json.dumps(entry.files),
        "counts": json.dumps(dict(entry.counts)),
        "notes": json.dumps(entry.notes),
    }
    connection.execute(insert(batch).values({**entry.__dict__, **texts, "seq": seq, "imported_at": now}))


def _switch_rollups(connection: Connection, change: Change) -> None:
    if change.rollups:
        rows = [{"rollup": rollup, "month_id": month, "name": name} for (rollup, month), name in change.rollups.items()]
        key = [{"of": r["rollup"], "month": r["month_id"]} for r in rows]
        gone = delete(rollup_file).where(
            rollup_file.c.rollup == bindparam("of"), rollup_file.c.month_id == bindparam("month")
        )
        connection.execute(gone, key)
        connection.execute(insert(rollup_file), rows)
    if change.named:
        stale = delete(named).where(named.c.kind == bindparam("of"), named.c.id == bindparam("it"))
        connection.execute(stale, [{"of": n.kind, "it": n.id} for n in change.named])
        connection.execute(insert(named), [n.__dict__ for n in change.named])


def _raise_version(connection: Connection, now: str) -> int:
    last = connection.scalar(select(version.c.data_version).where(version.c.id == 1))
    row = {"data_version": (last or 0) + 1, "data_id": uuid4().hex, "written_at": now}
    if last is None:
        connection.execute(insert(version).values(id=1, **row))
    else:
        connection.execute(update(version).where(version.c.id == 1).values(row))
    return int(row["data_version"])
