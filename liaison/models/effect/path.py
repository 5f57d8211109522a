"""What a practice looked like when it was decided whether to see it: its level and its recent path, market taken off.

Practices are alike where these are alike: that is what "same size, same recent path, same market" means here.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from liaison.models.effect.poisson import poisson

Numbers = npt.NDArray[np.float64]
HISTORY = 6  # months before a decision that must be there
YEAR, QUARTER, HALF = 12, 3, 6
PRIOR = 2.0  # months of the own level that a ratio is held to
RARE = 8  # practices of a specialty: rarer ones are not told apart
LEVEL = 1  # place of the log level among the columns of a path


@dataclass(frozen=True)
class Sums:
    """Running sums (practice, month + 1) of referrals and of the market index, so that a stretch is a difference."""

    sent: Numbers
    index: Numbers

    @classmethod
    def of(cls, sent: Numbers, index: Numbers) -> "Sums":
        nought = np.zeros((len(sent), 1))
        return cls(np.hstack([nought, sent.cumsum(axis=1)]), np.hstack([nought, index.cumsum(axis=1)]))

    def between(self, first: int, end: int) -> tuple[Numbers, Numbers]:
        """(practice): referrals and market index of the months from `first` to before `end`."""
        return self.sent[:, end] - self.sent[:, first], self.index[:, end] - self.index[:, first]


def prior_expectation(sent: Numbers, index: Numbers, untouched: npt.NDArray[np.bool_], known: pd.DataFrame) -> Numbers:
    """(practice): referrals a month of a practice of its size, specialty and distance, from untouched cells."""
    design = np.column_stack([np.ones(len(sent)), covariates(known)])
    came, exposure = (untouched * sent).sum(axis=1), (untouched * index).sum(axis=1)
    shown = (exposure > 0).astype(float)
    fitted = poisson(design, came, exposure + 1e-9, shown, ridge=0.1)
    return np.maximum(fitted.rate(design), 1e-3)


def covariates(known: pd.DataFrame) -> Numbers:
    """(practice, k): log size, log distance (unknown: their mean) and specialties that are not rare, less the first."""
    columns = [log_of(known, name) for name in ("size", "distance") if name in known]
    if "specialty" in known:
        kinds = known["specialty"].value_counts().sort_index()
        common = kinds[kinds >= RARE].index[1:]
        columns += [(known["specialty"] == kind).to_numpy(dtype=float) for kind in common]
    return np.column_stack(columns) if columns else np.zeros((len(known), 0))


def log_of(known: pd.DataFrame, name: str) -> Numbers:
    """(practice): log(1 + value) less its mean; 0 where the value, or the column, is not known."""
    if name not in known:
        return np.zeros(len(known))
    value = np.log1p(known[name].to_numpy(dtype=float))
    told = np.isfinite(value)
    return np.where(told, value - (value[told].mean() if told.any() else 0.0), 0.0)


def paths(sums: Sums, expected: Numbers, log_size: Numbers) -> Numbers:
    """(month, practice, 7): the path at each decision month, from the months before it only.

    Columns: 1, log level (all history, with the prior expectation as one referral), log ratios to that level of the
    last 12 months, the last 3 and the first half of the last 12, log size, log prior expectation.
    """
    months = sums.sent.shape[1] - 1
    found = np.empty((months, len(expected), 7))
    for month in range(months):
        came, should = sums.between(0, month)
        level = (came + 1.0) / (should + 1.0 / expected)
        year = max(0, month - YEAR)

        def ratio(first: int, end: int, level: Numbers = level) -> Numbers:
            came, should = sums.between(first, end)
            return np.asarray(np.log((came + PRIOR * level) / (should + PRIOR) / level))

        found[month] = np.column_stack(
            [
                np.ones(len(expected)),
                np.log(level),
                ratio(year, month),
                ratio(max(0, month - QUARTER), month),
                ratio(year, max(year, month - HALF)),
                log_size,
                np.log(expected),
            ]
        )
    return found
