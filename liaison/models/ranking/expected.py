"""What practices would send without a visit, in the months after the last: the forecast that a gain starts from."""

import numpy as np
import numpy.typing as npt

from liaison.models.ranking.fit import AT_ONCE
from liaison.models.ranking.levels import Levels
from liaison.models.ranking.variation import OWN_GROWTH, Variation, years

Numbers = npt.NDArray[np.float64]


def forecast(
    sent: Numbers, felt: Numbers, lift: Numbers, levels: Levels, market: Numbers, varies: Variation, ahead: Numbers
) -> tuple[Numbers, Numbers]:
    """(practice, month ahead) referrals without a visit, and (practice) the standard error of their mean.

    The best linear forecast of a practice's deviation from its own level, on the relative scale, on which the big
    and the small vary alike: level (held to what is expected of its like), growth and lasting ups and downs, each by
    its variance. `lift` (practice) x `felt` is taken out for visits made; `market`: factors of the panel's months,
    `ahead`: of those after.
    """
    months = sent.shape[1]
    mean = levels.own[:, None] * market * (1 + lift[:, None] * felt)
    between = np.log1p(levels.between)
    covariance = between + _moving(varies, months, 0)
    expected = np.log(levels.expected / levels.own)
    deviation = sent / mean - 1 - expected[:, None]
    together = between + _moving(varies, months, len(ahead))[months:]
    whole = between + _moving(varies, months, len(ahead), True)[months:, months:].mean()
    mean_together = together.mean(axis=0)
    diagonal = np.arange(months)
    moved, left = np.empty((len(sent), len(ahead))), np.empty(len(sent))
    for first in range(0, len(sent), AT_ONCE):
        some = slice(first, first + AT_ONCE)
        precision = np.repeat(covariance[None], len(mean[some]), axis=0)
        precision[:, diagonal, diagonal] += 1 / mean[some] + varies.single
        precision = np.linalg.inv(precision)
        weighed = np.einsum("pst,pt->ps", precision, deviation[some])
        moved[some] = 1 + expected[some, None] + weighed @ together.T
        left[some] = whole - np.einsum("s,pst,t->p", mean_together, precision, mean_together, optimize=True)
    level = levels.own * float(ahead.mean())
    return levels.own[:, None] * ahead * np.maximum(moved, 0.05), np.asarray(level * np.sqrt(np.maximum(left, 1e-4)))


def _moving(varies: Variation, months: int, ahead: int, square: bool = False) -> Numbers:
    """(months + ahead, months): covariance of growth and lasting ups and downs; `square`: the ahead on both sides."""
    when = years(months, ahead)
    columns = months + ahead if square else months
    far = np.abs(np.subtract.outer(np.arange(months + ahead), np.arange(columns)))
    return np.asarray(OWN_GROWTH**2 * np.outer(when, when[:columns]) + varies.lasting * varies.memory**far)


def market_ahead(market: Numbers, count: int) -> Numbers:
    """(month ahead): the market's factors from the second month after the last: a year ago's, grown as the market grew.

    The month after the last is the visit's, in which it does nothing yet. Below two years there is no season to be
    told: the mean of the last six months.
    """
    months = len(market)
    if months < 24:
        return np.full(count, market[-6:].mean())
    grew = float(np.clip(market[-12:].sum() / market[-24:-12].sum(), 0.7, 1.4))
    factors = np.array([market[month::12].mean() for month in range(12)])
    season = factors[(months + np.arange(1, count + 1)) % 12] / factors.mean()
    # The year's mean stands in its middle, six and a half months before the month after the last.
    return np.asarray(market[-12:].mean() * grew ** ((6.5 + np.arange(1, count + 1)) / 12) * season)
