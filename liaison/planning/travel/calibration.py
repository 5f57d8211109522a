"""How estimated drives compare with those that were logged: one factor, the median of actual over estimated."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from liaison.metrics.distance import miles_between
from liaison.planning.travel.estimate import Roads

ENOUGH = 30
LEAST, MOST = 0.2, 5.0  # a leg beyond is an errand or a slip of the pen; it is counted, and left out


@dataclass(frozen=True)
class Leg:
    """A drive that was made: from, to (degrees), and what it took in minutes, parking included."""

    lat: float
    lon: float
    to_lat: float
    to_lon: float
    minutes: float


@dataclass(frozen=True)
class Calibration:
    """`factor` from `legs` drives, half of which lay between `low` and `high`; `odd` more were left out.

    With fewer than 30 drives `factor` is None, and the estimate stands as it was.
    """

    legs: int
    odd: int
    factor: float | None = None
    low: float | None = None
    high: float | None = None

    def applied(self, roads: Roads) -> Roads:
        """`roads` must be those that the legs were compared with."""
        return roads if self.factor is None else replace(roads, factor=roads.factor * self.factor)

    @property
    def says(self) -> str:
        odd = f"; {self.odd:,} more were under a fifth or over five times the estimate and left out" if self.odd else ""
        if self.factor is None:
            return f"{self.legs:,} logged drives, {ENOUGH} are needed: estimates are not calibrated{odd}."
        return (
            f"{self.legs:,} logged drives took {self.factor:.2f} times the estimate at the median, "
            f"half of them {self.low:.2f} to {self.high:.2f}{odd}."
        )


def calibrated(roads: Roads, legs: Iterable[Leg]) -> Calibration:
    """Compare logged drives with what `roads` estimates for them. Drives of no distance or no time say nothing."""
    made = np.array([(leg.lat, leg.lon, leg.to_lat, leg.to_lon, leg.minutes) for leg in legs], dtype=float).reshape(
        -1, 5
    )
    estimate = roads.minutes(np.asarray(miles_between(made[:, 0], made[:, 1], made[:, 2], made[:, 3]), dtype=float))
    counts = (estimate > 0) & (made[:, 4] > 0)
    ratio = made[counts, 4] / estimate[counts]
    usual = (ratio >= LEAST) & (ratio <= MOST)
    ratio, odd = ratio[usual], int((~usual).sum())
    if len(ratio) < ENOUGH:
        return Calibration(len(ratio), odd)
    low, middle, high = (float(q) for q in np.quantile(ratio, [0.25, 0.5, 0.75]))
    return Calibration(len(ratio), odd, middle, low, high)
