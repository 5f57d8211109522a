"""Intervals for shares and for the change between two shares."""

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


def share_interval(part: int, whole: int, level: float = 0.95) -> Interval:
    """Wilson's score interval of a share. Source: Wilson 1927, Probable inference, J Am Stat Assoc 22:209-212."""
    if whole <= 0 or not 0 <= part <= whole:
        raise ValueError(f"{part} of {whole} is no share")
    z = NormalDist().inv_cdf(0.5 + level / 2)
    share, square = part / whole, z * z
    middle = (share + square / (2 * whole)) / (1 + square / whole)
    half = z * sqrt(share * (1 - share) / whole + square / (4 * whole * whole)) / (1 + square / whole)
    return Interval(share, max(0.0, middle - half), min(1.0, middle + half))


def change(before: tuple[int, int], now: tuple[int, int], level: float = 0.95) -> Interval:
    """now - before, each (part, whole), of two independent groups of referrals.

    Source: Newcombe 1998, Interval estimation for the difference between independent proportions, Stat Med
    17:873-890, method 10 (Wilson's intervals squared and added).
    """
    old, new = share_interval(*before, level), share_interval(*now, level)
    step = new.value - old.value
    low = step - sqrt((new.value - new.low) ** 2 + (old.high - old.value) ** 2)
    high = step + sqrt((new.high - new.value) ** 2 + (old.value - old.low) ** 2)
    return Interval(step, low, high)
