"""What a record is, told from everything that was ever said about it.

`history` holds an entry for each time somebody said something: the values an import gave, the values a person changed,
or nothing where the record was removed. A record is its entries read in order. A cell that a person corrected stays
corrected until a file says something *new* about that cell: next week's file repeats the old value, it does not insist.
So a batch can be taken out again at any time, and the rest still tells the record.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Column, Connection, Select, delete, select, update

from liaison.fieldwork.kind import RecordKind, Values
from liaison.store.tables import history

SAME = "="  # an import repeated what the import before it said of this record
CHUNK = 500
MISSING = object()


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


def in_chunks(keys: Sequence[str]) -> Iterator[Sequence[str]]:
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
    for kind, keys in touched.items():
        handed = [heir for part in in_chunks(keys) for heir in _heirs(conn, kind, part, batch_id)]
        for entry, heir in handed:
            conn.execute(delete(history).where(history.c.id == heir.id))
            belongs = {"batch_id": heir.batch_id, "actor": heir.actor, "at": heir.at}
            conn.execute(update(history).where(history.c.id == entry).values(belongs))
    conn.execute(delete(history).where(history.c.batch_id == batch_id))
    return touched


def _heirs(conn: Connection, kind: str, keys: Sequence[str], batch_id: str) -> list[tuple[int, Any]]:
    """(id of an entry of the batch, the first later entry of another batch that repeats it)."""
    statement = (
        select(
            history.c.id,
            history.c.key,
            history.c.batch_id,
            history.c.actor,
            history.c.at,
            history.c["values"].label("text"),
        )
        .where(history.c.kind == kind, history.c.key.in_(keys))
        .order_by(history.c.key, history.c.id)
    )
    found: list[tuple[int, Any]] = []
    entry: tuple[str, int] | None = None  # the batch's own entry that repeats are still about
    for row in conn.execute(statement):
        if entry and entry[0] != row.key:
            entry = None
        if row.text == SAME:
            if entry and row.batch_id != batch_id:
                found.append((entry[1], row))
                entry = None
        elif row.batch_id is not None or row.text is None:
            entry = (row.key, row.id) if row.batch_id == batch_id else None
    return found
