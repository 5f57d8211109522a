"""Regressions with a ridge, by Newton's method: counts with a log link, and yes or no with a logit."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
STEPS, CLOSE, LONGEST = 40, 1e-8, 2.0  # at most so many steps, until none is longer; a longer one is cut
FREE = 1e-6  # penalty of the constant: next to none
LOWEST, HIGHEST = -20.0, 12.0  # of a log rate


@dataclass(frozen=True)
class Fitted:
    """`coefficients` (k) and `hessian` (k, k) of the penalised likelihood there."""

    coefficients: Numbers
    hessian: Numbers

    def rate(self, design: Numbers) -> Numbers:
        """exp(design x coefficients): what is expected at an exposure of 1."""
        return np.asarray(np.exp(np.clip(design @ self.coefficients, LOWEST, HIGHEST)))


def poisson(design: Numbers, counts: Numbers, exposure: Numbers, weight: Numbers, ridge: float = 1.0) -> Fitted:
    """Poisson regression of counts (m) on a design (m, k) whose first column is 1; `exposure` > 0, `weight` >= 0.

    Minimises sum weight (mu - counts log mu) + ridge / 2 sum of squares of all coefficients but the first.
    """
    start = np.zeros(design.shape[1])
    start[0] = np.log((weight @ counts + 0.5) / max(float(weight @ exposure), 1e-9))
    offset = np.log(exposure)

    def at(coefficients: Numbers) -> tuple[Numbers, Numbers]:
        mean = np.exp(np.clip(design @ coefficients + offset, LOWEST, HIGHEST))
        return weight * (counts - mean), weight * mean

    return _newton(design, start, at, ridge)


def logistic(design: Numbers, happened: Numbers, ridge: float = 1.0) -> Fitted:
    """Logistic regression of 0 or 1 (m) on a design (m, k) whose first column is 1, with the same penalty."""
    start = np.zeros(design.shape[1])
    start[0] = np.log((happened.sum() + 0.5) / (len(happened) - happened.sum() + 0.5))

    def at(coefficients: Numbers) -> tuple[Numbers, Numbers]:
        chance = probability(design, coefficients)
        return happened - chance, chance * (1 - chance)

    return _newton(design, start, at, ridge)


def probability(design: Numbers, coefficients: Numbers) -> Numbers:
    """(m): the chance that a logistic regression gives."""
    return np.asarray(1 / (1 + np.exp(-np.clip(design @ coefficients, -30.0, 30.0))))


def _newton(design: Numbers, start: Numbers, at: Callable[[Numbers], tuple[Numbers, Numbers]], ridge: float) -> Fitted:
    penalty = np.full(design.shape[1], ridge)
    penalty[0] = FREE
    now = start
    for _ in range(STEPS):
        left, curvature = at(now)
        hessian = (design * curvature[:, None]).T @ design + np.diag(penalty)
        step = np.linalg.solve(hessian, design.T @ left - penalty * now)
        now = now + np.clip(step, -LONGEST, LONGEST)
        if np.abs(step).max() < CLOSE:
            break
    _, curvature = at(now)
    return Fitted(now, np.asarray((design * curvature[:, None]).T @ design + np.diag(penalty)))
