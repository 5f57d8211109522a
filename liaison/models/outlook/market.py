"""What the whole market does: its season, its growth, and the others as the yardstick of one practice."""

import numpy as np

from liaison.models.outlook.rates import Array

YEAR = 12
SEASON_SD, GROWTH_SD = 0.15, 0.15  # how far months of a year, and years, usually lie apart (log scale)


def season(totals: Array) -> Array:
    """(12): a month of the year against the year's mean, beginning with the month of totals[0].

    The month's total over the mean of the twelve months about it, drawn towards 1 by how few years and referrals
    there are. All 1 where there are fewer than 24 months: growth and season cannot be told apart.
    """
    flat = np.ones(YEAR)
    if len(totals) < 2 * YEAR or totals.min() <= 0:
        return flat
    apart = np.log(totals[YEAR // 2 : -YEAR // 2] / _about(totals))
    place = (np.arange(len(apart)) + YEAR // 2) % YEAR
    means = np.array([apart[place == month].mean() for month in range(YEAR)])
    years = np.bincount(place, minlength=YEAR)
    noise = max(1 / totals.mean(), float((apart - means[place]).var())) / years
    drawn = np.exp(means * SEASON_SD**2 / (SEASON_SD**2 + noise))
    return np.asarray(drawn / drawn.mean(), dtype=float)


def _about(totals: Array) -> Array:
    """Mean of the twelve months about each, the two outermost of thirteen by half."""
    weights = np.array([0.5, *[1.0] * (YEAR - 1), 0.5]) / YEAR
    return np.convolve(totals, weights, mode="valid")


def growth(totals: Array, seasons: Array) -> float:
    """The market's growth in a year: last twelve months against the twelve before, drawn towards 1; 1 below 24."""
    last, before = totals[-YEAR:].sum(), totals[-2 * YEAR : -YEAR].sum()
    if len(totals) < 2 * YEAR or not last or not before:
        return 1.0
    fitted = np.repeat([before, last], YEAR) / YEAR * np.resize(np.roll(seasons, -(len(totals) % YEAR)), 2 * YEAR)
    scatter = max(1.0, float(((totals[-2 * YEAR :] - fitted) ** 2 / fitted).mean()))
    noise = scatter * (1 / last + 1 / before)
    return float(np.exp(np.log(last / before) * GROWTH_SD**2 / (GROWTH_SD**2 + noise)))


def others(counts: Array) -> Array:
    """(practice, month): what all the other practices sent, and one referral a month more.

    Each practice is measured against the others, so that a large one is not compared with itself; the one referral
    keeps the market of a lone practice flat.
    """
    return np.asarray(counts.sum(axis=0) - counts + 1.0, dtype=float)
