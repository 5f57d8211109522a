"""Touches by channel: what was tried, what came of it, and which practices answer to what.

A touch was answered where something came of it: an outcome, or somebody who was met, is on record.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, case, func, or_, select

from liaison.fieldwork.merges import final, standing
from liaison.fieldwork.visits import standing_visit
from liaison.vocabulary import Channel

WINDOW = 365  # days
FAR = (Channel.virtual, Channel.phone, Channel.email)  # without being there


@dataclass(frozen=True)
class Tried:
    """Touches of one practice by one channel, and how many were answered."""

    touches: int = 0
    answered: int = 0

    def plus(self, touches: int, answered: int) -> "Tried":
        return Tried(self.touches + touches, self.answered + answered)


@dataclass(frozen=True)
class Touches:
    """`by_practice`: practice id -> channel -> what was tried between two ISO days, both included."""

    first: str
    last: str
    by_practice: Mapping[str, Mapping[Channel, Tried]]

    def of(self, channel: Channel) -> tuple[int, int, int, int]:
        """(touches, answered, practices, practices that answered)."""
        own = [tried[channel] for tried in self.by_practice.values() if channel in tried]
        touches, answered = (sum(getattr(one, name) for one in own) for name in ("touches", "answered"))
        return touches, answered, len(own), sum(1 for one in own if one.answered)

    def answers_to(self, practice_id: str) -> Channel | None:
        """The channel by which most touches of a practice were answered; None where none was."""
        own = self.by_practice.get(practice_id, {})
        best = max(own.items(), key=lambda each: (each[1].answered, -each[1].touches), default=None)
        return best[0] if best and best[1].answered else None

    def only_far(self) -> tuple[str, ...]:
        """Practices that were reached, and never by somebody being there."""
        return tuple(sorted(id_ for id_, own in self.by_practice.items() if all(channel in FAR for channel in own)))

    def as_json(self) -> dict[str, Any]:
        names = ("touches", "answered", "practices", "practices_that_answered")
        rows = [{"channel": channel.value, **dict(zip(names, self.of(channel), strict=True))} for channel in Channel]
        return {"from": self.first, "to": self.last, "rows": rows, "only_far": list(self.only_far())}


def touches(conn: Connection, today: str, days: int = WINDOW) -> Touches:
    """Of the days up to an ISO day; a contact without a channel is one in person. Merged ids are followed."""
    first = (date.fromisoformat(today) - timedelta(days=days - 1)).isoformat()
    v, into = standing_visit.c, standing(conn, "practice")
    came = or_(v.outcome.is_not(None), v.people_met.is_not(None))
    answered = func.sum(case((came, 1), else_=0)).label("answered")
    wanted = (
        select(v.practice_id, v.channel, func.count().label("touches"), answered)
        .where(v.practice_id.is_not(None), v.date.between(first, today))
        .group_by(v.practice_id, v.channel)
    )
    found: dict[str, dict[Channel, Tried]] = {}
    for practice_id, channel, many, came_of_it in conn.execute(wanted):
        own = found.setdefault(final(into, str(practice_id)), {})
        how = Channel(channel) if channel else Channel.in_person
        own[how] = own.get(how, Tried()).plus(int(many), int(came_of_it))
    return Touches(first, today, found)
