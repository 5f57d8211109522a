"""The week of a whole team: each liaison's days side by side, and what does not fit together."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from liaison.fieldwork.syntax import DAYS
from liaison.metrics.findings.week_board import Told, week_headline
from liaison.planning.problem import in_minutes
from liaison.planning.stored.plans import StoredPlan
from liaison.planning.stored.words import day_words


@dataclass(frozen=True)
class BoardDay:
    """A day of one liaison. `working`, `driving`: hundredths of a minute at practices and on the road; `works`: by
    their record; `conflicts`: what cannot be kept, in sentences."""

    date: date
    stops: int = 0
    working: int = 0
    driving: int = 0
    works: bool = True
    off: bool = False
    locked: bool = False
    conflicts: tuple[str, ...] = ()


@dataclass(frozen=True)
class BoardRow:
    """A liaison's week; without a plan its days are empty. `value`: expected referrals by how due each practice is, of
    what is planned and of what could be seen and is not; `conflicts`: those of no single day."""

    person_id: str
    planned: bool
    days: tuple[BoardDay, ...]
    value: float = 0.0
    value_left: float = 0.0
    left_out: int = 0
    conflicts: tuple[str, ...] = ()

    @property
    def stops(self) -> int:
        return sum(day.stops for day in self.days)

    @property
    def working(self) -> int:
        return sum(day.working for day in self.days)

    @property
    def driving(self) -> int:
        return sum(day.driving for day in self.days)

    @property
    def coverage(self) -> float | None:
        """Of the practices that could be seen this week, the share that is planned; None without a plan."""
        could = self.stops + self.left_out
        return self.stops / could if self.planned and could else None

    @property
    def all_conflicts(self) -> tuple[tuple[date | None, str], ...]:
        """(day, sentence); None where it is of the whole week."""
        own = [(day.date, said) for day in self.days for said in day.conflicts]
        return (*((None, said) for said in self.conflicts), *own)

    def as_json(self) -> dict[str, Any]:
        return {
            "liaison": self.person_id,
            "planned": self.planned,
            "stops": self.stops,
            "left_out": self.left_out,
            "coverage": self.coverage,
            "value": round(self.value, 4),
            "value_left": round(self.value_left, 4),
            "days": [_day_json(day) for day in self.days],
            "conflicts": list(self.conflicts),
        }


@dataclass(frozen=True)
class Board:
    """`twice`: practice -> who all plan to go there this week."""

    week: date
    rows: tuple[BoardRow, ...]
    twice: Mapping[str, tuple[str, ...]]

    @property
    def dates(self) -> tuple[date, ...]:
        """Monday to Friday, and each day of a weekend on which somebody works or goes out."""
        every = [self.week + timedelta(days=n) for n in range(7)]
        busy = {day.date for row in self.rows for day in row.days if day.works or day.stops}
        return tuple(day for day in every if day.weekday() < 5 or day in busy)

    def says(self, names: Mapping[str, str]) -> str:
        """The week in one sentence; `names`: person -> what people call them."""
        told = Told(
            sum(row.stops for row in self.rows),
            sum(row.stops + row.left_out for row in self.rows),
            sum(row.planned for row in self.rows),
            [names.get(row.person_id, row.person_id) for row in self.rows if not row.planned],
            len(self.twice),
            sum(len(row.all_conflicts) for row in self.rows),
        )
        return week_headline(day_words(self.week), told)

    def as_json(self) -> dict[str, Any]:
        return {
            "week": self.week.isoformat(),
            "rows": [row.as_json() for row in self.rows],
            "twice": [{"id": id_, "liaisons": list(who)} for id_, who in self.twice.items()],
        }


def board(week: date, plans: Mapping[str, StoredPlan | None], works: Mapping[str, Collection[str]]) -> Board:
    """Side by side, in the order of `plans`. `works`: person -> the days of the week on which they work, such as Mo."""
    rows = tuple(_row(week, person, plan, works.get(person, DAYS[:5])) for person, plan in plans.items())
    return Board(week, rows, _twice([plan for plan in plans.values() if plan is not None]))


def _row(week: date, person: str, plan: StoredPlan | None, works: Collection[str]) -> BoardRow:
    dates = [week + timedelta(days=n) for n in range(7)]
    if plan is None:
        return BoardRow(person, False, tuple(BoardDay(on, works=DAYS[on.weekday()] in works) for on in dates))
    left = [one for one in plan.left_out if one.value > 0]
    return BoardRow(
        person,
        True,
        tuple(_day(plan, on, DAYS[on.weekday()] in works) for on in dates),
        plan.value,
        sum(one.value for one in left),
        len(left),
        tuple(plan.papers.get("conflicts", ())),
    )


def _day(plan: StoredPlan, on: date, works: bool) -> BoardDay:
    known, stops = plan.day(on), plan.of(on)
    if known is None:
        return BoardDay(on, works=works)
    working = sum(stop.depart - stop.arrive for stop in stops)
    return BoardDay(on, len(stops), working, known.driving, works, known.off, known.locked, known.conflicts)


def _twice(plans: Sequence[StoredPlan]) -> dict[str, tuple[str, ...]]:
    who: dict[str, list[str]] = {}
    for plan in plans:
        for stop in plan.made:
            who.setdefault(stop.practice_id, []).append(plan.person_id)
    return {id_: tuple(people) for id_, people in sorted(who.items()) if len(set(people)) > 1}


def _day_json(day: BoardDay) -> dict[str, Any]:
    return {
        "date": day.date.isoformat(),
        "stops": day.stops,
        "at_practices": in_minutes(day.working),
        "minutes": in_minutes(day.driving),
        "works": day.works,
        "off": day.off,
        "locked": day.locked,
        "conflicts": list(day.conflicts),
    }
