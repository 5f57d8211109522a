"""How referrals vary by themselves: months that are lucky alone, ups and downs that last, growth of a practice's own.

Without this a lucky half year that put a practice on the target list would look like harm when it ends.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from liaison.models.ranking.levels import Levels

Numbers = npt.NDArray[np.float64]
OWN_GROWTH = 0.08  # taken: sd between practices of their yearly growth
LAGS = 9  # autocovariances looked at, from 0
SHORT = 18  # months: below, what is usual is taken


@dataclass(frozen=True)
class Variation:
    """Variances of the relative rate: `lasting` ups and downs, of which `memory` is left a month later, and those of
    a `single` month beyond counting."""

    lasting: float
    memory: float
    single: float


USUAL = Variation(lasting=0.08, memory=0.7, single=0.15)


def variation(sent: Numbers, levels: Levels) -> Variation:
    """Estimated from the autocovariances of what practices sent, relative to their own mean.

    The mean is estimated from the same months, which makes autocovariances too small; the expected ones are
    computed with the same loss, so that nothing is lost in their comparison.
    """
    months = sent.shape[1]
    raw = sent.sum(axis=1) / levels.market.sum()
    enough = raw * months >= 2 * months**0.5
    if months < SHORT or enough.sum() < 20:
        return USUAL
    relative = sent[enough] / (raw[enough, None] * levels.market) - 1
    weight = np.minimum(raw[enough], 30.0)
    weight = weight / weight.sum()
    reach = min(LAGS, months // 2)
    seen = np.array([weight @ (relative[:, lag:] * relative[:, : months - lag]).mean(axis=1) for lag in range(reach)])
    alone = _after_centring(np.eye(months), reach)
    grown = _after_centring(OWN_GROWTH**2 * np.outer(years(months), years(months)), reach)
    left = seen - float(weight @ (1 / raw[enough])) * alone - grown
    return _best(left, alone, months, reach)


def _best(left: Numbers, alone: Numbers, months: int, reach: int) -> Variation:
    """The memory whose autocovariances come nearest, with the two variances that least squares give it."""
    trust = np.sqrt(months - np.arange(reach))
    best, found = np.inf, USUAL
    for memory in np.arange(0.3, 0.91, 0.05):
        lasting = _after_centring(memory ** apart(months), reach)
        design = np.column_stack([lasting, alone]) * trust[:, None]
        two, *_ = np.linalg.lstsq(design, left * trust, rcond=None)
        two = np.clip(two, [0.005, 0.01], [0.5, 1.5])
        miss = float(((design @ two - left * trust) ** 2).sum())
        if miss < best:
            best, found = miss, Variation(float(two[0]), float(memory), float(two[1]))
    return found


def _after_centring(covariance: Numbers, reach: int) -> Numbers:
    """Mean autocovariance at each lag once the mean over the months has been taken off."""
    rows = covariance.mean(axis=0)
    centred = covariance - rows[:, None] - rows[None, :] + rows.mean()
    return np.array([np.diagonal(centred, lag).mean() for lag in range(reach)])


def years(months: int, ahead: int = 0) -> Numbers:
    """Time in years from the middle of the panel, months ahead included."""
    return np.asarray((np.arange(months + ahead) - (months - 1) / 2) / 12)


def apart(months: int, ahead: int = 0) -> npt.NDArray[np.int64]:
    """(months + ahead, months): how many months lie between two."""
    return np.asarray(np.abs(np.subtract.outer(np.arange(months + ahead), np.arange(months))))
