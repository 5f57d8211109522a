"""A plan in the making: orders by day and what people fixed, and the problem that comes of both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from liaison.errors import LiaisonError
from liaison.planning.again import rest_of_day
from liaison.planning.plan import DayPlan, Plan
from liaison.planning.problem import HOUR, Day, Problem
from liaison.planning.search.arrays import arrays, ids, rows
from liaison.planning.search.greedy import greedy
from liaison.planning.search.solve import keepable, left_out_of
from liaison.planning.stored.asked import Asked
from liaison.planning.stored.plans import DONE, DROPPED, PLANNED, StoredDay, StoredPlan
from liaison.planning.timing import timed, timed_plan
from liaison.planning.wishes import Appointment, Wishes, wished


@dataclass(frozen=True)
class Wish:
    """What a person said of one practice: on this date, at this time, in any case, or not at all."""

    on: date | None = None
    pinned: bool = False
    added: bool = False
    agreed: int | None = None
    dropped: bool = False
    done: bool = False


@dataclass(frozen=True)
class Draft:
    """`orders`: date -> practices still to be seen, in order, of days from today on; `days`: what was said of each."""

    orders: Mapping[date, tuple[str, ...]]
    days: Mapping[date, StoredDay]
    wishes: Mapping[str, Wish]

    def wish(self, practice_id: str) -> Wish:
        return self.wishes.get(practice_id, Wish())

    def said(self, practice_id: str, **more: object) -> "Draft":
        """With more said of a practice."""
        wish = replace(self.wish(practice_id), **more)  # type: ignore[arg-type]
        return replace(self, wishes={**self.wishes, practice_id: wish})

    def where(self, practice_id: str) -> date | None:
        return next((on for on, order in self.orders.items() if practice_id in order), None)

    def ordered(self, on: date, order: Sequence[str]) -> "Draft":
        return replace(self, orders={**self.orders, on: tuple(order)})

    def without(self, practice_id: str) -> "Draft":
        orders = {on: tuple(one for one in order if one != practice_id) for on, order in self.orders.items()}
        return replace(self, orders=orders)

    def on_day(self, on: date, **more: object) -> "Draft":
        day = replace(self.days.get(on, StoredDay(on)), **more)  # type: ignore[arg-type]
        return replace(self, days={**self.days, on: day})

    @property
    def locked(self) -> list[date]:
        return [on for on, day in self.days.items() if day.locked]


def draft_of(plan: StoredPlan | None, of: Asked) -> Draft:
    """The plan as it stands, from today on; an empty one where there is none."""
    dates = [day.date for day in of.problem.days]
    if plan is None:
        return Draft(dict.fromkeys(dates, ()), {on: StoredDay(on) for on in dates}, {})
    orders = {on: tuple(s.practice_id for s in plan.of(on) if s.state == PLANNED) for on in dates}
    days = {on: plan.day(on) or StoredDay(on) for on in dates}
    wishes = {
        stop.practice_id: Wish(
            stop.date if stop.state in (PLANNED, DONE) else None,
            stop.pinned,
            stop.added,
            stop.agreed,
            stop.state == DROPPED,
            stop.state == DONE,
        )
        for stop in plan.stops
    }
    return Draft(orders, days, wishes)


def problem_of(draft: Draft, of: Asked) -> Problem:
    """What is left to plan: wishes said, who was seen or lies on a past day left away, today from where one stands."""
    dates = {day.date for day in of.problem.days}
    past = {id_ for id_, wish in draft.wishes.items() if wish.done or (wish.on is not None and _over(wish, dates))}
    out = {id_ for id_, wish in draft.wishes.items() if wish.dropped} | (
        past - {i for o in draft.orders.values() for i in o}
    )
    agreed = [
        Appointment(id_, wish.on, wish.agreed, of.person_id)
        for id_, wish in draft.wishes.items()
        if wish.agreed is not None and wish.on in dates and id_ in of.problem.row
    ]
    told = {one.stop for one in agreed}
    agreed += [
        Appointment(id_, on, at, of.person_id)
        for id_, (on, at) in of.fixed.agreed.items()
        if id_ not in told and on in dates and id_ not in out
    ]
    pinned = {id_: (on, of.person_id) for id_, on in of.fixed.pinned.items() if on in dates}
    pinned |= {id_: (wish.on, of.person_id) for id_, wish in draft.wishes.items() if wish.pinned and wish.on in dates}
    must = frozenset(id_ for id_, wish in draft.wishes.items() if wish.added)
    off = frozenset((of.person_id, on) for on, day in draft.days.items() if day.off)
    problem = wished(of.problem, Wishes(must, frozenset(out), pinned, tuple(agreed), off))
    for on, day in draft.days.items():
        if day.from_at is not None and not day.off:
            problem = _from_here(problem, of, on, day.from_at, day.from_practice)
    return problem


def _over(wish: Wish, dates: set[date]) -> bool:
    """Whether it was planned for a day that is past (or that nobody works)."""
    return bool(dates) and wish.on is not None and wish.on < min(dates) and not wish.dropped


def _from_here(problem: Problem, of: Asked, on: date, at: int, practice_id: str | None) -> Problem:
    place = 0 if practice_id is None or practice_id not in of.problem.row else of.problem.stop(practice_id).place
    try:
        known = problem.travel
        return rest_of_day(problem, of.person_id, on, at, (), known[place], known[:, place])
    except ValueError as over:
        raise LiaisonError(
            f"{of.name} does not work at that time of {on:%A}.", remedy="Give a time within the working day."
        ) from over


def orders_of(draft: Draft, problem: Problem) -> list[tuple[str, ...]]:
    """One a day of the problem; what is no stop any more is left away."""
    return [tuple(id_ for id_ in draft.orders.get(day.date, ()) if id_ in problem.row) for day in problem.days]


def timed_draft(draft: Draft, of: Asked) -> tuple[Problem, Plan]:
    """The draft as it stands, its times and conflicts, and what it leaves out with the way in. Moves nothing."""
    problem = problem_of(draft, of)
    orders = orders_of(draft, problem)
    plan = timed_plan(problem, orders)
    return problem, replace(plan, left_out=left_out_of(problem, orders))


def filled(draft: Draft, of: Asked) -> Draft:
    """At once, without the compiler: what cannot stay goes, and what is worth its time comes, on days that are open."""
    problem = problem_of(draft, of)
    orders = orders_of(draft, problem)
    fixed = {id_ for day, order in zip(problem.days, orders, strict=True) if day.date in draft.locked for id_ in order}
    open_days = [n for n, day in enumerate(problem.days) if day.date not in draft.locked]
    rest = replace(
        problem,
        stops=tuple(stop for stop in problem.stops if stop.id not in fixed),
        days=tuple(problem.days[n] for n in open_days),
    )
    p = arrays(rest)
    begun = [keepable(p, k, order) for k, order in enumerate(rows(rest, [orders[n] for n in open_days]))]
    found = ids(rest, greedy(p, rest.driving_price / HOUR, begun))
    made = {rest.days[k].date: tuple(order) for k, order in enumerate(found)}
    return replace(draft, orders={**draft.orders, **made})


def cheapest(problem: Problem, day: Day, order: Sequence[str], practice_id: str) -> tuple[str, ...]:
    """The order with this stop where it makes the least trouble, then the least driving."""

    def cost(made: DayPlan) -> tuple[int, int, int]:
        return len(made.conflicts), sum(conflict.late for conflict in made.conflicts), made.driving

    ways = [(*order[:n], practice_id, *order[n:]) for n in range(len(order) + 1)]
    return min(ways, key=lambda way: cost(timed(problem, day, way)))


def today_of(of: Asked, now: datetime) -> date:
    return now.astimezone(of.zone).date()
