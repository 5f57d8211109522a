"""Travel without any service: the straight line, made longer as roads are, at speeds that grow with the distance."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from liaison.metrics.distance import miles_between

Floats = npt.NDArray[np.float64]
Bands = tuple[tuple[float, float], ...]

BEYOND = 1e9  # miles


@dataclass(frozen=True)
class Roads:
    """What an estimate assumes, all of it settings. Measured for no town: calibrate it by logged drives.

    `circuity`: (up to so many straight miles, road miles a straight mile); `speeds`: (so many road miles of a trip,
    miles an hour), one stretch after the other. `park`: minutes to park and walk in. `factor`: what logged drives
    took, in parts of the estimate. The defaults are those of mixed town and country roads in the United States.
    """

    circuity: Bands = ((2.0, 1.5), (10.0, 1.4), (BEYOND, 1.3))
    speeds: Bands = ((2.0, 18.0), (4.0, 27.0), (10.0, 36.0), (BEYOND, 52.0))
    park: float = 3.0
    factor: float = 1.0

    def road_miles(self, miles: Floats) -> Floats:
        """Miles by road; a farther place is never nearer by road, although circuity falls with the distance."""
        road, least, done = np.zeros_like(miles), 0.0, np.zeros(miles.shape, dtype=bool)
        for upto, circuity in self.circuity:
            here = ~done & (miles <= upto)
            road = np.where(here, np.maximum(least, miles * circuity), road)
            done |= here
            least = max(least, upto * circuity)
        return road

    def minutes(self, miles: Floats) -> Floats:
        """Minutes for straight miles, parking included; 0 where the place is the same."""
        return np.asarray(np.where(miles > 0, self._on_road(self.road_miles(miles)), 0.0), dtype=np.float64)

    def driven(self, road: float) -> float:
        """Minutes for miles by road as somebody logged them, parking included; 0 for none."""
        return float(self._on_road(np.array([road], dtype=np.float64))[0]) if road > 0 else 0.0

    def _on_road(self, road: Floats) -> Floats:
        left, hours = road, np.zeros_like(road)
        for stretch, speed in self.speeds:
            here = np.minimum(left, stretch)
            hours += here / speed
            left = left - here
        return np.asarray(self.factor * (60 * hours + self.park), dtype=np.float64)

    def between(self, lat: Floats, lon: Floats) -> Floats:
        """Minutes from each place to each (degrees in)."""
        miles = miles_between(lat[:, None], lon[:, None], lat[None, :], lon[None, :])
        return self.minutes(np.where(np.eye(len(lat), dtype=bool), 0.0, np.round(miles, 6)))
