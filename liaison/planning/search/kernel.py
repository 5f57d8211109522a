"""Routes as numba compiles them: their times, and the cheapest insertion of a stop, remembered while a route stands.

The compiled modules (this, `ruin`, `anneal`) are imported where a search runs: an import costs half a second, the first
compilation seconds, once (`compiled`). `routes` says the same for whole arrays of stops, without a compiler.
"""
# mypy: disable-error-code="untyped-decorator"

from typing import NamedTuple

from numba import njit

from liaison.planning import clock
from liaison.planning.search.arrays import Arrays, Flags, Real, Whole

FAR = 1e18
LEAST = 0.5

# One meaning of the clock, compiled.
_after = njit(cache=True)(clock.after_drive)
_before = njit(cache=True)(clock.before_drive)
_first = njit(cache=True)(clock.first_start)
_last = njit(cache=True)(clock.last_start)


class Routes(NamedTuple):
    """V routes of at most M visits."""

    order: Whole  # V x M, stops
    length: Whole  # V
    begin: Whole  # V x M, earliest starts
    latest: Whole  # V x M, latest starts that keep what follows in time
    driving: Whole  # V
    of: Whole  # n, the route of a stop; -1: in none


class Memory(NamedTuple):
    """What is remembered between insertions: for a stop and a route, as the route stood at a stamp."""

    position: Whole  # n x V, -1: none
    cost: Real  # n x V
    detour: Whole  # n x V
    seen: Whole  # n x V, stamp of the route then
    stamp: Whole  # V
    clock: Whole  # 1, last stamp given
    best: Whole  # n, cheapest route of each stop that waits; -1: none


class Work(NamedTuple):
    """Scratch of one iteration."""

    changed: Flags  # V
    out: Flags  # n, taken out in this iteration
    taken: Whole  # n, which those are
    many: Whole  # 1, how many
    weight: Real  # n, value to the power drawn
    visited: Whole  # n, stops that are in a route
    key: Real  # n, what those are chosen by


class Chain(NamedTuple):
    """A search under way: as it stands, as it was last accepted, and the best it found."""

    now: Routes
    kept: Routes
    best: Routes
    memory: Memory
    work: Work
    scores: Real  # objective now accepted, objective of the best


@njit(cache=True)
def walk(p: Arrays, r: Routes, k: int) -> bool:
    """Times and driving of route k anew; whether it can be kept."""
    at, free, driving = p.start[k], p.begins[k], 0
    for i in range(r.length[k]):
        c = r.order[k, i]
        drive = p.travel[at, p.place[c]]
        start = _first(_after(free, drive, p.pause_from[k], p.pause_to[k]), p.opens[c, k], p.closes[c, k])
        if start < 0:
            return False
        r.begin[k, i] = start
        at, free, driving = p.place[c], start + p.service[c], driving + drive
    home = p.travel[at, p.end[k]]
    if r.length[k] == 0 and p.start[k] == p.end[k]:
        home = 0
    driving += home
    if r.length[k] > 0 and (driving > p.cap[k] or _after(free, home, p.pause_from[k], p.pause_to[k]) > p.ends[k]):
        return False
    r.driving[k] = driving
    then, onward = p.ends[k], p.end[k]
    for i in range(r.length[k] - 1, -1, -1):
        c = r.order[k, i]
        leave = _before(then, p.travel[p.place[c], onward], p.pause_from[k], p.pause_to[k])
        then, onward = _last(leave - p.service[c], p.opens[c, k], p.closes[c, k]), p.place[c]
        r.latest[k, i] = then
    return True


@njit(cache=True)
def cheapest(p: Arrays, r: Routes, m: Memory, c: int, k: int) -> None:
    """Remember the cheapest insertion of stop c into route k: half of what follows shifts, half detour and service."""
    pause_from, pause_to, place, opens, closes = (
        p.pause_from[k],
        p.pause_to[k],
        p.place[c],
        p.opens[c, k],
        p.closes[c, k],
    )
    position, cost, found = -1, FAR, 0
    free, at = p.begins[k], p.start[k]
    length = r.length[k]
    for i in range(length + 1):
        if i > 0:
            before = r.order[k, i - 1]
            free, at = r.begin[k, i - 1] + p.service[before], p.place[before]
        there = p.travel[at, place]
        start = _first(_after(free, there, pause_from, pause_to), opens, closes)
        if start < 0:
            continue
        done = start + p.service[c]
        if i == length:
            onward = p.end[k]
            direct = p.travel[at, onward]
            then = _after(done, p.travel[place, onward], pause_from, pause_to)
            if then > p.ends[k]:
                continue
            shift = then - _after(free, direct, pause_from, pause_to)
            if length == 0 and p.start[k] == p.end[k]:
                direct = 0
        else:
            after = r.order[k, i]
            onward = p.place[after]
            direct = p.travel[at, onward]
            then = _first(
                _after(done, p.travel[place, onward], pause_from, pause_to), p.opens[after, k], p.closes[after, k]
            )
            if then < 0 or then > r.latest[k, i]:
                continue
            shift = then - r.begin[k, i]
        detour = there + p.travel[place, onward] - direct
        if r.driving[k] + detour > p.cap[k]:
            continue
        price = 0.5 * shift + 0.5 * (detour + p.service[c])
        if price < cost:
            position, cost, found = i, price, detour
    m.position[c, k], m.cost[c, k], m.detour[c, k], m.seen[c, k] = position, cost, found, m.stamp[k]


@njit(cache=True)
def restamp(m: Memory, k: int) -> None:
    m.clock[0] += 1
    m.stamp[k] = m.clock[0]


@njit(cache=True)
def copy_route(source: Routes, target: Routes, k: int) -> None:
    for i in range(source.length[k]):
        target.order[k, i] = source.order[k, i]
        target.begin[k, i] = source.begin[k, i]
        target.latest[k, i] = source.latest[k, i]
    target.length[k] = source.length[k]
    target.driving[k] = source.driving[k]
