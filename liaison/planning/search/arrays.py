"""A problem as arrays of whole numbers, as greedy insertion and the search read it."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from liaison.planning.clock import Clock
from liaison.planning.problem import Problem

Whole = npt.NDArray[np.int64]
Real = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

NO_CAP = 1 << 60
CLOSED = -1  # closes of a window that is none; windows of a stop and day stand first, in order


class Arrays(NamedTuple):
    """n stops, V days (a route each), at most W windows a stop and day."""

    travel: Whole  # places x places
    place: Whole  # n
    value: Real  # n; that of a required stop above the sum of all others
    worth: Real  # n; the value as it was asked
    service: Whole  # n
    group: Whole  # n; -1: of no practice that others share
    opens: Whole  # n x V x W, start of service
    closes: Whole  # n x V x W
    may: Flags  # n x V: has a window there
    start: Whole  # V, places
    end: Whole  # V
    begins: Whole  # V
    ends: Whole  # V
    pause_from: Whole  # V
    pause_to: Whole  # V
    cap: Whole  # V, most driving
    liaison: Whole  # V


def arrays(problem: Problem) -> Arrays:
    """Everything the search needs, windows cut to hours and pause."""
    stops, days = problem.stops, problem.days
    clocks = [Clock(day) for day in days]
    same = _same_hours(clocks)
    starts = []
    for stop in stops:
        openings = {k: clocks[k].openings(stop) for k in set(same)}
        starts.append([openings[k] if stop.is_for(day) else [] for k, day in zip(same, days, strict=True)])
    most = max((len(windows) for row in starts for windows in row), default=0)
    opens = np.zeros((len(stops), len(days), max(most, 1)), dtype=np.int64)
    closes = np.full_like(opens, CLOSED)
    for c, row in enumerate(starts):
        for k, windows in enumerate(row):
            for w, window in enumerate(windows):
                opens[c, k, w], closes[c, k, w] = window.opens, window.closes
    liaisons = {name: number for number, name in enumerate(sorted({day.liaison for day in days}))}
    return Arrays(
        np.ascontiguousarray(problem.travel, dtype=np.int64),
        _whole([stop.place for stop in stops]),
        _values(problem),
        np.array([stop.value for stop in stops], dtype=np.float64),
        _whole([stop.service for stop in stops]),
        _groups(problem),
        opens,
        closes,
        np.ascontiguousarray(closes[:, :, 0] != CLOSED),
        _whole([day.start for day in days]),
        _whole([day.end for day in days]),
        _whole([clock.begins for clock in clocks]),
        _whole([clock.ends for clock in clocks]),
        _whole([clock.pause.opens for clock in clocks]),
        _whole([clock.pause.closes for clock in clocks]),
        _whole([NO_CAP if day.driving_cap is None else day.driving_cap for day in days]),
        _whole([liaisons[day.liaison] for day in days]),
    )


def rows(problem: Problem, orders: Sequence[Sequence[str]]) -> list[list[int]]:
    """Orders of ids as orders of rows."""
    return [[problem.row[known] for known in order] for order in orders]


def ids(problem: Problem, routes: Sequence[Sequence[int]]) -> list[list[str]]:
    return [[problem.stops[c].id for c in route] for route in routes]


def _same_hours(clocks: Sequence[Clock]) -> list[int]:
    """For each day the first one of the same date and hours: colleagues find the same doors open."""
    first: dict[object, int] = {}
    return [
        first.setdefault((clock.day.date, clock.begins, clock.ends, clock.pause), k) for k, clock in enumerate(clocks)
    ]


def _whole(values: Sequence[int]) -> Whole:
    return np.array(values, dtype=np.int64)


def _values(problem: Problem) -> Real:
    """Each required stop is worth more than all that is not required, so that it comes first."""
    values = np.array([stop.value for stop in problem.stops], dtype=np.float64)
    required = np.array([stop.required for stop in problem.stops], dtype=bool)
    return np.asarray(values + required * (np.abs(values).sum() + 1.0), dtype=np.float64)


def _groups(problem: Problem) -> Whole:
    names = [stop.practice for stop in problem.stops]
    shared = sorted({name for name in names if name is not None and names.count(name) > 1})
    number = {name: g for g, name in enumerate(shared)}
    return _whole([number.get(name, -1) if name is not None else -1 for name in names])
