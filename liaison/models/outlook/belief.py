"""How probable it is that a change is real, and how much it is: Bayes over what may have happened.

Declared, not measured: one practice in twenty has changed for real, and a fall leaves 0, 20, 40, 60 or 80% of what
it sent, each as likely. A page that shows the probability shows these, too.
"""

from dataclasses import dataclass

import numpy as np

from liaison.models.outlook.rates import Array, likelihood
from liaison.models.outlook.signs import Signs, quiet
from liaison.models.outlook.yardstick import WINDOW, Measured, Pool

CHANGED = 0.05
LEFT = (0.0, 0.2, 0.4, 0.6, 0.8)


@dataclass(frozen=True)
class Belief:
    """(practice): probability that the change is real; referrals a month that it takes (below 0) or brings if so."""

    real: Array
    change: Array


def of_fall(seen: Array, expected: Array, relative: Array | float) -> Belief:
    """What is left, weighed by how well each share explains what was seen."""
    each = np.stack([likelihood(seen, np.maximum(left * expected, 1e-6), relative) for left in LEFT])
    nothing, fell = likelihood(seen, expected, relative), each.mean(axis=0)
    left = (each * np.array(LEFT)[:, None]).sum(axis=0) / np.maximum(each.sum(axis=0), 1e-300)
    return Belief(_real(fell, nothing), -(1 - left) * expected / WINDOW)


def of_new(found: Measured, shared: Pool, signs: Signs) -> Belief:
    """It became a practice like the others, or is a sparse one."""
    like_others = shared.usual.mean * WINDOW * found.market
    return _of_arrival(found, shared, signs, like_others, 1 / shared.usual.shape + shared.scatter)


def of_return(found: Measured, shared: Pool, signs: Signs) -> Belief:
    """It sends again as before its silence, or has left and sends now and then."""
    known = 1 / (found.before + shared.usual.shape) + shared.scatter
    return _of_arrival(found, shared, signs, signs.earlier * WINDOW * found.market, known)


def _of_arrival(found: Measured, shared: Pool, signs: Signs, active: Array, relative: Array | float) -> Belief:
    nothing = likelihood(found.seen, *quiet(np.maximum(signs.silent, 1.0), found, shared))
    brings = shared.usual.rate(found.seen, WINDOW * found.market) * found.market
    return Belief(_real(likelihood(found.seen, active, relative), nothing), np.asarray(brings, dtype=float))


def _real(changed: Array, nothing: Array) -> Array:
    weight = CHANGED * changed
    return np.asarray(weight / np.maximum(weight + (1 - CHANGED) * nothing, 1e-300), dtype=float)
