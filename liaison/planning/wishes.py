"""What people want of a plan, said in the problem's own terms: must, must not, when, by whom, and how often."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from liaison.planning.problem import MINUTE, Problem, Stop, Window

PUNCTUAL = 5 * MINUTE  # how late an appointment may begin


@dataclass(frozen=True)
class Appointment:
    """Agreed: this stop on this date, to begin at this time (hundredths since midnight), office hours or not."""

    stop: str
    date: date
    at: int
    liaison: str | None = None


@dataclass(frozen=True)
class Wishes:
    """`pinned`: stop -> date, and by whom if that is fixed too; `off`: (liaison, date) that nobody works."""

    must_see: frozenset[str] = frozenset()
    must_not: frozenset[str] = frozenset()
    pinned: Mapping[str, tuple[date, str | None]] = field(default_factory=dict)
    appointments: tuple[Appointment, ...] = ()
    off: frozenset[tuple[str, date]] = frozenset()


def wished(problem: Problem, wishes: Wishes) -> Problem:
    """The problem with these wishes. Who must not be seen is no stop any more, appointments and pins are required."""
    agreed = {one.stop: one for one in wishes.appointments}
    stops = []
    for stop in problem.stops:
        if stop.id in wishes.must_not:
            continue
        if stop.id in agreed:
            stops.append(_agreed(stop, agreed[stop.id]))
            continue
        if stop.id in wishes.pinned:
            stops.append(_pinned(stop, *wishes.pinned[stop.id]))
            continue
        stops.append(replace(stop, required=True) if stop.id in wishes.must_see else stop)
    days = tuple(day for day in problem.days if (day.liaison, day.date) not in wishes.off)
    return replace(problem, stops=tuple(stops), days=days)


def worth(value: float, days_since: int | None, interval: int) -> float:
    """A visit's value by how due it is: nothing within half of its interval, all of it at the interval's end, at most
    half as much again later. Never seen: as late as can be."""
    if days_since is None:
        return 1.5 * value
    return value * min(max(2 * (days_since / interval - 0.5), 0.0), 1.5)


def spaced(stop: Stop, dates: Iterable[date], last: date | None, apart: timedelta) -> Stop:
    """The stop without the dates too close to its last visit, whoever made it."""
    if last is None:
        return stop
    allowed = frozenset(day for day in dates if abs(day - last) >= apart)
    return replace(stop, dates=allowed if stop.dates is None else allowed & stop.dates)


def _agreed(stop: Stop, one: Appointment) -> Stop:
    window = (Window(one.at, one.at + PUNCTUAL),)
    who = stop.liaisons if one.liaison is None else frozenset({one.liaison})
    return replace(stop, windows={one.date: window}, dates=None, liaisons=who, required=True)


def _pinned(stop: Stop, day: date, liaison: str | None) -> Stop:
    who = stop.liaisons if liaison is None else frozenset({liaison})
    return replace(stop, dates=frozenset({day}), liaisons=who, required=True)
