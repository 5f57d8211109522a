"""Planning again: with days that stay as they are, and for what is left of a day."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from liaison.planning.plan import Plan
from liaison.planning.problem import Day, Minutes, Problem
from liaison.planning.search.solve import left_out_of, replan
from liaison.planning.timing import timed_plan


def replan_open_days(
    problem: Problem,
    orders: Sequence[Sequence[str]],
    locked: Collection[int],
    seconds: float = 0.25,
    iterations: int | None = None,
    seed: int = 1,
) -> Plan:
    """A plan close to `orders` in which the days of these numbers stay exactly as they are, conflicts and all."""
    fixed = {known for number in locked for known in orders[number]}
    owner = {
        practice: problem.days[number].liaison
        for number in locked
        for known in orders[number]
        if (practice := problem.stop(known).practice) is not None
    }
    stops = tuple(
        replace(stop, liaisons=_only(stop.liaisons, owner[stop.practice])) if stop.practice in owner else stop
        for stop in problem.stops
        if stop.id not in fixed
    )
    open_days = [number for number in range(len(problem.days)) if number not in locked]
    rest = replace(problem, stops=stops, days=tuple(problem.days[number] for number in open_days))
    found = replan(rest, [orders[number] for number in open_days], seconds, iterations, seed)
    whole = [list(order) for order in orders]
    for number, order in zip(open_days, found.orders, strict=True):
        whole[number] = list(order)
    plan = timed_plan(problem, whole, found.solver, found.iterations, found.seconds)
    return replace(plan, left_out=left_out_of(problem, whole))


def carried(plan: Plan, problem: Problem) -> list[tuple[str, ...]]:
    """The plan's orders for the days that the problem (still) has, to plan again from; none for a new day."""
    known = {(day.date, day.liaison): day.order for day in plan.days}
    return [known.get((day.date, day.liaison), ()) for day in problem.days]


def rest_of_day(
    problem: Problem, liaison: str, on: date, now: int, seen: Collection[str], drives: Minutes, back: Minutes
) -> Problem:
    """The problem from now on: what the liaison has seen is done, and their day begins here, at this time.

    `now`: hundredths since midnight; `drives`, `back`: from here to each place, and from each to here (hundredths).
    Days before today are over; days of others stand as they are. Raises ValueError where the liaison does not work.
    """
    here = len(problem.travel)
    travel = np.block(
        [
            [problem.travel, np.asarray(back, dtype=np.int64)[:, None]],
            [np.asarray(drives, dtype=np.int64)[None, :], np.zeros((1, 1), dtype=np.int64)],
        ]
    )
    days: list[Day] = []
    for day in problem.days:
        if day.date < on or (day.liaison == liaison and day.date == on and day.ends <= now):
            continue
        mine = day.liaison == liaison and day.date == on and day.begins <= now
        days.append(replace(day, start=here, begins=now) if mine else day)
    if not any(day.start == here for day in days):
        raise ValueError(f"{liaison} does not work on {on} at that time.")
    stops = tuple(stop for stop in problem.stops if stop.id not in seen)
    return replace(problem, travel=travel, stops=stops, days=tuple(days))


def _only(liaisons: frozenset[str] | None, one: str) -> frozenset[str]:
    return frozenset({one}) if liaisons is None else liaisons & {one}
