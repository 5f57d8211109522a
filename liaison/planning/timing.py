"""An order given, its times: nothing is moved. What cannot be kept is named, and shown where it would then fall."""

import time
from collections.abc import Sequence
from dataclasses import replace

from liaison.planning.clock import Clock
from liaison.planning.plan import Conflict, DayPlan, Plan, Visit, value_of
from liaison.planning.problem import Day, Problem, Stop, at_clock, in_minutes

BY_HAND = "order given"


def timed(problem: Problem, day: Day, order: Sequence[str]) -> DayPlan:
    """The day in this order. A stop that comes too late, or is closed, is seen where the order has it."""
    clock = Clock(day)
    at, free = day.start, clock.begins
    visits: list[Visit] = []
    conflicts: list[Conflict] = []
    for known in order:
        stop = problem.stop(known)
        drive = problem.drive(at, stop.place)
        arrives = clock.arrives(free, drive)
        start, conflict = _start(stop, clock, arrives)
        conflicts += [conflict] if conflict else []
        visits.append(Visit(stop.id, start, start + stop.service, drive, clock.between(arrives, start)))
        at, free = stop.place, start + stop.service
    home = problem.drive(at, day.end) if visits or day.start != day.end else 0
    back = clock.arrives(free, home)
    driving = sum(visit.drive for visit in visits) + home
    leave = clock.leaves(visits[0].arrive, visits[0].drive) if visits else clock.begins
    if visits:
        leave = max(leave, clock.begins)
        visits[0] = _left_in_time(visits[0], clock, leave)
    conflicts += _of_the_day(day, back if visits else clock.begins, driving)
    return DayPlan(day.date, day.liaison, tuple(visits), leave, back, driving, tuple(conflicts))


def timed_plan(
    problem: Problem, orders: Sequence[Sequence[str]], solver: str = BY_HAND, iterations: int = 0, seconds: float = 0.0
) -> Plan:
    """All days in these orders, one a day of the problem, with the conflicts between days as well."""
    began = time.perf_counter()
    days = tuple(timed(problem, day, order) for day, order in zip(problem.days, orders, strict=True))
    between = (*_two_liaisons(problem, orders), *_twice(orders), *_missing(problem, orders))
    taken = seconds or time.perf_counter() - began
    return Plan(value_of(problem, orders), solver, taken, iterations, days, conflicts=between)


def _left_in_time(visit: Visit, clock: Clock, leave: int) -> Visit:
    """The first visit, when nobody leaves before they must: what was waiting is spent at home."""
    return replace(visit, wait=clock.between(clock.arrives(leave, visit.drive), visit.arrive))


def _start(stop: Stop, clock: Clock, arrives: int) -> tuple[int, Conflict | None]:
    windows = clock.starts(stop)
    for window in windows:
        if arrives <= window.closes:
            return max(arrives, window.opens), None
    pause = clock.pause
    start = pause.closes if arrives < pause.closes and arrives + stop.service > pause.opens else arrives
    if not stop.is_for(clock.day):
        return start, Conflict("not theirs", f"{stop.id} is not for {clock.day.liaison} on {clock.day.date}.", stop.id)
    if not windows:
        return start, Conflict("closed", f"{stop.id} cannot be seen on {clock.day.date} within the hours.", stop.id)
    last = windows[-1].closes
    says = f"{stop.id} is reached at {at_clock(arrives)}; the visit had to start by {at_clock(last)}."
    return start, Conflict("late", says, stop.id, start - last)


def _of_the_day(day: Day, back: int, driving: int) -> list[Conflict]:
    found = []
    name, ends = f"{day.liaison}, {day.date}", Clock(day).ends
    if back > ends:
        found.append(Conflict("hours", f"{name}: back at {at_clock(back)}, after {at_clock(ends)}.", late=back - ends))
    if day.driving_cap is not None and driving > day.driving_cap:
        over = driving - day.driving_cap
        says = f"{name}: {in_minutes(driving):.0f} minutes of driving, more than {in_minutes(day.driving_cap):.0f}."
        found.append(Conflict("driving", says, late=over))
    return found


def _two_liaisons(problem: Problem, orders: Sequence[Sequence[str]]) -> list[Conflict]:
    """Practices that more than one liaison would see."""
    seen: dict[str, set[str]] = {}
    for day, order in zip(problem.days, orders, strict=True):
        for known in order:
            practice = problem.stop(known).practice
            if practice is not None:
                seen.setdefault(practice, set()).add(day.liaison)
    return [
        Conflict("two liaisons", f"{practice} would be seen by {' and '.join(sorted(who))}.")
        for practice, who in seen.items()
        if len(who) > 1
    ]


def _twice(orders: Sequence[Sequence[str]]) -> list[Conflict]:
    every = [known for order in orders for known in order]
    again = sorted({known for known in every if every.count(known) > 1})
    return [Conflict("twice", f"{known} is planned more than once.", known) for known in again]


def _missing(problem: Problem, orders: Sequence[Sequence[str]]) -> list[Conflict]:
    planned = {known for order in orders for known in order}
    must = [stop.id for stop in problem.stops if stop.required and stop.id not in planned]
    return [Conflict("missing", f"{known} must be seen, and is in no day.", known) for known in must]
