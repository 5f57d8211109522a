"""A liaison's day and week: the planned stops beside what else is to be done, in one list."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection

from liaison.errors import LiaisonError
from liaison.fieldwork.agenda import Group, Item, What, agenda, in_order
from liaison.fieldwork.names import names_in
from liaison.fieldwork.panels import panels
from liaison.metrics.findings.my_day import my_day_headline
from liaison.planning.problem import at_clock
from liaison.planning.stored.plans import DONE, monday, stored_plan
from liaison.planning.stored.words import day_words
from liaison.store.tables import practice
from liaison.vocabulary import Purpose


@dataclass(frozen=True)
class MyDay:
    """`items`: in the order of urgency, from what is late to the ISO day `last`."""

    person_id: str
    name: str
    today: str
    last: str
    items: tuple[Item, ...]

    def of(self, group: Group) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.group(self.today) is group)

    @property
    def week(self) -> bool:
        return self.last > self.today

    @property
    def headline(self) -> str:
        stops = [item for item in self.items if item.what is What.stop and not item.done]
        owed = (What.task, What.promise, What.barrier, What.told)
        late = sum(1 for item in self.of(Group.late) if item.what in owed)
        due = [*self.of(Group.today), *(self.of(Group.ahead) if self.week else ())]
        visits = sum(1 for item in self.of(Group.visits) if item.late)
        first = stops[0].at if stops else None
        many = sum(1 for item in due if item.what in owed)
        return my_day_headline(len(stops), first, late, many, visits, week=self.week)

    def as_json(self) -> dict[str, Any]:
        items = [item.as_json(self.today) for item in self.items]
        head = {"liaison": self.person_id, "name": self.name, "from": self.today, "to": self.last}
        return {**head, "headline": self.headline, "rows": items}


def my_day(conn: Connection, person_id: str, today: str, last: str) -> MyDay:
    """One person's list from an ISO day to another. LiaisonError for somebody who is not of the team."""
    whose = panels(conn, today)
    if person_id not in whose.team:
        raise LiaisonError(f"There is no person {person_id} in the team.", remedy="Choose one of the team.")
    stops = _stops(conn, person_id, today, last)
    rest = agenda(conn, person_id, whose, today, last)
    told = [_owed(stop, rest, today) for stop in stops]
    due = {stop.practice_id for stop in stops if stop.on == today}
    left = [_with_plan(item, stops) for item in rest if item.what is not What.visit or item.practice_id not in due]
    return MyDay(person_id, whose.team[person_id], today, last, in_order([*told, *left], today))


def week_end(today: str) -> str:
    """The Sunday of an ISO day's week."""
    return (monday(date.fromisoformat(today)) + timedelta(days=6)).isoformat()


def _stops(conn: Connection, person_id: str, today: str, last: str) -> list[Item]:
    """Of today and the days up to `last`, done ones too; merged practices under the name they were planned by."""
    names, found = names_in(conn, practice), []
    first, end = date.fromisoformat(today), date.fromisoformat(last)
    for week in sorted({monday(first + timedelta(days=n)) for n in range((end - first).days + 1)}):
        plan = stored_plan(conn, person_id, week)
        for stop in plan.stops if plan else ():
            if stop.date is None or not first <= stop.date <= end or stop not in plan.of(stop.date):  # type: ignore[union-attr]
                continue
            item = Item(
                *(What.stop, Purpose(stop.purpose).label, stop.date.isoformat(), 0, stop.practice_id),
                names.get(stop.practice_id, stop.practice_id),
                at=at_clock(stop.arrive),
                key=stop.stop_id,
                done=stop.state == DONE,
            )
            found.append(item)
    return found


def _owed(stop: Item, rest: Iterable[Item], today: str) -> Item:
    """A stop of today says what is due there: its cadence, which then has no line of its own, and a late promise."""
    own = [item for item in rest if item.practice_id == stop.practice_id and stop.on == today]
    said = [item.title for item in own if item.what is What.visit and item.late]
    said += [f"promised: {item.title}" for item in own if item.what is What.promise and item.late]
    return replace(stop, beside=", ".join(said))


def _with_plan(item: Item, stops: list[Item]) -> Item:
    """A visit that is late says when it is planned, where it is."""
    planned = next((s for s in stops if s.practice_id == item.practice_id and not s.done), None)
    if item.what is not What.visit or planned is None or planned.on is None:
        return item
    when = f"planned {day_words(date.fromisoformat(planned.on))}"
    return replace(item, beside=", ".join(part for part in (item.beside, when) if part))
