"""How the market moves by itself: month by month, from the cells that no visit has touched."""

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
HELD = 30.0  # expected referrals that the whole market counts as, against those of a region in a month
STEPS, CLOSE = 200, 1e-9
LOWEST = 1e-6


def market_index(sent: Numbers, untouched: Flags, region: npt.NDArray[np.int64]) -> Numbers:
    """(practice, month): the factor on a practice's level in a month.

    `sent` (practice, month) counts; `untouched` (practice, month): cells to learn from; `region` (practice) codes. A
    region's factor is that of the market, held to it by a gamma prior worth 30 expected referrals. A month without
    an untouched cell has the factor 1.
    """
    level, month = two_way(sent, untouched)
    factors = np.ones_like(sent)
    expected = untouched * level[:, None] * month
    for code in np.unique(region):
        here = region == code
        came, should = (sent * untouched)[here].sum(axis=0), expected[here].sum(axis=0)
        factors[here] = month * (came + HELD) / (should + HELD)
    return factors


def two_way(
    sent: Numbers, cells: Flags, weight: Numbers | None = None, close: float = CLOSE
) -> tuple[Numbers, Numbers]:
    """Poisson regression of the marked cells on practice and month: (practice) levels and (month) factors.

    By alternating proportional fits; the mean of the level is in the levels. A practice without cells has level 0.
    """
    marked = cells.astype(float)
    weighed = np.ones(len(sent)) if weight is None else weight
    kept = marked * sent
    by_practice, by_month = kept.sum(axis=1), weighed @ kept
    month = np.ones(sent.shape[1])
    for _ in range(STEPS):
        level = by_practice / np.maximum(marked @ month, 1e-12)
        reach = (weighed * level) @ marked
        told = reach > 1e-9
        new = np.where(told, np.maximum(by_month / np.where(told, reach, 1.0), LOWEST), month)
        moved = np.abs(new / month - 1).max()
        month = new
        if moved < close:
            break
    shown = (weighed @ marked) > 0
    scale = float(month[shown].mean()) if shown.any() else 1.0
    month = np.where(shown, month / scale, 1.0)
    return np.asarray(by_practice / np.maximum(marked @ month, 1e-12)), month
