"""Time in a stage with open referrals censored and exits competing: Aalen-Johansen on day counts.

Equal to what statistics packages compute from rows, but from `GROUP BY day, end` alone (tested against statsmodels).
Source: Aalen and Johansen 1978, An empirical transition matrix for non-homogeneous Markov chains.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from liaison.metrics.stages import MOVED_ON, OPEN

AT_RISK = 10  # below this many at risk the curve is not read any further
Curve = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Incidence:
    """`moved[d]`: share that moved on within d days; `at_risk[d]`: referrals still in the stage on day d."""

    moved: Curve
    at_risk: Counts

    @property
    def last_day(self) -> int | None:
        """The last day with enough at risk to read the curve."""
        enough = np.flatnonzero(self.at_risk >= AT_RISK)
        return int(enough[-1]) if len(enough) else None

    def quantile(self, q: float) -> int | None:
        """First day by which a share q of those who move on had moved on; None below ten at risk."""
        last = self.last_day
        if last is None or self.moved[last] <= 0:
            return None
        # A relative slack keeps rounding from pushing an exact half to the next day.
        return int(np.argmax(self.moved >= q * self.moved[last] * (1 - 1e-12)))


def kinds(outcome: pd.Series) -> Counts:
    """0 censored, 1 moved on, 2 an exit, for each outcome."""
    return np.select([outcome == OPEN, outcome == MOVED_ON], [0, 1], default=2).astype(np.int64)


def incidence(days: pd.DataFrame) -> Incidence:
    """From durations of one stage: `days` int (no nulls), `outcome` str (moved_on, open, an exit), `rows` int."""
    if days.empty:
        return Incidence(np.zeros(0), np.zeros(0, dtype=np.int64))
    return curve(days["days"].to_numpy(np.int64), kinds(days["outcome"]), days["rows"].to_numpy(np.int64))


def curve(days: Counts, kind: Counts, rows: Counts) -> Incidence:
    """The same from arrays, for many curves at once; at least one duration."""
    counts = np.zeros((int(days.max()) + 1, 3), dtype=np.int64)
    np.add.at(counts, (days, kind), rows)
    at_risk = counts.sum(axis=1)[::-1].cumsum()[::-1]
    hazards = counts[:, 1:] / np.maximum(at_risk, 1)[:, None]
    surviving = np.cumprod(1 - hazards.sum(axis=1))
    before = np.concatenate([[1.0], surviving[:-1]])
    return Incidence(np.cumsum(before * hazards[:, 0]), at_risk)
