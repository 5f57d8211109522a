"""Time in a stage with open referrals censored and exits competing: Aalen-Johansen on day counts.

Equal to what statistics packages compute from rows, but from `GROUP BY day, end` alone (tested against statsmodels).
Source: Aalen and Johansen 1978, An empirical transition matrix for non-homogeneous Markov chains.
"""

from dataclasses import dataclass, field
from statistics import NormalDist

import numpy as np
import numpy.typing as npt
import pandas as pd

from liaison.metrics.stages import MOVED_ON, OPEN

AT_RISK = 10  # below this many at risk the curve is not read any further
LEVEL = 0.95
Curve = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Incidence:
    """`moved[d]`: share that moved on within d days; `at_risk[d]`: referrals still in the stage on day d."""

    moved: Curve
    at_risk: Counts
    leaving: Counts = field(default_factory=lambda: np.zeros((0, 2), dtype=np.int64))  # a day: moved on, exits

    @property
    def last_day(self) -> int | None:
        """The last day with enough at risk to read the curve."""
        enough = np.flatnonzero(self.at_risk >= AT_RISK)
        return int(enough[-1]) if len(enough) else None

    def quantile(self, q: float, until: int | None = None) -> int | None:
        """First day by which a share q of those who move on had moved on; None below ten at risk.

        `until` reads the curve no further than that day, so that two curves of different length can be compared.
        """
        last = self._read_to(until)
        if last is None or self.moved[last] <= 0:
            return None
        # A relative slack keeps rounding from pushing an exact half to the next day.
        return int(np.argmax(self.moved >= q * self.moved[last] * (1 - 1e-12)))

    def _read_to(self, until: int | None) -> int | None:
        last = self.last_day
        return last if last is None or until is None else min(last, until)

    def share_by(self, day: int) -> tuple[float, float, float] | None:
        """Share that had moved on within `day` days, with its 95% interval; None where the curve is not read so far.

        The interval is made on the scale of log(-log), so that it stays between 0 and 1. Source: Choudhury 2002,
        Non-parametric confidence interval estimation for competing risks analysis, Stat Med 21:1129-1144.
        """
        if self.last_day is None or day > self.last_day:
            return None
        share = float(self.moved[day])
        if not 0 < share < 1:
            return share, share, share
        wide = NormalDist().inv_cdf(0.5 + LEVEL / 2) * float(self._errors(0.0, day)[day])
        wide /= share * abs(np.log(share))
        return share, float(share ** np.exp(wide)), float(share ** np.exp(-wide))

    def quantile_interval(self, q: float, until: int | None = None) -> tuple[int, int] | None:
        """The days that a share q of those who move on could be reached on: those that a 95% test does not refuse.

        Source: Brookmeyer and Crowley 1982, A confidence interval for the median survival time, Biometrics 38:29-41,
        with the share of those who move on by the last day in place of a half.
        """
        last = self._read_to(until)
        if last is None or self.moved[last] <= 0:
            return None
        above = self.moved[: last + 1] - q * self.moved[last]
        wide = NormalDist().inv_cdf(0.5 + LEVEL / 2) * self._errors(q, last)
        day = self.quantile(q, until) or 0
        # The first day that is not clearly below, and the first that is clearly above: the curve stands until then.
        low = int(np.argmax(above >= -wide))
        high = int(np.argmax(above > wide)) if (above > wide).any() else last
        return min(low, day), max(high, day)

    def errors(self, last: int) -> Curve:
        """Standard error of moved[d], for d = 0 to last."""
        return self._errors(0.0, last)

    def _errors(self, q: float, last: int) -> Curve:
        """Standard error of moved[d] - q x moved[last], for d = 0 to last.

        The delta method: each day's hazards are a multinomial draw of their own, and change what comes after by
        before - (moved[d] - moved[u]) / staying for who moves on, and by the second part alone for who ends. That is
        linear in moved[d], so that sums over the days up to d are enough.
        """
        days = slice(0, last + 1)
        there = np.maximum(self.at_risk[days], 1)
        h1, h2 = (self.leaving[days] / there[:, None]).T
        staying = 1 - h1 - h2
        before = np.concatenate([[1.0], np.cumprod(staying)[:-1]])
        moved, every = self.moved[days], h1 + h2
        slope = np.divide(1.0, staying, out=np.zeros_like(staying), where=staying > 1e-12)
        moving, ending = before + moved * slope, moved * slope  # less slope x moved[d], each
        later = q * (moving - slope * moved[-1]), q * (ending - slope * moved[-1])
        p, r = moving - later[0], ending - later[1]
        middle = p * h1 + r * h2
        constant = p**2 * h1 + r**2 * h2 - middle**2
        linear, square = -2 * slope * middle * (1 - every), slope**2 * every * (1 - every)
        after = later[0] ** 2 * h1 + later[1] ** 2 * h2 - (later[0] * h1 + later[1] * h2) ** 2
        sums = [np.cumsum(part / there) for part in (constant, linear, square, after)]
        spread = sums[0] + moved * sums[1] + moved**2 * sums[2] + sums[3][-1] - sums[3]
        return np.sqrt(np.maximum(spread, 0.0))


KIND = {OPEN: 0, MOVED_ON: 1}  # 0 censored, 1 moved on; every other outcome is 2, an exit
NO_CURVE = Incidence(np.zeros(0), np.zeros(0, dtype=np.int64))


def kinds(outcome: pd.Series) -> Counts:
    """0 censored, 1 moved on, 2 an exit, for each outcome."""
    return np.select([outcome == OPEN, outcome == MOVED_ON], [0, 1], default=2).astype(np.int64)


def incidence(days: pd.DataFrame) -> Incidence:
    """From durations of one stage: `days` int (no nulls), `outcome` str (moved_on, open, an exit), `rows` int."""
    if days.empty:
        return NO_CURVE
    return curve(days["days"].to_numpy(np.int64), kinds(days["outcome"]), days["rows"].to_numpy(np.int64))


def curve(days: Counts, kind: Counts, rows: Counts) -> Incidence:
    """The same from arrays, for many curves at once; at least one duration."""
    counts = np.zeros((int(days.max()) + 1, 3), dtype=np.int64)
    np.add.at(counts, (days, kind), rows)
    at_risk = counts.sum(axis=1)[::-1].cumsum()[::-1]
    hazards = counts[:, 1:] / np.maximum(at_risk, 1)[:, None]
    surviving = np.cumprod(1 - hazards.sum(axis=1))
    before = np.concatenate([[1.0], surviving[:-1]])
    return Incidence(np.cumsum(before * hazards[:, 0]), at_risk, counts[:, 1:])
