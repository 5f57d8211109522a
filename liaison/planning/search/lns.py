"""Running the compiled search: chains, temperatures, and when to stop.

Fixed seed and iterations give the same routes; a limit of seconds does not promise it.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np

from liaison.planning.problem import HOUR, MINUTE, Day, Problem, Stop
from liaison.planning.search import compiled
from liaison.planning.search.arrays import Arrays, Whole, arrays

compiled.keep_compiled()

from liaison.planning.search.anneal import anneal  # noqa: E402  after numba was told where to keep it
from liaison.planning.search.kernel import Chain, Memory, Routes, Work, walk  # noqa: E402

NAME = "large-neighbourhood search"
CHAINS, FEW_ROUTES = 3, 2
CHUNK = 100  # iterations
PART = 0.02  # of the time a chunk takes
FOR_VALUE = 0.9  # of the work; the rest looks for less driving at the same value
DRIVING_HOT, DRIVING_COLD = 1.0, 0.02  # temperatures then, in mean legs
TIE = 1e-5  # of the least value: what all driving of all days together counts where it only breaks ties
AWAY = 15  # visits taken out at once

Tell = Callable[[float, list[list[int]]], None]


@dataclass(frozen=True)
class Effort:
    """How long and how: `iterations`, or `seconds` of the computer's work; temperatures as shares of a mean value."""

    seed: int = 1
    seconds: float = 3.0
    iterations: int | None = None
    hot: float = 0.4
    cold: float = 0.008
    chains: int | None = None
    patience: float = 2.0  # on a busy machine a search ends after so many times its seconds


AGAIN = Effort(seconds=0.3, hot=0.02, cold=0.002, chains=1)  # after an edit: stay close


def search(
    p: Arrays, price: float, begun: Sequence[Sequence[int]], effort: Effort, tell: Tell | None = None
) -> tuple[list[list[int]], int]:
    """Routes by row that are the best found, and the iterations made.

    `begun`: routes that can be driven; `price`: value of a hundredth of a minute of driving, 0: it breaks ties.
    `tell` is given the share of the work done and the best routes, whenever they became better.
    """
    best, most, made = [list(order) for order in begun], -np.inf, 0
    if not len(p.place) or not len(p.start):
        return best, made
    chains = effort.chains or (CHAINS if len(p.start) <= FEW_ROUTES else 1)
    for number in range(chains):
        chain = _chain(p, price or _tie(p), begun)
        made += _Run(p, chain, price, effort, number, chains, tell).run()
        if chain.scores[1] > most:
            best, most = _orders(chain.best), chain.scores[1]
    return best, made


class _Run:
    """One chain from its start to its end."""

    def __init__(
        self, p: Arrays, chain: Chain, price: float, effort: Effort, number: int, chains: int, tell: Tell | None
    ) -> None:
        self.p, self.chain, self.effort, self.tell = p, chain, effort, tell
        self.price = price or _tie(p)
        self.number, self.chains = number, chains
        self.seconds = effort.seconds / chains
        asked = effort.iterations
        self.iterations = None if asked is None else asked // chains + (number < asked % chains)
        possible = p.may.any(axis=1) & (p.value > 0)
        self.possible = int(possible.sum())
        wanted = p.worth[possible & (p.worth > 0)]
        self.mean = float(wanted.mean()) if len(wanted) else 1.0
        self.driving_from: float | None = None

    def run(self) -> int:
        began, wall = time.thread_time(), time.perf_counter()
        done, size, number, part = 0, CHUNK, 0, 0.0
        while part < 1:
            if self.iterations is not None:
                size = min(CHUNK, self.iterations - done)
                ahead = (done + size) / self.iterations if self.iterations else 1.0
            else:
                ahead = min(1.0, part + PART)
            if size <= 0:
                break
            hot, cold = self._temperatures(part, ahead)
            before = self.chain.scores[1]
            anneal(self.p, self.chain, self._seed(number), size, hot, cold, self.price, AWAY)
            done, number = done + size, number + 1
            if self.iterations is not None:
                part = done / self.iterations
            else:
                spent, waited = time.thread_time() - began, time.perf_counter() - wall
                speed = done / max(spent, 1e-6)
                size = int(min(4 * size, max(5, speed * self.seconds * PART)))
                part = max(spent / self.seconds, waited / (self.seconds * self.effort.patience))
            if self.tell is not None and self.chain.scores[1] > before:
                self.tell((self.number + min(part, 1.0)) / self.chains, _orders(self.chain.best))
        return done

    def _seed(self, number: int) -> int:
        return (self.effort.seed * 1_000_003 + self.number * 10_007 + number) % (1 << 32)

    def _temperatures(self, part: float, ahead: float) -> tuple[float, float]:
        """From and to, falling evenly on a log scale; once only driving is left to win, in its own unit."""
        if self.driving_from is None and (part >= FOR_VALUE or self.chain.best.length.sum() == self.possible):
            self.driving_from = part
            self._back_to_best()
        if self.driving_from is None:
            ratio = self.effort.cold / self.effort.hot
            scale, first = self.mean * self.effort.hot, 0.0
            width = FOR_VALUE
        else:
            ratio = DRIVING_COLD / DRIVING_HOT
            scale, first = self.price * self._leg() * DRIVING_HOT, self.driving_from
            width = 1.0 - first
        return scale * ratio ** ((part - first) / width), scale * ratio ** ((ahead - first) / width)

    def _leg(self) -> float:
        best = self.chain.best
        return max(1.0, float(best.driving.sum() / max(1, best.length.sum())))

    def _back_to_best(self) -> None:
        """Go on from the best plan found."""
        chain = self.chain
        for routes in (chain.now, chain.kept):
            for mine, best in zip(routes, chain.best, strict=True):
                mine[:] = best
        chain.now.of[:] = -1
        for k, order in enumerate(_orders(chain.best)):
            chain.now.of[order] = k
        chain.kept.of[:] = chain.now.of
        chain.memory.clock[0] += len(self.p.start)
        chain.memory.stamp[:] = chain.memory.clock[0] - np.arange(len(self.p.start))
        chain.scores[0] = chain.scores[1]


