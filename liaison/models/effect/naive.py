"""What a simple chart would have said: all months since the first visit against the six months before it."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from liaison.models.panel import Panel

BEFORE = 6


@dataclass(frozen=True)
class BeforeAfter:
    """Referrals after the first visits beyond `usual`, the mean of six months before each carried on; no comparison.

    `market`: how much of `value` the market index alone would have brought.
    """

    value: float
    error: float
    usual: float
    market: float
    practices: int


def before_after(panel: Panel, of: npt.NDArray[np.bool_], index: npt.NDArray[np.float64]) -> BeforeAfter | None:
    """Over those of the practices `of` that have six months before; None where there are fewer than two.

    `index` (practice, month): the market's factors.
    """
    months = len(panel.months)
    first = np.where(panel.visited.any(axis=1), panel.visited.argmax(axis=1), months)
    changes, usual, market = [], 0.0, 0.0
    for place in np.flatnonzero(of & (first >= BEFORE) & (first < months - 1)):
        sent, start = panel.referrals_in[place], int(first[place])
        mean = float(sent[start - BEFORE : start].mean())
        after = sent[start + 1 :]  # the visit's own month is left out, as in the estimate
        changes.append(float(after.sum()) - mean * len(after))
        usual += mean * len(after)
        moved = index[place, start + 1 :] / max(float(index[place, start - BEFORE : start].mean()), 1e-9) - 1
        market += mean * float(moved.sum())
    if len(changes) < 2:
        return None
    error = float(np.std(changes, ddof=1)) * np.sqrt(len(changes))
    return BeforeAfter(sum(changes), float(error), usual, market, len(changes))
