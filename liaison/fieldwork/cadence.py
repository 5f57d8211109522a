"""How often each practice wants to be seen in person (weekly to quarterly), and whether it was."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, func, or_, select

from liaison.fieldwork.due import EVERY
from liaison.fieldwork.merges import final, standing
from liaison.fieldwork.visits import standing_visit
from liaison.store.tables import practice
from liaison.vocabulary import Channel


@dataclass(frozen=True)
class Cadence:
    """A practice with a frequency. `last`: ISO day of the newest visit in person, None where there was none."""

    practice_id: str
    name: str
    town: str
    frequency: str
    last: str | None

    @property
    def due_on(self) -> str | None:
        """The last ISO day on which it is still seen in time; None where it was never seen."""
        if self.last is None:
            return None
        return (date.fromisoformat(self.last) + timedelta(days=EVERY[self.frequency])).isoformat()

    def late(self, today: str) -> int:
        """Days since it was due; 0 where it is in time, or was never seen."""
        due = self.due_on
        return max(0, (date.fromisoformat(today) - date.fromisoformat(due)).days) if due else 0

    def kept(self, today: str) -> bool:
        """Seen within its cadence on an ISO day."""
        due = self.due_on
        return due is not None and due >= today

    def as_json(self) -> dict[str, Any]:
        return {**self.__dict__, "due_on": self.due_on}


def cadences(conn: Connection, today: str, practice_ids: Collection[str] | None = None) -> tuple[Cadence, ...]:
    """Practices with a frequency that may be visited, of these or of all, by name. Merged ones count as what they
    became; the visits are those up to an ISO day.
    """
    into = standing(conn, "practice")
    columns = [practice.c[name] for name in ("practice_id", "name", "city", "frequency")]
    wanted = select(*columns).where(
        practice.c.frequency.in_(list(EVERY)), func.coalesce(practice.c.do_not_visit, False).is_(False)
    )
    known = [row for row in conn.execute(wanted) if row.practice_id not in into]
    if practice_ids is not None:
        known = [row for row in known if row.practice_id in practice_ids]
    last = last_in_person(conn, today)
    found = [
        Cadence(row.practice_id, row.name, row.city or "", row.frequency, last.get(row.practice_id)) for row in known
    ]
    return tuple(sorted(found, key=lambda each: (each.name, each.practice_id)))


def last_in_person(conn: Connection, today: str) -> dict[str, str]:
    """Practice id -> ISO day of the newest visit in person up to an ISO day; merged ids count as what they became."""
    v, into = standing_visit.c, standing(conn, "practice")
    met = or_(v.channel.is_(None), v.channel == Channel.in_person.value)
    rows = select(v.practice_id, func.max(v.date)).where(v.practice_id.is_not(None), v.date <= today, met)
    found: dict[str, str] = {}
    for practice_id, newest in conn.execute(rows.group_by(v.practice_id)):
        kept = final(into, str(practice_id))
        found[kept] = max(found.get(kept, ""), str(newest))
    return found
