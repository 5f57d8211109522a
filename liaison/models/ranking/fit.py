"""The fit: what the visits so far did, from a model of how practices and their market move without them.

Relative referrals e = sent / (expected x market) - 1 of a practice over the months are taken to be
    its own level + its own growth + lasting ups and downs + luck + market's month + lift x what it feels of visits,
with known variances, and are solved by generalised least squares. Whom the team chose because of what it had seen
is then no matter: what was seen is in the model (Little and Rubin 2019, Statistical Analysis with Missing Data,
ch. 6: a choice that depends on observed data only can be ignored by likelihood). Standard errors are of the sandwich
kind over practices, so they hold where the variances are wrong.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from liaison.models.ranking.levels import Levels
from liaison.models.ranking.variation import OWN_GROWTH, Variation, apart, years

Numbers = npt.NDArray[np.float64]
PASSES = 2
AT_ONCE = 256  # practices
EARLY = 6  # months: who was visited in the first ones may have been bigger than its like before


@dataclass(frozen=True)
class Measured:
    """A lift measured on its own, without a prior: of the level, at the peak of what is felt."""

    lift: float
    error: float  # standard error; infinite where there is nothing to measure by

    @property
    def told(self) -> float:
        """How much the data tell: the inverse of the variance."""
        return 0.0 if not np.isfinite(self.error) or self.error <= 0 else 1 / self.error**2


@dataclass(frozen=True)
class Solved:
    """(practice, month) arrays: `precision` (practice, month, month) of e; `visit` = own level x felt; e itself.

    `market` are this pass's factors. `early` (practice): visited from the start, so that its level before is not known.
    """

    levels: Levels
    market: Numbers
    precision: Numbers
    visit: Numbers
    relative: Numbers
    early: Numbers

    def weigh(self, values: Numbers) -> Numbers:
        """(practice, month): precision x values, practice by practice."""
        return np.asarray(np.einsum("pst,pt->ps", self.precision, values))

    @cached_property
    def _nuisance(self) -> Numbers:
        """(months + 1, months + 1): precision of the market's months and of one level shared by the early ones."""
        rows = self.early @ self.precision.sum(axis=1)
        inner = self.precision.sum(axis=0)
        whole = np.block([[inner, rows[:, None]], [rows[None, :], rows.sum()]])
        return np.asarray(whole + 1e-9 * np.trace(inner) * np.eye(len(whole)))

    def explained(self, values: Numbers) -> Numbers:
        """(practice, month): what the market's months and the level of the early ones explain of the values."""
        effects = self._effects(values)
        return np.asarray(effects[None, :-1] + effects[-1] * self.early[:, None])

    def months_effect(self, values: Numbers) -> Numbers:
        """(month): the market's effects that fit the values best."""
        return np.asarray(self._effects(values)[:-1])

    def _effects(self, values: Numbers) -> Numbers:
        weighed = self.weigh(values)
        told = np.append(weighed.sum(axis=0), self.early @ weighed.sum(axis=1))
        return np.asarray(np.linalg.solve(self._nuisance, told))

    def measure(self, factor: Numbers) -> Measured:
        """The lift of a practice with factor 1, where each practice's is lift x factor (practice)."""
        felt = self.visit * factor[:, None]
        cleaned = self.weigh(felt - self.explained(felt))
        told = float((felt * cleaned).sum())
        if told <= 1e-6:
            return Measured(0.0, float("inf"))
        lift = float((self.relative * cleaned).sum()) / told
        rest = self.relative - lift * felt
        rest = rest - self.explained(rest)
        return Measured(lift, float(np.sqrt(((rest * cleaned).sum(axis=1) ** 2).sum())) / told)

    def by_practice(self, lift: Numbers) -> tuple[Numbers, Numbers]:
        """(practice): score and information of a lift on top of the given one, for tests between groups."""
        cleaned = self.weigh(self.visit - self.explained(self.visit))
        rest = self.relative - lift[:, None] * self.visit
        rest = rest - self.explained(rest)
        return (cleaned * rest).sum(axis=1), (cleaned * self.visit).sum(axis=1)


def solve(sent: Numbers, felt: Numbers, levels: Levels, varies: Variation) -> Solved:
    """The model of a panel's counts, `felt` as in `attention`."""
    market = levels.market
    for _ in range(PASSES - 1):  # a pass's precisions go before the next come: they are as large as all else together
        market = _moved(_once(sent, felt, levels, market, varies))
    return _once(sent, felt, levels, market, varies)


def _moved(solved: Solved) -> Numbers:
    """(month): the market's factors once what visits seem to have done is taken out."""
    measured = solved.measure(np.ones(len(solved.relative)))
    lift = measured.lift * measured.told / (measured.told + 1 / 0.1**2)  # held back: it only cleans the market
    shift = solved.months_effect(solved.relative - lift * solved.visit)
    return np.asarray(np.maximum(solved.market * (1 + shift), 0.02))


def _once(sent: Numbers, felt: Numbers, levels: Levels, market: Numbers, varies: Variation) -> Solved:
    mean = levels.expected[:, None] * market
    scale = (levels.own / levels.expected)[:, None]
    alone = scale / mean + varies.single * scale**2
    precision = _precision(scale**2, alone, levels, varies)
    visit = felt * so_far(sent, levels, market)
    early = (felt[:, :EARLY].max(axis=1) > 0).astype(float)
    return Solved(levels, market, precision, visit, sent / mean - 1, early)


def so_far(sent: Numbers, levels: Levels, market: Numbers) -> Numbers:
    """(practice, month): own level / expected level, as it could be told from the months before that one.

    A month's own luck must not decide how much a visit counts in it, else luck looks like an effect.
    """
    before = np.cumsum(sent, axis=1) - sent
    should = levels.expected[:, None] * (np.cumsum(market) - market)
    held = levels.between * should / (1 + levels.between * should)
    return np.asarray(1 + held * (before / np.maximum(should, 1e-9) - 1))


def _precision(scale: Numbers, alone: Numbers, levels: Levels, varies: Variation) -> Numbers:
    """(practice, month, month): inverse of the covariance of level, growth, lasting ups and downs, and what is a
    month's `alone` (practice, month). Some practices at a time, so that the covariances never stand beside it whole.
    """
    count, months = alone.shape
    moving = OWN_GROWTH**2 * np.outer(years(months), years(months)) + varies.lasting * varies.memory ** apart(months)
    diagonal, out = np.arange(months), np.empty((count, months, months))
    for first in range(0, count, AT_ONCE):
        some = slice(first, first + AT_ONCE)
        covariance = levels.between + scale[some, :, None] * moving[None]
        covariance[:, diagonal, diagonal] += alone[some]
        out[some] = np.linalg.inv(covariance)
    return out
