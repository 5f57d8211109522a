"""Intervals for shares and for the change between two shares."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist


@dataclass(frozen=True)
class Interval:
    """A value with its 95% interval."""

    value: float
    low: float
    high: float

    @property
    def above_zero(self) -> bool:
        return self.low > 0

    @property
    def below_zero(self) -> bool:
        return self.high < 0


def share_interval(part: float, whole: float, level: float = 0.95) -> Interval:
    """Wilson's score interval of a share. Source: Wilson 1927, Probable inference, J Am Stat Assoc 22:209-212."""
    if whole <= 0 or not 0 <= part <= whole:
        raise ValueError(f"{part} of {whole} is no share")
    z = NormalDist().inv_cdf(0.5 + level / 2)
    share, square = part / whole, z * z
    middle = (share + square / (2 * whole)) / (1 + square / whole)
    half = z * sqrt(share * (1 - share) / whole + square / (4 * whole * whole)) / (1 + square / whole)
    return Interval(share, max(0.0, middle - half), min(1.0, middle + half))


def change(before: tuple[float, float], now: tuple[float, float], level: float = 0.95) -> Interval:
    """now - before, each (part, whole), of two independent groups of referrals.

    Source: Newcombe 1998, Interval estimation for the difference between independent proportions, Stat Med
    17:873-890, method 10 (Wilson's intervals squared and added).
    """
    old, new = share_interval(*before, level), share_interval(*now, level)
    step = new.value - old.value
    low = step - sqrt((new.value - new.low) ** 2 + (old.high - old.value) ** 2)
    high = step + sqrt((new.high - new.value) ** 2 + (old.value - old.low) ** 2)
    return Interval(step, low, high)


def ratio(before: int, now: int, level: float = 0.95, spread: float = 1.0) -> Interval:
    """now / before, two Poisson counts of windows of the same length. ValueError where there were none before.

    `spread`: variance over mean where counts scatter more than Poisson's; each count then weighs that much less.

    Given their sum, one of them is binomial; Wilson's limits of that share, turned back into a ratio. Source:
    Przyborowski and Wilenski 1940, Homogeneity of results in testing samples from Poisson series, Biometrika 31:313.
    """
    if before < 1 or now < 0:
        raise ValueError(f"{now} cannot be compared with {before}")
    share = share_interval(now / spread, (before + now) / spread, level)
    high = share.high / (1 - share.high) if share.high < 1 else float("inf")
    return Interval(now / before, share.low / (1 - share.low), high)


def ratio_of_clusters(parts: Sequence[int], wholes: Sequence[int], level: float = 0.95) -> Interval:
    """A share whose referrals come in clusters (practices): referrals of one practice are alike, so they count less.

    `parts` and `wholes` by cluster. Source: Cochran 1977, Sampling Techniques, 3rd ed., 6.4: the ratio estimate's
    variance over clusters. ValueError with fewer than two clusters, or nothing in them.
    """
    every, clusters = sum(wholes), len(wholes)
    if clusters < 2 or every <= 0:
        raise ValueError("a share over clusters needs at least two of them")
    share = sum(parts) / every
    spread = sum((part - share * whole) ** 2 for part, whole in zip(parts, wholes, strict=True))
    error = sqrt(clusters / (clusters - 1) * spread) / every
    half = NormalDist().inv_cdf(0.5 + level / 2) * error
    return Interval(share, max(0.0, share - half), min(1.0, share + half))


def apart(first: Interval, second: Interval) -> Interval:
    """first - second, two independent values with symmetric intervals: their half-widths squared and added."""
    step = first.value - second.value
    half = sqrt(sum(max(i.high - i.value, i.value - i.low) ** 2 for i in (first, second)))
    return Interval(step, step - half, step + half)


def balance(up: int, down: int, whole: int, level: float = 0.95) -> Interval:
    """Share of one answer less the share of its opposite, of the same `whole` people (promoters less detractors).

    Source: Tango 1998, Equivalence test and confidence interval for the difference in proportions for the
    paired-sample design, Stat Med 17:891-908: the differences that a score test does not refuse. It keeps near its
    level in small samples, and is no point where all say the same. ValueError where they are more than the whole, or
    that is none.
    """
    if whole <= 0 or up < 0 or down < 0 or up + down > whole:
        raise ValueError(f"{up} and {down} of {whole} are no shares")
    z, value = NormalDist().inv_cdf(0.5 + level / 2), (up - down) / whole
    ends = [_where_refused(up, down, whole, z, value, end) for end in (-1.0, 1.0)]
    return Interval(value, *ends)


def _where_refused(up: int, down: int, whole: int, z: float, kept: float, refused: float) -> float:
    """The difference between `kept` and `refused` (an end, kept where even it is not refused) where the test turns."""
    for _ in range(60):
        middle = (kept + refused) / 2
        if _score(up, down, whole, middle) <= z:
            kept = middle
        else:
            refused = middle
    return refused


def _score(up: int, down: int, whole: int, step: float) -> float:
    """How far, in standard errors, the answers are from a true difference of `step`."""
    b = (2 * whole - up + down) * step - up - down
    opposite = (sqrt(max(b * b + 8 * whole * down * step * (1 - step), 0.0)) - b) / (4 * whole)
    variance = whole * (2 * opposite + step * (1 - step))
    off = abs(up - down - whole * step)
    return off / sqrt(variance) if variance > 0 else 0.0 if off < 1e-9 else float("inf")
