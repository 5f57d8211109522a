"""From the store to the arithmetic of staffing: what practices need, what visits take, what a liaison costs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean

from sqlalchemy import Connection, func, select

from liaison.config import Settings
from liaison.fieldwork.due import IN_PERSON
from liaison.fieldwork.merges import standing
from liaison.fieldwork.panels import panels
from liaison.fieldwork.visits import standing_visit
from liaison.models.stored.runs import newest
from liaison.models.stored.worth import margins_each
from liaison.planning.problem import in_minutes
from liaison.planning.staffing import IN_FIELD, PUBLISHED_COST, PUBLISHED_SAYS, Assumed, Staffing, Wants, staffing
from liaison.planning.stored.plans import DONE, PLANNED
from liaison.planning.stored.workday import workday
from liaison.planning.territories.asked import day_minutes
from liaison.planning.territories.needs import LEAST_LOGGED, WEEKS, visits_wanted
from liaison.planning.travel.configured import roads
from liaison.store.tables import cost, person, practice, route_day, route_plan, route_stop
from liaison.vocabulary import CostKind

GAINS = "Gains are those of the list of next visits; a practice gains at most a visit's peak in all twelve months."
LEAST_DAYS = 10  # planned days that minutes of a visit are told from
NOTHING_KNOWN = 45.0  # minutes of a visit with its driving: an assumption where nothing is planned or logged
PAY = (CostKind.salary.value, CostKind.travel.value)


@dataclass(frozen=True)
class Given:
    """What somebody typed instead of what the store says; None: as the store says."""

    minutes: float | None = None
    in_field: float | None = None
    cost: float | None = None


@dataclass(frozen=True)
class Asked:
    """What the arithmetic is done with."""

    wants: Sequence[Wants]
    liaisons: int
    assumed: Assumed


def enough(connection: Connection, settings: Settings, today: date, given: Given | None = None) -> Staffing | None:
    """As things stand on a day; None where nobody has practices."""
    asked = asked_on(connection, settings, today, given)
    return None if asked is None else staffing(asked.wants, asked.liaisons, asked.assumed)


def asked_on(connection: Connection, settings: Settings, today: date, given: Given | None = None) -> Asked | None:
    """Needs and what is assumed as things stand on a day; None where nobody has practices."""
    typed = given or Given()
    whose = panels(connection, today.isoformat())
    if not whose.people:
        return None
    stored = newest(connection)
    rows = stored.by_practice if stored else {}
    each = margins_each(connection, stored.run.run_id) if stored else {}
    merged = standing(connection, "practice")
    columns = (practice.c.practice_id, practice.c.frequency, practice.c.do_not_visit)
    offices = [row for row in connection.execute(select(*columns)) if row.practice_id not in merged]
    never = {row.practice_id: "marked as not to be visited" for row in offices if row.do_not_visit}
    wanted = visits_wanted({row.practice_id: row.frequency for row in offices}, list(rows), never)
    wants = [
        Wants(p, v, row.gain, each.get(p, 0.0), row.months_added) if (row := rows.get(p)) else Wants(p, v, 0.0, 0.0)
        for p, v in wanted.visits.items()
    ]
    minutes, minutes_say = _minutes(connection, settings, today)
    hours, hours_say = _hours(connection, settings, whose.people)
    paid, paid_says = _cost(connection, today)
    listed = GAINS if stored else "No list of next visits has been made."
    assumed = Assumed(
        typed.minutes or minutes,
        hours,
        typed.in_field or IN_FIELD,
        paid if typed.cost is None else typed.cost,
        (
            wanted.says,
            f"{typed.minutes:g} minutes a visit, as typed." if typed.minutes else minutes_say,
            hours_say,
            f"{typed.in_field or IN_FIELD:.0%} of working hours go into visits and driving "
            f"({'as typed' if typed.in_field else 'an assumption'}).",
            f"One liaison costs ${typed.cost:,.0f} a year, as typed." if typed.cost is not None else paid_says,
            listed,
        ),
    )
    return Asked(wants, len(whose.people), assumed)


def _minutes(connection: Connection, settings: Settings, today: date) -> tuple[float, str]:
    """Of a visit with its driving: by planned days, else by what was logged, else as assumed."""
    days = connection.execute(
        select(route_day.c.plan_id, route_day.c.date, route_day.c.driving).where(route_day.c.driving > 0)
    ).all()
    made = route_stop.c.state.in_([PLANNED, DONE])
    stops = select(func.count(), func.sum(route_stop.c.depart - route_stop.c.arrive)).where(made)
    many, inside = connection.execute(
        stops.join_from(route_stop, route_plan, route_stop.c.plan_id == route_plan.c.plan_id)
    ).one()
    if len(days) >= LEAST_DAYS and many:
        minutes = in_minutes(int(inside) + sum(day.driving for day in days)) / many
        return minutes, f"{minutes:.0f} minutes a visit with its driving, by {len(days):,} planned days."
    since = (today - timedelta(days=365)).isoformat()
    logged = select(standing_visit.c.minutes, standing_visit.c.miles, standing_visit.c.channel).where(
        standing_visit.c.date >= since
    )
    rows = [r for r in connection.execute(logged) if r.channel in IN_PERSON and r.minutes and r.miles is not None]
    if len(rows) >= LEAST_LOGGED:
        drive = fmean(roads(settings).driven(r.miles) for r in rows)
        minutes = fmean(r.minutes for r in rows) + drive
        return minutes, (
            f"{minutes:.0f} minutes a visit with its driving, by {len(rows):,} visits logged with minutes and miles in "
            "the last year; miles at the estimate's speeds."
        )
    return NOTHING_KNOWN, f"{NOTHING_KNOWN:g} minutes a visit with its driving (an assumption: too few are logged)."


def _hours(connection: Connection, settings: Settings, people: Mapping[str, str]) -> tuple[float, str]:
    """Of one liaison in a year, by the mean of those who have practices."""
    names = ("person_id", "works_from", "works_to", "days")
    weekly = []
    for row in connection.execute(select(*(person.c[name] for name in names))):
        if row.person_id in people:
            works = workday(settings, row.works_from, row.works_to, row.days)
            weekly.append(len(works.days) * day_minutes(works) / 60)
    mean = fmean(weekly)
    return mean * WEEKS, f"{mean:.1f} hours a week in {WEEKS} weeks a year, by the team's working days."


def _cost(connection: Connection, today: date) -> tuple[float, str]:
    """Of one liaison in a year: salary and travel of the last twelve months with any, by head; else the published."""
    month = func.max(cost.c.month)
    last = connection.scalar(select(month).where(cost.c.kind.in_(PAY), cost.c.person_id.is_not(None)))
    if last is None or last[:4] < str(today.year - 2):
        return PUBLISHED_COST, f"One liaison costs ${PUBLISHED_COST:,.0f} a year ({PUBLISHED_SAYS})."
    first = f"{int(last[:4]) - 1}{last[4:]}"
    inside = (cost.c.month > first) & (cost.c.month <= last) & cost.c.kind.in_(PAY) & cost.c.person_id.is_not(None)
    row = connection.execute(
        select(
            func.sum(cost.c.amount), func.count(cost.c.person_id.distinct()), func.count(cost.c.month.distinct())
        ).where(inside)
    ).one()
    yearly = float(row[0]) / int(row[1]) * 12 / int(row[2])
    return yearly, (
        f"One liaison costs ${yearly:,.0f} a year: salary and travel on record to {last}, {int(row[2])} months, by "
        f"{int(row[1])} people."
    )
