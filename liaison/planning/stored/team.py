"""The team: who is covered and what is owed, by liaison in the order of names. No count of visits ranks anybody."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, or_, select

from liaison.fieldwork.barriers_due import BarrierDue, barriers_due
from liaison.fieldwork.cadence import Cadence, cadences
from liaison.fieldwork.channels import Touches, touches
from liaison.fieldwork.names import names_in
from liaison.fieldwork.panels import Panels, panels
from liaison.fieldwork.promises import Promise, open_promises
from liaison.fieldwork.visits import standing_visit
from liaison.metrics.findings.my_day import team_headline
from liaison.planning.stored.plans import DONE, PLANNED
from liaison.store.tables import practice, route_plan, route_stop
from liaison.vocabulary import Channel

WEEKS = 4  # whole weeks before this one, of which the plan is looked back on
AGES = (("up to 14 days", 14), ("15 to 30 days", 30), ("over 30 days", 10_000))  # of an open barrier


@dataclass(frozen=True)
class Kept:
    """A part of a whole, with the words for what they are and over which days."""

    part: int
    of: int
    window: str

    @property
    def share(self) -> float | None:
        return self.part / self.of if self.of else None

    def __str__(self) -> str:
        return f"{self.part:,} of {self.of:,}" if self.of else "none"

    def as_json(self) -> dict[str, Any]:
        return {"numerator": self.part, "denominator": self.of, "value": self.share, "window": self.window}


@dataclass(frozen=True)
class Member:
    """One liaison. `coverage`: practices of the panel that were seen in their cadence, of those that have one;
    `plan`: planned stops that were made in their week, of those planned for days that are past.
    """

    person_id: str
    name: str
    panel: int
    coverage: Kept
    overdue: tuple[Cadence, ...]
    never: tuple[Cadence, ...]
    promises: tuple[Promise, ...]
    barriers: tuple[BarrierDue, ...]
    plan: Kept

    def late(self, today: str) -> int:
        """Promises whose day is over."""
        return sum(1 for one in self.promises if one.late(today))

    def ages(self, today: str) -> dict[str, int]:
        """How long its open barriers have been open -> how many."""
        found = dict.fromkeys((words for words, _ in AGES), 0)
        for one in self.barriers:
            if one.open:
                found[next(words for words, most in AGES if one.days(today) <= most)] += 1
        return found

    @property
    def untold(self) -> int:
        """Solved barriers of which the practice has not heard."""
        return sum(1 for one in self.barriers if not one.open)

    def as_json(self, today: str) -> dict[str, Any]:
        return {
            "person_id": self.person_id,
            "name": self.name,
            "panel": self.panel,
            "coverage": self.coverage.as_json(),
            "overdue": [{**one.as_json(), "days_late": one.late(today)} for one in self.overdue],
            "never_seen": [one.practice_id for one in self.never],
            "promises_open": len(self.promises),
            "promises_late": self.late(today),
            "barriers_open": self.ages(today),
            "barriers_untold": self.untold,
            "plan_kept": self.plan.as_json(),
        }


@dataclass(frozen=True)
class Team:
    """`members` by name; `nobodys`: practices with a cadence that nobody is assigned to; `names`: of practices."""

    today: str
    members: tuple[Member, ...]
    nobodys: tuple[Cadence, ...]
    touches: Touches
    names: dict[str, str]

    @property
    def headline(self) -> str:
        seen, of = (sum(getattr(m.coverage, name) for m in self.members) for name in ("part", "of"))
        late = sum(m.late(self.today) for m in self.members)
        return team_headline(seen, of, late, sum(sum(m.ages(self.today).values()) for m in self.members))

    def as_json(self) -> dict[str, Any]:
        members = [member.as_json(self.today) for member in self.members]
        nobodys = [one.practice_id for one in self.nobodys]
        channels = self.touches.as_json()
        return {"day": self.today, "headline": self.headline, "rows": members, "nobodys": nobodys, "touches": channels}


def team(conn: Connection, today: str) -> Team:
    """As it stands on an ISO day."""
    whose = panels(conn, today)
    every, promises, barriers = cadences(conn, today), open_promises(conn), barriers_due(conn)
    plans = _plans(conn, today)
    members = [
        _member(who, name, whose, today, every=every, promises=promises, barriers=barriers, plan=plans.get(who, (0, 0)))
        for who, name in whose.people.items()
    ]
    nobodys = tuple(one for one in every if not whose.of.get(one.practice_id))
    return Team(today, tuple(members), nobodys, touches(conn, today), names_in(conn, practice))


def _member(
    who: str,
    name: str,
    whose: Panels,
    today: str,
    *,
    every: Sequence[Cadence],
    promises: Iterable[Promise],
    barriers: Iterable[BarrierDue],
    plan: tuple[int, int],
) -> Member:
    mine = {practice_id for practice_id, people in whose.of.items() if who in people}
    own = [one for one in every if one.practice_id in mine]
    late = sorted((one for one in own if one.late(today)), key=lambda one: (-one.late(today), one.name))
    first, last = _weeks(today)
    return Member(
        who,
        name,
        len(mine),
        Kept(sum(1 for one in own if one.kept(today)), len(own), f"as of {today}"),
        tuple(late),
        tuple(one for one in own if one.last is None),
        tuple(one for one in promises if who in one.owed_by(whose.of)),
        tuple(one for one in barriers if one.owner == who),
        Kept(*plan, f"{first} to {last}"),
    )


def _weeks(today: str) -> tuple[str, str]:
    """The first and the last day of the whole weeks before this one."""
    day = date.fromisoformat(today)
    monday = day - timedelta(days=day.weekday())
    return (monday - timedelta(weeks=WEEKS)).isoformat(), (monday - timedelta(days=1)).isoformat()


def _plans(conn: Connection, today: str) -> dict[str, tuple[int, int]]:
    """Person id -> (planned stops that were made, planned stops). A stop is made where it is marked so, or where the
    person was at the practice in that week; one that was dropped by hand was planned no more.
    """
    first, last = _weeks(today)
    joined = route_stop.join(route_plan, route_plan.c.plan_id == route_stop.c.plan_id)
    columns = (route_plan.c.person_id, route_plan.c.week, route_stop.c.practice_id, route_stop.c.state)
    planned = select(*columns).select_from(joined)
    planned = planned.where(route_stop.c.state.in_([PLANNED, DONE]), route_stop.c.date.between(first, last))
    v = standing_visit.c
    met = or_(v.channel.is_(None), v.channel == Channel.in_person.value)
    rows = conn.execute(select(v.person_id, v.practice_id, v.date).where(v.date.between(first, last), met))
    were = {(row.person_id, _monday(row.date), row.practice_id) for row in rows}
    found: dict[str, tuple[int, int]] = {}
    for who, week, practice_id, state in conn.execute(planned):
        made, of = found.get(who, (0, 0))
        came = state == DONE or (who, week, practice_id) in were
        found[who] = (made + came, of + 1)
    return found


def _monday(day: str) -> str:
    when = date.fromisoformat(day)
    return (when - timedelta(days=when.weekday())).isoformat()
