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


# What simulated markets need whose ups and downs last, and how far from it others lie (those of heavy zeros).
TYPICAL_POWER, POWER_SD = 0.93, 0.2
LEAST, MOST = 0.5, 1.1


def power(foreseen: Array, came: Array) -> float:
    """The power that spreads forecasts as what came, drawn towards the typical one by how little they can tell."""
    found = slope(foreseen, came)
    if np.isnan(found):
        return 1.0
    x = np.log(foreseen)
    apart = x - np.average(x, weights=foreseen)
    mean = foreseen**found
    mean = mean * (came.sum() / mean.sum())
    # What single practices are off by, not the Poisson alone, tells how well the slope is known.
    noise = float(((came - mean) ** 2 * apart**2).sum()) / float((mean * apart**2).sum()) ** 2
    drawn = TYPICAL_POWER + (found - TYPICAL_POWER) * POWER_SD**2 / (POWER_SD**2 + noise)
    return float(np.clip(drawn, LEAST, MOST))
