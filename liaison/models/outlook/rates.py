"""Rates drawn towards what is usual among the practices, and counts that scatter about a mean. Pure functions."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import betainc
from scipy.stats import nbinom

Array = npt.NDArray[np.float64]
TYPICAL = 0.15  # relative variance of three months beyond chance in simulated markets with ups and downs that last
OBSERVATIONS = 20  # what that counts as, so that a handful of practices cannot seem to have no scatter at all
SLACK = 1e-4  # the least relative variance beyond chance: keeps the negative binomial from ending in the Poisson


@dataclass(frozen=True)
class Usual:
    """The spread of rates among practices as a gamma distribution: its mean a month, and its shape.

    Drawing a rate towards it counts as `shape` referrals seen in `months` months.
    """

    mean: float
    shape: float

    @property
    def months(self) -> float:
        return self.shape / self.mean

    def rate(self, referrals: Array, months: Array | float) -> Array:
        """A month's rate of each practice, drawn towards the usual one the more, the fewer referrals it has."""
        return np.asarray((referrals + self.shape) / (months + self.months), dtype=float)


def usual(referrals: Array, months: Array | float) -> Usual:
    """By moments: the spread of the rates less what chance alone would give.

    referrals: (practice) in all; months: how many, for each or the same for all.
    """
    rates = referrals / months
    mean = max(float(rates.mean()), 1e-6)
    chance = mean * float(np.mean(1 / np.asarray(months)))
    spread = max(float(rates.var()) - chance, 1e-3 * mean**2)
    return Usual(mean, mean**2 / spread)


def relative_variance(seen: Array, expected: Array, known: Array | float = 0.0, free: Array | float = 1.0) -> float:
    """What counts scatter beyond chance, pooled: the variance is expected + this x expected squared.

    `known` is a relative variance that has another cause (a rate not known exactly) and is taken off; `free` is the
    share of the scatter that is left where the expectation was fitted to the same counts.
    """
    expected = np.maximum(expected, 1e-9)
    weight = float((expected * free).sum())
    if weight <= 0:
        return SLACK
    # Weighed by 1 / expected: by squares alone a few large practices would speak for all.
    beyond = ((seen - expected) ** 2 - expected * free) / expected - expected * known
    return max(float(beyond.sum()) / weight, SLACK)


OUT_OF_REACH = 5.0  # standard deviations: what lies further off is another event than scatter
ROUNDS = 50


def held_variance(seen: Array, expected: Array, known: Array | float, free: Array | float) -> float:
    """`relative_variance` of what lies `within_reach`, whose reach follows from the variance found until neither moves.

    Source: Huber 1981, Robust Statistics, ch. 6, proposal 2, without its correction, which at five standard
    deviations is below a hundredth.
    """
    found = relative_variance(seen, expected, known, free)
    for _ in range(ROUNDS):
        held, found = found, relative_variance(within_reach(seen, expected, found + known), expected, known, free)
        if held - found <= SLACK:
            break
    return found


def within_reach(seen: Array, expected: Array, relative: Array | float) -> Array:
    """Counts that lie out of reach are taken only as far as the reach.

    A practice that had sent nothing and now sends a hundred has arrived: that is no scatter about its forecast, and
    squared over an expectation near 0 one such would widen the intervals of all.
    """
    reach = OUT_OF_REACH * np.sqrt(expected + relative * expected**2)
    return np.asarray(np.clip(seen, expected - reach, expected + reach), dtype=float)


def steadied(relative: float, observations: float, typical: float = TYPICAL) -> float:
    """A pooled relative variance drawn towards the typical one by how few observations it comes from."""
    return (relative * observations + typical * OBSERVATIONS) / (observations + OBSERVATIONS)


def at_most(seen: Array, mean: Array, relative: Array | float) -> Array:
    """Chance of as few as these or fewer: negative binomial with this mean and relative variance beyond chance."""
    size = 1 / np.maximum(relative, SLACK)
    return np.asarray(betainc(size, np.floor(seen) + 1, size / (size + mean)), dtype=float)


def at_least(seen: Array, mean: Array, relative: Array | float) -> Array:
    """Chance of as many as these or more."""
    size = 1 / np.maximum(relative, SLACK)
    seen = np.asarray(np.floor(seen), dtype=float)
    return np.where(seen > 0, betainc(np.maximum(seen, 1), size, mean / (size + mean)), 1.0)


def likelihood(seen: Array, mean: Array, relative: Array | float) -> Array:
    """Chance of exactly these."""
    size = 1 / np.maximum(relative, SLACK)
    return np.asarray(nbinom.pmf(np.floor(seen), size, size / (size + mean)), dtype=float)


def bounds(mean: Array, relative: Array | float, level: float) -> tuple[Array, Array]:
    """Lowest and highest count of an interval that leaves out as much on either side, or all above where 0 is in it.

    A count at the border counts half to what lies beyond it: whole ones kept inside would make intervals of small
    counts hold more than their level. Source: Lancaster 1961, Significance tests in discrete distributions.
    """
    size = 1 / np.maximum(relative, SLACK)
    law = nbinom(size, size / (size + mean))
    below = (1 - level) / 2
    low = law.ppf(below)
    low = np.where(law.cdf(low) - law.pmf(low) / 2 < below, low + 1, low)
    inside = np.where(low > 0, 1 - below, level)
    high = law.ppf(inside)
    high = np.where(law.cdf(high) - law.pmf(high) / 2 > inside, high - 1, high)
    return np.asarray(np.minimum(low, high), dtype=float), np.asarray(np.maximum(high, 0), dtype=float)
