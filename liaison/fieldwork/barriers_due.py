"""Barriers that still want something: those that are open, and those that were solved and not told to the practice."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, select

from liaison.fieldwork.merges import final, standing
from liaison.fieldwork.names import names_in
from liaison.store.tables import barrier, person, practice
from liaison.vocabulary import BarrierKind


@dataclass(frozen=True)
class BarrierDue:
    """Days are ISO text; `who`: the owner's name, blank without one; `version`: what a change of it is saved over."""

    barrier_id: str
    practice_id: str | None
    practice: str
    kind: str
    what: str
    department: str | None
    owner: str | None
    who: str
    raised_on: str
    due_on: str | None
    resolved_on: str | None
    resolution: str | None
    version: int

    @property
    def open(self) -> bool:
        return self.resolved_on is None

    @property
    def wants_by(self) -> str | None:
        """By when somebody has to act: its due day while it is open, the day it was solved once it is."""
        return self.due_on if self.open else self.resolved_on

    def days(self, today: str) -> int:
        """Days since it was raised."""
        return _days(self.raised_on, today)

    def late(self, today: str) -> int:
        """Days since its owner was to act; 0 where it is not late, or has no due day."""
        by = self.wants_by
        return max(0, _days(by, today)) if by else 0

    def says(self, today: str) -> str:
        """'“Fax is down”, open 34 days, Maya, 3 days overdue'."""
        days = self.days(today)
        said = [f"“{self.what}”"]
        if self.open:
            said.append("raised today" if days <= 0 else f"open {days:,} day{'' if days == 1 else 's'}")
        else:
            said.append("solved, they have not been told")
        said += [self.who] if self.who else ["no owner"]
        late = self.late(today)
        said += [f"{late:,} day{'' if late == 1 else 's'} overdue"] if late and self.open else []
        return ", ".join(said)

    def as_json(self, today: str) -> dict[str, Any]:
        plain = {name: value for name, value in asdict(self).items() if name != "version"}
        return {**plain, "days": self.days(today), "days_overdue": self.late(today) if self.open else 0}


def barriers_due(conn: Connection, practice_ids: Collection[str] | None = None) -> tuple[BarrierDue, ...]:
    """Of these practices or of all, the longest open first. Merged practices count as what they became."""
    into, b = standing(conn, "practice"), barrier.c
    names = ("barrier_id", "practice_id", "npi", "kind", "what", "department", "owner", "raised_on", "due_on")
    columns = [b[name] for name in (*names, "resolved_on", "resolution", "version")]
    wanted = (
        select(*columns, func.coalesce(person.c.name, b.owner, "").label("who"))
        .select_from(barrier.outerjoin(person, person.c.key == b.owner))
        .where(b.voided.is_(None), b.loop_closed_on.is_(None))
        .order_by(b.raised_on, b.barrier_id)
    )
    if practice_ids is not None:
        ids = [*practice_ids, *(each for each in into if final(into, each) in practice_ids)]
        wanted = wanted.where(b.practice_id.in_(ids))
    called = names_in(conn, practice)
    found = []
    for row in conn.execute(wanted).mappings():
        values = {str(name): value for name, value in row.items() if name != "npi"}
        kept = final(into, row["practice_id"]) if row["practice_id"] else None
        name = called.get(kept, kept) if kept else f"NPI {row['npi']}"
        found.append(BarrierDue(**{**values, "practice_id": kept, "practice": str(name)}))
    return tuple(found)


def kind_words(kind: str) -> str:
    """What people call a kind of barrier."""
    return BarrierKind(kind).label


def _days(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days
