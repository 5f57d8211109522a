"""What a plan leaves out, why, and the cheapest way in: for nothing, or in place of one to three visits in a row."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from liaison.planning.plan import LeftOut
from liaison.planning.problem import Day, Problem, Stop, in_minutes
from liaison.planning.search.arrays import Arrays, Real, Whole
from liaison.planning.search.routes import Route, arrive, earliest, route

MOST = 3  # visits that go for one


@dataclass
class _Offers:
    """The cheapest offer so far of each stop that waits: objective lost, its parts, and which visits would go."""

    loss: Real
    value: Real
    driving: Whole
    where: list[tuple[int, int, int] | None]  # route, first and end of what goes


def left_out(problem: Problem, p: Arrays, routes: Sequence[Sequence[int]], price: float) -> tuple[LeftOut, ...]:
    """One line a stop that is in no route, most valuable first. `price`: value of a hundredth of a minute of driving.

    The way in is the cheapest exchange at one place of one day; a search might find a better one.
    """
    planned = {c for order in routes for c in order}
    waiting = np.array([c for c in range(len(problem.stops)) if c not in planned], dtype=np.int64)
    if not len(waiting):
        return ()
    offers = _offers(p, routes, waiting, price)
    by_value = sorted(range(len(waiting)), key=lambda i: (-p.value[waiting[i]], waiting[i]))
    return tuple(_line(problem, p, routes, offers, i, int(waiting[i])) for i in by_value)


def _offers(p: Arrays, routes: Sequence[Sequence[int]], waiting: Whole, price: float) -> _Offers:
    count = len(waiting)
    offers = _Offers(np.full(count, np.inf), np.zeros(count), np.zeros(count, dtype=np.int64), [None] * count)
    for k, order in enumerate(routes):
        here = np.flatnonzero(p.may[waiting, k])
        known = route(p, k, order)
        if known is None or not len(here):
            continue
        allowed = _allowed(p, routes, waiting[here], k)
        for first in range(len(order) + 1):
            for end in range(first, min(len(order), first + MOST) + 1):
                fits, detour = _exchange(p, known, waiting[here], first, end)
                gone = list(order[first:end])
                lost = p.worth[gone].sum() - p.worth[waiting[here]]
                # A required stop goes for nothing but another.
                loss = np.where(fits & allowed, p.value[gone].sum() - p.value[waiting[here]] + price * detour, np.inf)
                better = loss < offers.loss[here]
                for i in np.flatnonzero(better):
                    offers.where[here[i]] = (k, first, end)
                offers.loss[here] = np.where(better, loss, offers.loss[here])
                offers.value[here] = np.where(better, lost, offers.value[here])
                offers.driving[here] = np.where(better, detour, offers.driving[here])
    return offers


def _allowed(p: Arrays, routes: Sequence[Sequence[int]], stops: Whole, k: int) -> np.ndarray:
    """Whether nobody else sees another stop of the same practice."""
    owner = {int(p.group[c]): int(p.liaison[j]) for j, order in enumerate(routes) for c in order if p.group[c] >= 0}
    return np.array([owner.get(int(p.group[c]), p.liaison[k]) == p.liaison[k] for c in stops], dtype=bool)


def _exchange(p: Arrays, r: Route, stops: Whole, first: int, end: int) -> tuple[np.ndarray, Whole]:
    """Whether each stop fits between visit `first` - 1 and visit `end` when those between go; and the detour."""
    k, order = r.day, r.order
    before = p.start[k] if first == 0 else p.place[order[first - 1]]
    free = p.begins[k] if first == 0 else r.begin[first - 1] + p.service[order[first - 1]]
    after = p.end[k] if end == len(order) else p.place[order[end]]
    there, onward = p.travel[before, p.place[stops]], p.travel[p.place[stops], after]
    begin = earliest(arrive(p, k, np.full(len(stops), free), there), p.opens[stops, k], p.closes[stops, k])
    then = arrive(p, k, begin + p.service[stops], onward)
    if end == len(order):
        in_time = then <= p.ends[k]
    else:
        follows = order[end]
        begun = earliest(then, p.opens[follows, k][None], p.closes[follows, k][None])
        in_time = (begun >= 0) & (begun <= r.latest[end])
    legs = [before, *(p.place[c] for c in order[first:end]), after]
    replaced = sum(int(p.travel[a, b]) for a, b in pairwise(legs))
    if not order and p.start[k] == p.end[k]:
        replaced = 0
    detour = there + onward - replaced
    return (begin >= 0) & in_time & (r.driving + detour <= p.cap[k]), detour


def _line(problem: Problem, p: Arrays, routes: Sequence[Sequence[int]], offers: _Offers, i: int, c: int) -> LeftOut:
    stop, where = problem.stops[c], offers.where[i]
    if where is None:
        return LeftOut(stop.id, _why_not(problem, stop, bool(p.may[c].any())))
    k, first, end = where
    gone = tuple(problem.stops[other].id for other in routes[k][first:end])
    value, driving, day = float(offers.value[i]), int(offers.driving[i]), problem.days[k]
    return LeftOut(stop.id, _says(stop, day, gone, value, driving), value, driving, gone, day.date, day.liaison)


def _says(stop: Stop, day: Day, gone: Sequence[str], value: float, driving: int) -> str:
    minutes = round(in_minutes(abs(driving)))
    drive = f"{minutes} minutes {'more' if driving >= 0 else 'less'} driving"
    to = f"{stop.id} ({stop.value:,.2f}) would fit on {day.date} ({day.liaison})"
    if not gone:
        return f"{to} as it is, with {drive}: not worth the drive."
    change = f"{abs(value):,.2f} {'less' if value >= 0 else 'more'} value"
    return f"{to} in place of {' and '.join(gone)}: {change}, {drive}."


def _why_not(problem: Problem, stop: Stop, open_once: bool) -> str:
    if not any(stop.is_for(day) for day in problem.days):
        return f"{stop.id} ({stop.value:,.2f}) is for nobody who works on these days."
    if not open_once:
        return f"{stop.id} ({stop.value:,.2f}) has no hours within those of a day."
    return f"{stop.id} ({stop.value:,.2f}) does not fit, even in place of up to {MOST} visits in a row."
