"""The first plan: again and again the insertion that brings the most value for its time. No compiler needed."""

from collections.abc import Sequence

import numpy as np

from liaison.planning.search.arrays import Arrays, Flags, Real, Whole
from liaison.planning.search.routes import Route, insertions, route

NAME = "greedy insertion"
LEAST = 0.5  # hundredths of a minute; what an insertion costs at least, so that free ones can be compared


def greedy(p: Arrays, price: float, begun: Sequence[Sequence[int]] | None = None) -> list[list[int]]:
    """Routes by row, one a day, from `begun` (feasible) or from nothing. `price`: value of a hundredth of driving.

    An insertion that costs more driving than it brings value is not made.
    """
    plan = _Filling(p, price, begun or [[] for _ in p.start])
    while plan.insert_best():
        pass
    return [list(r.order) for r in plan.routes]


class _Filling:
    """Routes that are being filled, and for each stop and day the cheapest insertion as the route stands."""

    def __init__(self, p: Arrays, price: float, begun: Sequence[Sequence[int]]) -> None:
        self.p, self.price = p, price
        self.routes: list[Route] = []
        self.open: Flags = np.asarray(p.may.any(axis=1), dtype=np.bool_)
        self.owner: Whole = np.full(int(p.group.max(initial=-1)) + 1, -1, dtype=np.int64)
        self.position: Whole = np.zeros(p.may.shape, dtype=np.int64)
        self.score: Real = np.zeros(p.may.shape)
        for k, order in enumerate(begun):
            made = route(p, k, order)
            if made is None:
                raise ValueError(f"Day {k} cannot be begun like that.")
            self.routes.append(made)
            self.open[list(order)] = False
            for c in order:
                self._own(c, k)
        for k in range(len(self.routes)):
            self._weigh(k)

    def insert_best(self) -> bool:
        """Make the best insertion there is; False where none is left."""
        score = np.where(self.open[:, None], self.score, 0.0)
        grouped = np.flatnonzero(self.open & (self.p.group >= 0))
        if len(grouped):
            owner = self.owner[self.p.group[grouped]]
            score[grouped] *= (owner[:, None] < 0) | (owner[:, None] == self.p.liaison[None, :])
        if not score.size or score.max() <= 0:
            return False
        c, k = (int(i) for i in np.unravel_index(int(score.argmax()), score.shape))
        made = self.routes[k].inserted(self.p, c, int(self.position[c, k]))
        if made is None:
            raise AssertionError("An insertion that was tested does not fit.")
        self.routes[k] = made
        self.open[c] = False
        self._own(c, k)
        self._weigh(k)
        return True

    def _own(self, c: int, k: int) -> None:
        if self.p.group[c] >= 0:
            self.owner[self.p.group[c]] = self.p.liaison[k]

    def _weigh(self, k: int) -> None:
        """The insertions into route k anew."""
        self.score[:, k] = 0.0
        waiting = np.flatnonzero(self.open & self.p.may[:, k])
        if not len(waiting):
            return
        position, cost, detour = insertions(self.p, self.routes[k], waiting)
        value = self.p.value[waiting]
        worth = np.isfinite(cost) & (value > self.price * detour)
        self.position[waiting, k] = position
        self.score[waiting, k] = np.where(worth, value / np.maximum(cost, LEAST), 0.0)
