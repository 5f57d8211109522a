"""The search, compiled: take a few visits out, fill up again, keep what is better, or a little worse while it is hot.

Large-neighbourhood search with annealing (Shaw, CP 1998; Ropke & Pisinger, Transportation Science 40(4), 2006).
"""
# mypy: disable-error-code="untyped-decorator"

import numpy as np
from numba import njit

from liaison.planning.search.arrays import Arrays
from liaison.planning.search.kernel import LEAST, Chain, Memory, Routes, Work, cheapest, copy_route, restamp, walk
from liaison.planning.search.ruin import ruin

BETTER = 1e-9


@njit(cache=True, nogil=True)
def anneal(
    p: Arrays, chain: Chain, seed: int, iterations: int, hot: float, cold: float, price: float, most: int
) -> None:
    """Some iterations of a chain, from temperature `hot` to `cold`, in units of value.

    `price`: value of a hundredth of a minute of driving; `most`: visits taken out at once.
    """
    np.random.seed(seed)
    now, kept, w = chain.now, chain.kept, chain.work
    for i in range(iterations):
        temperature = hot * (cold / hot) ** (i / iterations)
        for k in range(len(now.length)):
            w.changed[k] = False
        ruin(p, now, kept, chain.memory, w, most)
        _fill(p, now, chain.memory, w, price)
        for j in range(w.many[0]):
            w.out[w.taken[j]] = False
        found = _objective(p, now, price)
        if found > chain.scores[1] + BETTER:
            chain.scores[1] = found
            for k in range(len(now.length)):
                copy_route(now, chain.best, k)
        if found >= chain.scores[0] or np.random.random() < np.exp((found - chain.scores[0]) / temperature):
            chain.scores[0] = found
            for k in range(len(now.length)):
                if w.changed[k]:
                    copy_route(now, kept, k)
            _same_places(now, kept)
        else:
            for k in range(len(now.length)):
                if w.changed[k]:
                    copy_route(kept, now, k)
                    restamp(chain.memory, k)
            _same_places(kept, now)


@njit(cache=True)
def _same_places(source: Routes, target: Routes) -> None:
    # One by one: to assign a slice makes numba compile the words of its error message, a third of all.
    for c in range(len(source.of)):
        target.of[c] = source.of[c]


@njit(cache=True)
def _objective(p: Arrays, r: Routes, price: float) -> float:
    total = 0.0
    for c in range(len(r.of)):
        if r.of[c] >= 0:
            total += p.value[c]
    for k in range(len(r.length)):
        total -= price * r.driving[k]
    return total


@njit(cache=True)
def _fill(p: Arrays, r: Routes, m: Memory, w: Work, price: float) -> None:
    """Insert until nothing fits: by value to a power drawn, over the time it takes, blurred.

    Sometimes what was just taken out waits until the others had their turn; sometimes nothing is inserted that drives
    for more than it brings.
    """
    power, noise = 1.0 + 1.5 * np.random.random(), 0.5 * np.random.random()
    others_first, thrifty = np.random.random() < 0.3, np.random.random() < 0.5
    for c in range(len(r.of)):
        w.weight[c] = p.value[c] ** power if p.value[c] > 0 else 0.0
        if r.of[c] < 0:
            _look(p, r, m, c)
    while True:
        c = _choose(p, r, m, w, noise, others_first, price if thrifty else 0.0)
        if c >= 0:
            _insert(p, r, m, w, c)
        elif others_first:
            others_first = False
        else:
            return


@njit(cache=True)
def _choose(p: Arrays, r: Routes, m: Memory, w: Work, noise: float, others_first: bool, price: float) -> int:
    chosen, most = -1, 0.0
    for c in range(len(r.of)):
        if r.of[c] >= 0 or m.best[c] < 0 or (others_first and w.out[c]):
            continue
        k = m.best[c]
        if price > 0.0 and price * m.detour[c, k] > p.value[c]:
            continue
        score = w.weight[c] / max(m.cost[c, k], LEAST) * (1.0 - noise * np.random.random())
        if score > most:
            chosen, most = c, score
    return chosen


@njit(cache=True)
def _insert(p: Arrays, r: Routes, m: Memory, w: Work, chosen: int) -> None:
    """Into its cheapest route; then look again for those that wait."""
    k = m.best[chosen]
    at = m.position[chosen, k]
    for i in range(r.length[k], at, -1):
        r.order[k, i] = r.order[k, i - 1]
    r.order[k, at] = chosen
    r.length[k] += 1
    r.of[chosen] = k
    w.changed[k] = True
    if not walk(p, r, k):
        raise AssertionError("An insertion that was tested does not fit.")
    restamp(m, k)
    for c in range(len(r.of)):
        if r.of[c] >= 0:
            continue
        if m.best[c] == k or p.group[c] >= 0:
            _look(p, r, m, c)
        elif p.may[c, k]:
            cheapest(p, r, m, c, k)
            if m.position[c, k] >= 0 and (m.best[c] < 0 or m.cost[c, k] < m.cost[c, m.best[c]]):
                m.best[c] = k


@njit(cache=True)
def _look(p: Arrays, r: Routes, m: Memory, c: int) -> None:
    """The cheapest route for a stop, among all."""
    owner = _owner(p, r, c) if p.group[c] >= 0 else -1
    m.best[c] = -1
    for k in range(len(r.length)):
        if not p.may[c, k] or (owner >= 0 and p.liaison[k] != owner):
            continue
        if m.seen[c, k] != m.stamp[k]:
            cheapest(p, r, m, c, k)
        if m.position[c, k] >= 0 and (m.best[c] < 0 or m.cost[c, k] < m.cost[c, m.best[c]]):
            m.best[c] = k


@njit(cache=True)
def _owner(p: Arrays, r: Routes, c: int) -> int:
    """The liaison who sees the practice of this stop; -1: nobody yet."""
    for other in range(len(r.of)):
        if other != c and p.group[other] == p.group[c] and r.of[other] >= 0:
            return p.liaison[r.of[other]]
    return -1
