"""The next quarter of the calendar from what stands on record: visits needed and available, plans made, goals, and
what the measured curve says of as many visits.

Capacity is the arithmetic of `staffing`, a quarter of its year. The curve speaks of practices that the estimate
measures, and only within the numbers of visits that its quarters held: beyond them the nearest of these is asked.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, func, select

from liaison.config import Settings
from liaison.fieldwork.due import visits_since
from liaison.models.effect.what_if import Curve, WhatIf, what_if
from liaison.models.effect.what_if_money import WhatIfMoney, lines_and_cost, what_if_money
from liaison.planning.enough import asked_on
from liaison.planning.goals import Progress
from liaison.planning.staffing import made_at
from liaison.planning.stored.plans import PLANNED
from liaison.store.tables import route_plan, route_stop

MONTHS, PARTS = 3, 4  # of a quarter; quarters of a year
LATELY = 91  # days that the team's pace is told by


@dataclass(frozen=True)
class Capacity:
    """Visits of a quarter: `available` to so many `liaisons`, `needed`, `made` of these, and of those `measured`: at
    practices that the estimate measures. `assumed`: sentences, each with its source."""

    liaisons: int
    available: float
    needed: float
    made: float
    measured: int
    assumed: tuple[str, ...]

    @property
    def enough(self) -> bool:
        return round(self.available) >= round(self.needed)


@dataclass(frozen=True)
class Quarter:
    """`first`, `last`: month ids. `lately`: visits in person in the last 91 days. `planned`: stops that stand in plans
    for its days, of so many `weeks`. `capacity`: None where nobody has practices. `more`: as many visits as `capacity`
    measures, or the nearest number that the curve holds; None where there is no curve. `money`: what those are worth,
    None where nothing says so, and `lacks` tells what is missing."""

    first: int
    last: int
    lately: int
    planned: int
    weeks: int
    capacity: Capacity | None
    goals: tuple[Progress, ...]
    more: WhatIf | None
    money: WhatIfMoney | None
    lacks: str

    @property
    def held_back(self) -> bool:
        """Whether the curve was asked for fewer, or more, visits than there would be."""
        return self.more is not None and self.capacity is not None and self.more.visits != self.capacity.measured


def next_quarter(
    connection: Connection,
    settings: Settings,
    today: str,
    told: Mapping[str, Any],
    curve: Mapping[str, Any] | None,
    goals: Sequence[Progress],
) -> Quarter:
    """As it stands on an ISO day. `told`: the estimate as stored; `curve`: what one visit brings, as stored."""
    day = date.fromisoformat(today)
    first = _begins(day)
    planned, weeks = _planned(connection, first)
    covered = told["covered"]["practices"] if told["verdict"] == "estimate" else ()
    capacity = _capacity(connection, settings, day, covered)
    more = money = None
    if curve is not None and capacity is not None:
        of = Curve.of_json(curve)
        more = what_if(of, min(max(capacity.measured, of.fewest), of.most))
        money = what_if_money(more, *lines_and_cost(told["money"])) if told["money"] else None
    since = (day - timedelta(days=LATELY)).isoformat()
    years = {day.year, first // 12}
    return Quarter(
        first,
        first + MONTHS - 1,
        sum(visits_since(connection, since).values()),
        planned,
        weeks,
        capacity,
        tuple(goal for goal in goals if goal.year in years),
        more,
        money,
        "" if money is not None else " ".join(told["money_notes"]),
    )


def _begins(day: date) -> int:
    """Month id in which the next quarter of the calendar begins."""
    this = day.year * 12 + day.month - 1
    return this + MONTHS - this % MONTHS


def _capacity(connection: Connection, settings: Settings, day: date, covered: Collection[str]) -> Capacity | None:
    asked = asked_on(connection, settings, day)
    if asked is None:
        return None
    available = asked.liaisons * asked.assumed.visits
    made = made_at(asked.wants, available)
    measured = sum(visits for practice, visits in made.items() if practice in set(covered))
    return Capacity(
        asked.liaisons,
        available / PARTS,
        sum(wants.visits for wants in asked.wants) / PARTS,
        sum(made.values()) / PARTS,
        round(measured / PARTS),
        asked.assumed.says,
    )


def _planned(connection: Connection, first: int) -> tuple[int, int]:
    """Stops that stand in plans for days of the quarter, and the weeks that they are in."""
    begins, ends = date(first // 12, first % 12 + 1, 1), date((first + MONTHS) // 12, (first + MONTHS) % 12 + 1, 1)
    inside = (route_stop.c.state == PLANNED) & (route_stop.c.date >= begins.isoformat())
    inside &= route_stop.c.date < ends.isoformat()
    joined = route_stop.join(route_plan, route_plan.c.plan_id == route_stop.c.plan_id)
    wanted = select(func.count(), func.count(route_plan.c.week.distinct())).select_from(joined).where(inside)
    stops, weeks = connection.execute(wanted).one()
    return int(stops), int(weeks)


def plans_stamp(connection: Connection) -> tuple[int, int]:
    """Two numbers of which one changes with every change of a plan."""
    many, revisions = connection.execute(select(func.count(), func.sum(route_plan.c.revision))).one()
    return int(many), int(revisions or 0)
