"""Who else goes, or went, to a practice within a week: told before somebody goes, not after."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, select

from liaison.fieldwork.merges import final, standing
from liaison.fieldwork.visits import standing_visit
from liaison.planning.stored.plans import PLANNED
from liaison.planning.stored.words import day_words
from liaison.store.tables import person, route_plan, route_stop
from liaison.vocabulary import Channel

WITHIN = timedelta(days=7)


@dataclass(frozen=True)
class Clash:
    """A visit of another, or one's own of the same day (`own`); `planned`: it stands on a route."""

    practice_id: str
    on: date
    who: str
    own: bool = False
    planned: bool = False
    channel: str | None = None

    @property
    def says(self) -> str:
        if self.own:
            return f"You logged a visit here on {day_words(self.on)} already."
        if self.planned:
            return f"{self.who} plans to come on {day_words(self.on)}."
        how = f" ({Channel(self.channel).label.lower()})" if self.channel else ""
        return f"{self.who} logged a visit here on {day_words(self.on)}{how}."


def clashes(conn: Connection, practice_ids: Iterable[str], person_id: str, on: date) -> dict[str, list[Clash]]:
    """Practice id -> visits and planned stops of others within a week of a day, and own visits of that day; the
    earliest first. Merged practices count as what they became; practices without any are not in it."""
    into = standing(conn, "practice")
    wanted = {final(into, each): each for each in practice_ids}
    ids = [*wanted, *(each for each in into if final(into, each) in wanted)]
    first, last = (on - WITHIN).isoformat(), (on + WITHIN).isoformat()
    found: dict[str, list[Clash]] = {}
    for clash in [*_logged(conn, ids, person_id, on, first, last), *_planned(conn, ids, person_id, first, last)]:
        found.setdefault(wanted[final(into, clash.practice_id)], []).append(clash)
    return {place: sorted(told, key=lambda each: each.on) for place, told in found.items()}


def _logged(conn: Connection, ids: list[str], me: str, on: date, first: str, last: str) -> list[Clash]:
    v = standing_visit.c
    statement = (
        select(v.practice_id, v.person_id, v.date, v.channel, person.c.name)
        .select_from(standing_visit.outerjoin(person, person.c.key == v.person_id))
        .where(v.practice_id.in_(ids), v.date.between(first, last))
        .where((v.person_id != me) | (v.date == on.isoformat()))
    )
    return [
        Clash(
            row["practice_id"],
            date.fromisoformat(row["date"]),
            _name(row),
            row["person_id"] == me,
            channel=row["channel"],
        )
        for row in conn.execute(statement).mappings()
    ]


def _planned(conn: Connection, ids: list[str], me: str, first: str, last: str) -> list[Clash]:
    joined = route_stop.join(route_plan, route_plan.c.plan_id == route_stop.c.plan_id)
    joined = joined.outerjoin(person, person.c.key == route_plan.c.person_id)
    statement = (
        select(route_stop.c.practice_id, route_plan.c.person_id, route_stop.c.date, person.c.name)
        .select_from(joined)
        .where(route_stop.c.practice_id.in_(ids), route_stop.c.state == PLANNED, route_plan.c.person_id != me)
        .where(route_stop.c.date.between(first, last))
    )
    return [
        Clash(row["practice_id"], date.fromisoformat(row["date"]), _name(row), planned=True)
        for row in conn.execute(statement).mappings()
    ]


def _name(row: Mapping[Any, Any]) -> str:
    return str(row["name"] or row["person_id"])
