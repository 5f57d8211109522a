"""The record of looks at single referrals: who, when, which list, how many rows. Never which referrals."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Engine, insert, select

from liaison.access.viewer import Viewer
from liaison.store import reading, writing
from liaison.store.tables import audit

NEWEST = 200


class Action(StrEnum):
    """What was done with a list: shown on a page, downloaded from it, printed by a command."""

    looked = "looked"
    downloaded = "downloaded"
    printed = "printed"


@dataclass(frozen=True)
class Entry:
    """One look. `filters`: name -> value, as the reader had cut the list; `listed` of `total` rows were shown."""

    at: str
    actor: str
    action: Action
    what: str
    filters: Mapping[str, str]
    listed: int
    total: int


@dataclass(frozen=True)
class Entries:
    """The newest looks, newest first."""

    entries: tuple[Entry, ...]

    def as_json(self) -> dict[str, Any]:
        return {"entries": [asdict(entry) for entry in self.entries]}


def record(
    store: Engine, viewer: Viewer, action: Action, what: str, filters: Mapping[str, str], listed: int, total: int
) -> None:
    """Write a look down, before the rows are shown: a look that cannot be written is not given."""
    row = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "actor": viewer.name,
        "action": action.value,
        "what": what,
        "filters": json.dumps(dict(filters), ensure_ascii=False, sort_keys=True),
        "listed": listed,
        "total": total,
    }
    with writing(store) as connection:
        connection.execute(insert(audit).values(**row))


def entries(store: Engine, first: str | None = None, last: str | None = None, limit: int = NEWEST) -> Entries:
    """The newest looks; `first` and `last` are days (YYYY-MM-DD, UTC, both included)."""
    rows = select(audit).order_by(audit.c.id.desc()).limit(limit)
    if first:
        rows = rows.where(audit.c.at >= first)
    if last:
        after = date.fromisoformat(last) + timedelta(days=1)
        rows = rows.where(audit.c.at < after.isoformat())
    with reading(store) as connection:
        found = connection.execute(rows).mappings().all()
    return Entries(
        tuple(
            Entry(
                r["at"],
                r["actor"],
                Action(r["action"]),
                r["what"],
                json.loads(r["filters"]),
                r["listed"],
                r["total"],
            )
            for r in found
        )
    )
