"""What a record is, told from everything that was ever said about it.

`history` holds an entry for each time somebody said something: the values an import gave, the values a person changed,
or nothing where the record was removed. A record is its entries read in order. A cell that a person corrected stays
corrected until a file says something *new* about that cell: next week's file repeats the old value, it does not insist.
So a batch can be taken out again at any time, and the rest still tells the record.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import Column, Connection, Select, delete, select

from liaison.fieldwork.kind import RecordKind, Values
from liaison.store.bulk import insert_many
from liaison.store.tables import history

SAME = "="  # an import repeated what the import before it said of this record
CHUNK = 500
MISSING = object()
T = TypeVar("T")


@dataclass
class Told:
    """A record as its entries tell it; `state` is what is known, None where it was removed or never was."""

    state: Values | None = None
    said: Values = field(default_factory=dict)  # what files said last, cell by cell
    last: str | None = None  # the newest import's entry as stored, None after a removal

    def hear(self, text: str | None, from_file: bool) -> None:
        """Take in one more entry: the stored JSON, or None for a removal."""
        if text is None:
            self.state, self.said, self.last = None, {}, None
            return
        values: Values = json.loads(text)
        news = values
        if from_file:
            news = {c: v for c, v in values.items() if self.said.get(c, MISSING) != v}
            self.said = self.said | values
            self.last = text
        # A blank cell and a cell never given are the same.
        self.state = {c: v for c, v in ((self.state or {}) | news).items() if v is not None}

    def record(self, kind: RecordKind) -> Values | None:
        """The record, if enough is known to be one: corrections outlive the import that they corrected."""
        known = self.state or {}
        return known if all(known.get(column) is not None for column in kind.needs) else None


def stored(values: Values) -> str:
    """The values as `history` holds them."""
    return json.dumps(values, ensure_ascii=False, sort_keys=True)


def in_chunks(keys: Sequence[T]) -> Iterator[Sequence[T]]:
    """Keys in portions that fit into one statement."""
    for start in range(0, len(keys), CHUNK):
        yield keys[start : start + CHUNK]


def rows_of(conn: Connection, statement: Select[Any], key: Column[str], keys: Sequence[str]) -> Iterator[Any]:
    """The statement's rows for these keys: a few are looked up, for many one pass over all is cheaper."""
    if len(keys) > CHUNK:
        wanted = set(keys)
        yield from (row for row in conn.execute(statement) if row.key in wanted)
    else:
        yield from conn.execute(statement.where(key.in_(keys)))


def told_of(conn: Connection, kind: RecordKind, keys: Sequence[str]) -> dict[str, Told]:
    """Each of these records as it stands; a key that was never heard of is not in the answer."""
    statement = (
        select(history.c.key, history.c["values"], history.c.batch_id)
        .where(history.c.kind == kind.name, history.c["values"].is_distinct_from(SAME))
        .order_by(history.c.id)
    )
    found: dict[str, Told] = {}
    for key, text, batch_id in rows_of(conn, statement, history.c.key, keys):
        found.setdefault(key, Told()).hear(text, from_file=batch_id is not None)
    return found


def take_out(conn: Connection, batch_id: str) -> dict[str, list[str]]:
    """Remove what a batch said. Returns the keys it spoke of, by kind.

    Where a later import said the same, the entry is that import's from now on and keeps its place in the order.
    """
    spoken = select(history.c.kind, history.c.key).where(history.c.batch_id == batch_id).distinct()
    touched: dict[str, list[str]] = {}
    for kind, key in conn.execute(spoken):
        touched.setdefault(kind, []).append(key)
    handed = [
        row for kind, keys in touched.items() for part in in_chunks(keys) for row in _heirs(conn, kind, part, batch_id)
    ]
    for heirs in in_chunks([heir for _, heir in handed]):
        conn.execute(delete(history).where(history.c.id.in_(heirs)))
    conn.execute(delete(history).where(history.c.batch_id == batch_id))
    insert_many(conn, history, [row for row, _ in handed])
    return touched


def _heirs(conn: Connection, kind: str, keys: Sequence[str], batch_id: str) -> Iterator[tuple[dict[str, Any], int]]:
    """Entries of the batch as the first later import that repeats them has them; with the id of its own entry."""
    statement = select(history).where(history.c.kind == kind, history.c.key.in_(keys))
    entry: dict[str, Any] | None = None  # the batch's own entry that repeats are still about
    for found in conn.execute(statement.order_by(history.c.key, history.c.id)).mappings():
        row: dict[str, Any] = {str(name): value for name, value in found.items()}
        if entry and entry["key"] != row["key"]:
            entry = None
        if row["values"] == SAME:
            if entry and row["batch_id"] != batch_id:
                yield {**row, "id": entry["id"], "values": entry["values"]}, row["id"]
                entry = None
        elif row["batch_id"] is not None or row["values"] is None:
            entry = row if row["batch_id"] == batch_id else None
