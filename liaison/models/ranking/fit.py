"""The fit: what practices would send without a visit, and what the visits so far did, from one model.

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
    for _ in range(PASSES):
        solved = _once(sent, felt, levels, market, varies)
        shared = np.ones(len(sent))
        measured = solved.measure(shared)
        lift = measured.lift * measured.told / (measured.told + 1 / 0.1**2)  # held back: it only cleans the market
        shift = solved.months_effect(solved.relative - lift * solved.visit)
        market = np.maximum(market * (1 + shift), 0.02)
    return solved


def _once(sent: Numbers, felt: Numbers, levels: Levels, market: Numbers, varies: Variation) -> Solved:
    mean = levels.expected[:, None] * market
    scale = (levels.own / levels.expected)[:, None]
    covariance = _covariance(levels, varies, sent.shape[1])
    diagonal = np.arange(sent.shape[1])
    covariance[:, diagonal, diagonal] += scale / mean + varies.single * scale**2
    precision = np.asarray(np.linalg.inv(covariance), dtype=float)
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


def _covariance(levels: Levels, varies: Variation, months: int) -> Numbers:
    """(practice, month, month): of level, growth and lasting ups and downs."""
    moving = OWN_GROWTH**2 * np.outer(years(months), years(months)) + varies.lasting * varies.memory ** apart(months)
    scale = (levels.own / levels.expected) ** 2
    return np.asarray(levels.between + scale[:, None, None] * moving[None])


def forecast(solved: Solved, lift: Numbers, varies: Variation, ahead: Numbers) -> tuple[Numbers, Numbers]:
    """(practice, month ahead) referrals without a visit, and (practice) the standard error of their mean.

    `ahead`: market factors of the months ahead; `lift` (practice): what is taken out for visits already made.
    """
    levels, months = solved.levels, solved.relative.shape[1]
    rest = solved.relative - lift[:, None] * solved.visit
    weighed = solved.weigh(rest - solved.months_effect(rest))
    scale = (levels.own / levels.expected) ** 2
    far, when = apart(months, len(ahead))[months:], years(months, len(ahead))
    moving = OWN_GROWTH**2 * np.outer(when[months:], when[:months]) + varies.lasting * varies.memory**far
    level, moved = weighed.sum(axis=1), weighed @ moving.T
    deviation = levels.between * level[:, None] + scale[:, None] * moved
    expected = levels.expected[:, None] * ahead
    together = levels.between + scale[:, None] * moving.mean(axis=0)
    before = levels.between + scale * (OWN_GROWTH**2 * when[months:].mean() ** 2 + varies.lasting / 2)
    left = before - np.einsum("ps,pst,pt->p", together, solved.precision, together)
    error = levels.expected * float(ahead.mean()) * np.sqrt(np.maximum(left, 1e-4))
    return np.maximum(expected * (1 + deviation), 0.02 * expected), np.asarray(error)


def market_ahead(market: Numbers, count: int) -> Numbers:
    """(month ahead): the market's factors a month after the last and on: a year ago's, grown as the market grew.

    Below two years there is no season to be told: the mean of the last six months.
    """
    months = len(market)
    if months < 24:
        return np.full(count, market[-6:].mean())
    grew = float(np.clip(market[-12:].sum() / market[-24:-12].sum(), 0.7, 1.4))
    season = np.array([market[(months + step) % 12 :: 12].mean() for step in range(1, count + 1)])
    level = market[-12:].mean() * grew ** ((6.5 + np.arange(1, count + 1)) / 12)
    return np.asarray(level * season / _season_mean(market))


def _season_mean(market: Numbers) -> float:
    return float(np.mean([market[month::12].mean() for month in range(12)]))
