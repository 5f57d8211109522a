"""Taking visits out of a plan, compiled: at random, in a row, near to each other, or those that bring little."""
# mypy: disable-error-code="untyped-decorator"

import numpy as np
from numba import njit

from liaison.planning.search.arrays import Arrays
from liaison.planning.search.kernel import FAR, Memory, Routes, Work, copy_route, restamp, walk

KINDS = 5


@njit(cache=True)
def ruin(p: Arrays, now: Routes, kept: Routes, m: Memory, w: Work, most: int) -> None:
    """Take out 1 to `most` visits. `kept` is the plan before: a route that cannot be driven without them stays."""
    _mark(p, now, w, most)
    for i in range(w.many[0]):
        w.changed[now.of[w.taken[i]]] = True
    for k in range(len(now.length)):
        if not w.changed[k]:
            continue
        left = 0
        for i in range(now.length[k]):
            c = now.order[k, i]
            if w.out[c]:
                now.of[c] = -1
            else:
                now.order[k, left] = c
                left += 1
        now.length[k] = left
        if not walk(p, now, k):  # where a detour is quicker than the direct way
            copy_route(kept, now, k)
            w.changed[k] = False
            for i in range(now.length[k]):
                now.of[now.order[k, i]] = k
                w.out[now.order[k, i]] = False
        else:
            restamp(m, k)


@njit(cache=True)
def _mark(p: Arrays, r: Routes, w: Work, most: int) -> None:
    w.many[0] = 0
    total = 0
    for c in range(len(r.of)):
        if r.of[c] >= 0:
            w.visited[total] = c
            total += 1
    if total == 0:
        return
    count = 1 + np.random.randint(0, max(2, min(total // 2, most)))
    kind = np.random.randint(0, KINDS)
    if kind == 0:
        for _ in range(count):
            _take(r, w, w.visited[np.random.randint(0, total)])
    elif kind == 1:
        _in_a_row(r, w, count)
    elif kind == 2:
        _in_a_row(r, w, (count + 1) // 2)
        _in_a_row(r, w, (count + 1) // 2)
    elif kind == 3:
        centre = p.place[np.random.randint(0, len(r.of))]
        for i in range(total):
            w.key[i] = (p.travel[centre, p.place[w.visited[i]]] + 1.0) * (0.6 + 0.8 * np.random.random())
        _take_least(r, w, total, count)
    else:
        _weigh(p, r, w, total)
        _take_least(r, w, total, count)


@njit(cache=True)
def _take(r: Routes, w: Work, c: int) -> None:
    if r.of[c] >= 0 and not w.out[c]:
        w.out[c] = True
        w.taken[w.many[0]] = c
        w.many[0] += 1


@njit(cache=True)
def _in_a_row(r: Routes, w: Work, count: int) -> None:
    """Visits one after the other, of a route drawn among those that have any."""
    k = np.random.randint(0, len(r.length))
    while r.length[k] == 0:
        k = (k + 1) % len(r.length)
    count = min(count, r.length[k])
    first = np.random.randint(0, r.length[k] - count + 1)
    for i in range(first, first + count):
        _take(r, w, r.order[k, i])


@njit(cache=True)
def _weigh(p: Arrays, r: Routes, w: Work, total: int) -> None:
    """Key of each visited stop: its value for the time it takes, blurred."""
    place = 0
    for k in range(len(r.length)):
        for i in range(r.length[k]):
            c = r.order[k, i]
            before = p.start[k] if i == 0 else p.place[r.order[k, i - 1]]
            after = p.end[k] if i == r.length[k] - 1 else p.place[r.order[k, i + 1]]
            detour = p.travel[before, p.place[c]] + p.travel[p.place[c], after] - p.travel[before, after]
            w.visited[place] = c
            w.key[place] = p.value[c] / max(detour + p.service[c] + 1.0, 1.0) * (0.3 + np.random.random())
            place += 1


@njit(cache=True)
def _take_least(r: Routes, w: Work, total: int, count: int) -> None:
    """Those of the `total` visited with the smallest keys."""
    for _ in range(min(count, total)):
        least = 0
        for i in range(1, total):
            if w.key[i] < w.key[least]:
                least = i
        w.key[least] = FAR
        _take(r, w, w.visited[least])