@cache
def warm() -> None:
    """Have the search ready in this process: compiled, in seconds of a core where that was never done, or read."""
    if not compiled.is_warm():
        compiled.compile_once(_smallest)
    _smallest()


def _smallest() -> None:
    """Two iterations over nearly nothing compile all, for the types that every problem has."""
    travel = np.full((2, 2), MINUTE, dtype=np.int64)
    day = Day(date(2026, 1, 1), "nobody", 0, 0, 0, HOUR)
    problem = Problem(travel, (Stop("one", 1, 1.0, MINUTE), Stop("two", 1, 1.0, MINUTE)), (day,))
    search(arrays(problem), 1.0, [[]], Effort(iterations=2, chains=1))


def _tie(p: Arrays) -> float:
    values = p.worth[p.worth > 0]
    hours = max(1, int((p.ends - p.begins).sum()))
    return TIE * float(values.min()) / hours if len(values) else TIE / hours


def _chain(p: Arrays, price: float, begun: Sequence[Sequence[int]]) -> Chain:
    stops, days = p.may.shape
    now = _routes(stops, days)
    for k, order in enumerate(begun):
        now.order[k, : len(order)] = order
        now.length[k] = len(order)
        now.of[list(order)] = k
        if not walk(p, now, k):
            raise ValueError(f"Day {k} cannot be begun like that.")
    score = float(p.value[now.of >= 0].sum()) - price * float(now.driving.sum())
    kept, best = (Routes(*(part.copy() for part in now)) for _ in range(2))
    memory = Memory(
        np.full((stops, days), -1, dtype=np.int64),
        np.zeros((stops, days)),
        np.zeros((stops, days), dtype=np.int64),
        np.full((stops, days), -1, dtype=np.int64),
        np.arange(days, dtype=np.int64),
        np.array([days], dtype=np.int64),
        np.full(stops, -1, dtype=np.int64),
    )
    whole = [np.zeros(stops, dtype=np.int64) for _ in range(2)]
    work = Work(
        np.zeros(days, dtype=np.bool_),
        np.zeros(stops, dtype=np.bool_),
        whole[0],
        np.zeros(1, dtype=np.int64),
        np.zeros(stops),
        whole[1],
        np.zeros(stops),
    )
    return Chain(now, kept, best, memory, work, np.array([score, score]))


def _routes(stops: int, days: int) -> Routes:
    wide: list[Whole] = [np.zeros((days, max(stops, 1)), dtype=np.int64) for _ in range(3)]
    long: list[Whole] = [np.zeros(days, dtype=np.int64) for _ in range(2)]
    return Routes(wide[0], long[0], wide[1], wide[2], long[1], np.full(stops, -1, dtype=np.int64))


def _orders(routes: Routes) -> list[list[int]]:
    return [[int(c) for c in routes.order[k, : routes.length[k]]] for k in range(len(routes.length))]
