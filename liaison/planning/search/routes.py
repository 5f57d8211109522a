"""One route in numbers: earliest and latest starts, and what it takes to insert each of many stops into it.

With the earliest start of each visit and the latest that keeps all that follow in time, an insertion is tested without
walking the route again, several windows a stop included (Savelsbergh, ORSA J. Computing 4(2), 1992, for one).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from liaison.planning.clock import after_drive, before_drive, first_start, last_start
from liaison.planning.search.arrays import Arrays, Real, Whole

IMPOSSIBLE = np.inf


@dataclass(frozen=True)
class Route:
    """Route `day` in this order: earliest start and latest start in time of each visit, and the driving."""

    day: int
    order: tuple[int, ...]
    begin: Whole
    latest: Whole
    driving: int

    def inserted(self, p: Arrays, stop: int, position: int) -> "Route | None":
        return route(p, self.day, (*self.order[:position], stop, *self.order[position:]))


def route(p: Arrays, k: int, order: Sequence[int]) -> Route | None:
    """The route with its times; None where the order cannot be kept."""
    pause, ends = (int(p.pause_from[k]), int(p.pause_to[k])), int(p.ends[k])
    opens, closes = (windows[list(order), k].tolist() for windows in (p.opens, p.closes))
    places, service = p.place[list(order)].tolist(), p.service[list(order)].tolist()
    at, free, driving, begin = int(p.start[k]), int(p.begins[k]), 0, []
    for i, place in enumerate(places):
        drive = int(p.travel[at, place])
        start = first_start(after_drive(free, drive, *pause), opens[i], closes[i])
        if start < 0:
            return None
        begin.append(start)
        at, free, driving = place, start + service[i], driving + drive
    home = int(p.travel[at, p.end[k]]) if places or p.start[k] != p.end[k] else 0
    driving += home
    if places and (driving > p.cap[k] or after_drive(free, home, *pause) > ends):
        return None
    latest, then, onward = [0] * len(places), ends, int(p.end[k])
    for i in range(len(places) - 1, -1, -1):
        leave = before_drive(then, int(p.travel[places[i], onward]), *pause)
        latest[i] = last_start(leave - service[i], opens[i], closes[i])
        then, onward = latest[i], places[i]
    return Route(k, tuple(order), np.array(begin, np.int64), np.array(latest, np.int64), driving)


def insertions(p: Arrays, r: Route, stops: Whole) -> tuple[Whole, Real, Whole]:
    """For each stop its cheapest place in the route: position, cost (inf: none) and the detour.

    Cost is half of the time that what follows shifts, half of detour and service, in hundredths of a minute.
    """
    k, order = r.day, np.array(r.order, dtype=np.int64)
    before = np.concatenate([[p.start[k]], p.place[order]])
    onward = np.concatenate([p.place[order], [p.end[k]]])
    free = np.concatenate([[p.begins[k]], r.begin + p.service[order]])
    place = p.place[stops][:, None]
    there, onwards = p.travel[before[None, :], place], p.travel[place, onward[None, :]]
    begin = earliest(arrive(p, k, free[None, :], there), p.opens[stops, k][:, None], p.closes[stops, k][:, None])
    done = begin + p.service[stops][:, None]
    then = arrive(p, k, done, onwards)
    shift = np.full(then.shape, IMPOSSIBLE)
    if len(order):
        next_begin = earliest(then[:, :-1], p.opens[order, k][None], p.closes[order, k][None])
        fits = (next_begin >= 0) & (next_begin <= r.latest[None, :])
        shift[:, :-1] = np.where(fits, next_begin - r.begin[None, :], IMPOSSIBLE)
    last_leg = p.travel[before[-1], p.end[k]]
    back = arrive(p, k, free[-1:], np.array([last_leg]))[0]
    shift[:, -1] = np.where(then[:, -1] <= p.ends[k], then[:, -1] - back, IMPOSSIBLE)
    replaced = p.travel[before, onward]
    if not len(order) and p.start[k] == p.end[k]:
        replaced = np.zeros(1, dtype=np.int64)  # who makes no visit does not leave
    detour = there + onwards - replaced[None, :]
    fits = (begin >= 0) & (r.driving + detour <= p.cap[k])
    cost = np.where(fits, 0.5 * shift + 0.5 * (detour + p.service[stops][:, None]), IMPOSSIBLE)
    position = cost.argmin(axis=1)
    line = np.arange(len(stops))
    return position, cost[line, position], detour[line, position]


def arrive(p: Arrays, k: int, leaves: Whole, drive: Whole) -> Whole:
    """Ends of drives, the pause in between counted."""
    at = leaves + drive
    held = (leaves < p.pause_to[k]) & (at > p.pause_from[k])
    return np.asarray(at + held * (p.pause_to[k] - p.pause_from[k]), dtype=np.int64)


def earliest(arrives: Whole, opens: Whole, closes: Whole) -> Whole:
    """First possible starts (-1: none); windows are the last axis of `opens` and `closes`, in order."""
    found = np.full(np.broadcast_shapes(arrives.shape, opens.shape[:-1]), -1, dtype=np.int64)
    for w in range(opens.shape[-1] - 1, -1, -1):
        found = np.where(arrives <= closes[..., w], np.maximum(arrives, opens[..., w]), found)
    return found
