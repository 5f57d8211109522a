"""Whether forecasts are spread as what came: the slope of a Poisson regression on their logarithm."""

import numpy as np

from liaison.models.outlook.rates import Array

ROUNDS = 50


def slope(foreseen: Array, came: Array) -> float:
    """1: a practice foreseen to send twice as much sends twice as much. Below 1: forecasts lie too far apart.

    log of the mean of `came` = a + slope x log of `foreseen`, by maximum likelihood; nan where all are alike.
    Source: Cox 1958, Two further applications of a model for binary regression, for the idea, here for counts.
    """
    x = np.log(foreseen)
    x = x - np.average(x, weights=foreseen)
    if not came.sum() or np.ptp(x) < 1e-9:
        return float("nan")
    at = np.array([np.log(came.mean() / foreseen.mean()) + np.log(foreseen.mean()), 1.0])
    design = np.column_stack([np.ones_like(x), x])
    for _ in range(ROUNDS):
        mean = np.exp(np.clip(design @ at, -30, 30))
        step = np.linalg.solve((design * mean[:, None]).T @ design, design.T @ (came - mean))
        at = at + np.clip(step, -1, 1)
        if np.abs(step).max() < 1e-9:
            break
    return float(at[1])


POWER_SD = 0.3  # how far the power usually lies from 1
LEAST, MOST = 0.5, 1.1


def power(foreseen: Array, came: Array) -> float:
    """The power that spreads forecasts as what came, drawn towards 1 by how little the practices can tell of it."""
    found = slope(foreseen, came)
    if np.isnan(found):
        return 1.0
    x = np.log(foreseen)
    apart = x - np.average(x, weights=foreseen)
    mean = foreseen**found
    mean = mean * (came.sum() / mean.sum())
    # What single practices are off by, not the Poisson alone, tells how well the slope is known.
    noise = float(((came - mean) ** 2 * apart**2).sum()) / float((mean * apart**2).sum()) ** 2
    drawn = 1 + (found - 1) * POWER_SD**2 / (POWER_SD**2 + noise)
    return float(np.clip(drawn, LEAST, MOST))
