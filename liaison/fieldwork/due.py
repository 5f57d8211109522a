"""What is due at practices: days since the last visit, a visit that is late by its own frequency, a promise not kept.

For the few practices that a page shows: point lookups through the index of visits.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, or_, select

from liaison.fieldwork.merges import final, standing
from liaison.fieldwork.visits import standing_visit
from liaison.store.tables import practice
from liaison.vocabulary import Channel

EVERY = {"weekly": 7, "fortnightly": 14, "monthly": 31, "quarterly": 92}  # days that may lie between two visits
IN_PERSON = (Channel.in_person.value, None)


@dataclass(frozen=True)
class Due:
    """`days`: since the newest visit in person, None where there is none; `overdue`: what is late, in words."""

    town: str
    days: int | None
    overdue: tuple[str, ...]

    @property
    def seen(self) -> str:
        """'seen 74 days ago'."""
        if self.days is None:
            return "no visit on record"
        if self.days <= 0:
            return "seen today"
        return "seen yesterday" if self.days == 1 else f"seen {self.days:,} days ago"


@dataclass(frozen=True)
class _Last:
    """The newest touch that named a next step, and the step as long as it is not kept (`promises`)."""

    day: str = ""
    promise: str | None = None
    promised_for: str | None = None


def due(conn: Connection, practice_ids: Sequence[str], today: str) -> dict[str, Due]:
    """Practice id -> what is due on an ISO day, visits to merged practices included."""
    ids = list(practice_ids)
    merged = standing(conn, "practice")
    into = {each: kept for each in merged if (kept := final(merged, each)) in ids}
    wanted = select(practice.c.practice_id, practice.c.city, practice.c.frequency)
    known = {id_: (city, every) for id_, city, every in conn.execute(wanted.where(practice.c.practice_id.in_(ids)))}
    v = standing_visit.c
    columns = (v.practice_id, v.date, v.channel, v.next_step, v.next_step_on, v.next_step_done_on)
    touches = select(*columns).where(v.practice_id.in_([*ids, *into]), v.date <= today)
    seen: dict[str, str] = {}
    last: dict[str, _Last] = {}
    for place, day, channel, promise, promised_for, kept_on in conn.execute(touches):
        kept = into.get(place, place)
        if channel in IN_PERSON and day > seen.get(kept, ""):
            seen[kept] = day
        if promise and day > last.get(kept, _Last()).day:
            last[kept] = _Last(day, None if kept_on else promise, promised_for)
    return {each: _due(known.get(each), seen.get(each), last.get(each, _Last()), today) for each in ids}


def _due(known: tuple[str | None, str | None] | None, seen: str | None, last: _Last, today: str) -> Due:
    town, frequency = known or (None, None)
    days = (date.fromisoformat(today) - date.fromisoformat(seen)).days if seen else None
    said = []
    every = EVERY.get(frequency or "")
    if every and frequency and days is not None and days > every:
        late = days - every
        said.append(f"{frequency.capitalize()} visit {late:,} {'day' if late == 1 else 'days'} late")
    if last.promise and last.promised_for and last.promised_for < today:
        when = date.fromisoformat(last.promised_for)
        said.append(f"Promised for {when.day} {when:%b}: {last.promise[:1].lower()}{last.promise[1:]}")
    return Due(town or "", days, tuple(said))


def touches_of_all(conn: Connection) -> dict[str, list[str]]:
    """Practice id -> ISO days of its touches of any kind; merged ids count as what they became."""
    merged = standing(conn, "practice")
    found: dict[str, list[str]] = {}
    rows = select(standing_visit.c.practice_id, standing_visit.c.date).where(standing_visit.c.practice_id.is_not(None))
    for practice_id, day in conn.execute(rows):
        found.setdefault(final(merged, str(practice_id)), []).append(str(day))
    return found


def visits_since(conn: Connection, first: str) -> dict[str, int]:
    """Practice id -> visits in person from an ISO day on; merged ids count as what they became."""
    merged = standing(conn, "practice")
    met = or_(standing_visit.c.channel.is_(None), standing_visit.c.channel == Channel.in_person.value)
    rows = (
        select(standing_visit.c.practice_id, func.count())
        .where(standing_visit.c.practice_id.is_not(None), standing_visit.c.date >= first, met)
        .group_by(standing_visit.c.practice_id)
    )
    found: dict[str, int] = {}
    for practice_id, many in conn.execute(rows):
        kept = final(merged, str(practice_id))
        found[kept] = found.get(kept, 0) + int(many)
    return found
