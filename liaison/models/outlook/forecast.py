"""The next three months of each practice, with intervals, and the factors that the forecast is the product of.

forecast = rate of the last twelve months, drawn towards the usual one
         x (last three months against that rate, drawn towards 1) to the power 0.6
         x how far forecasts made three, six and nine months ago had to be drawn in
         x month of the year x growth of the market to that month
"""

from dataclasses import dataclass

import numpy as np

from liaison.errors import LiaisonError
from liaison.models.outlook.calibration import TYPICAL_POWER, power
from liaison.models.outlook.market import YEAR, growth, season
from liaison.models.outlook.rates import TYPICAL, Array, bounds, held_variance, steadied, usual, within_reach

AHEAD = 3
RECENT, RECENT_POWER = 3, 0.6
LEAST_MONTHS = 12
ORIGINS = (3, 6, 9)  # months back at which forecasts are made again, to see how far they are off
LEVELS = (0.8, 0.95)
TYPICAL_MONTH = 0.30  # relative variance of one month beyond chance in simulated markets, as `rates.TYPICAL` of three


@dataclass(frozen=True)
class Interval:
    """Lowest and highest count, (practice) or (practice, 3), at a level between 0 and 1."""

    level: float
    low: Array
    high: Array


@dataclass(frozen=True)
class Factors:
    """What the forecast is the product of. `rate`: referrals a month; the rest are factors about 1.

    rate, recent, drawn, known: (practice); season, growth: (3). `known` is no factor: the relative variance of `rate`.
    """

    rate: Array
    recent: Array
    drawn: Array
    season: Array
    growth: Array
    known: Array

    @property
    def months(self) -> Array:
        """(practice, 3): the product."""
        return np.outer(self.rate * self.recent * self.drawn, self.season * self.growth)


@dataclass(frozen=True)
class Forecast:
    """Next three months: `months` (practice, 3) and their sum `total` (practice), referrals, each with its intervals.

    `scatter_month`, `scatter_total`: variance beyond chance as a share of the mean squared, pooled over practices.
    `looked_back`: how many earlier forecasts these, and the power of `drawn`, were measured on; 0: typical values.
    """

    factors: Factors
    months: Array
    total: Array
    month_intervals: tuple[Interval, ...]
    total_intervals: tuple[Interval, ...]
    scatter_month: float
    scatter_total: float
    power: float
    looked_back: int


@dataclass(frozen=True)
class _Earlier:
    """A forecast made earlier, beside what came: (practice, 3)."""

    factors: Factors
    came: Array


def forecast(counts: Array) -> Forecast:
    """counts: (practice, month), whole months without a gap. Raises LiaisonError with fewer than twelve months."""
    if counts.shape[1] < LEAST_MONTHS:
        raise LiaisonError(
            f"A forecast needs {LEAST_MONTHS} months of referrals; there are {counts.shape[1]}.",
            remedy="Add earlier months.",
        )
    earlier = _earlier(counts)
    drawing = _power(earlier)
    factors = draw_in(product(counts), drawing)
    by_month, in_all = _scatter(earlier, drawing)
    months, known = factors.months, factors.known
    total = months.sum(axis=1)
    return Forecast(
        factors,
        months,
        total,
        tuple(Interval(level, *bounds(months, (by_month + known)[:, None], level)) for level in LEVELS),
        tuple(Interval(level, *bounds(total, in_all + known, level)) for level in LEVELS),
        by_month,
        in_all,
        drawing,
        len(earlier),
    )


def product(counts: Array) -> Factors:
    """The factors before anything is drawn in; counts: (practice, month), at least twelve months."""
    last = counts[:, -YEAR:]
    year, recent = last.sum(axis=1), last[:, -RECENT:].sum(axis=1)
    like = usual(year, float(YEAR))
    rate = like.rate(year, float(YEAR))
    totals = counts.sum(axis=0)
    seasons = season(totals)
    ahead = np.arange(1, AHEAD + 1)
    whole = float(year.sum())
    pace = totals[-RECENT:].mean() / (whole / YEAR) if whole else 1.0  # the market's own last months
    usually = RECENT * rate
    return Factors(
        rate=rate,
        recent=((recent + usually) / (usually * pace + usually)) ** RECENT_POWER,
        drawn=np.ones(len(counts)),
        season=seasons[(len(totals) + ahead - 1) % YEAR],
        growth=growth(totals, seasons) ** (((YEAR - 1) / 2 + ahead) / YEAR),  # from the middle of the last twelve
        known=1 / (year + like.shape),
    )


def draw_in(factors: Factors, drawing: float) -> Factors:
    """Each practice's part of the product to this power; the market's sum stays as it is."""
    own = factors.rate * factors.recent
    powered = own**drawing
    drawn = powered * (own.sum() / powered.sum()) / own
    return Factors(factors.rate, factors.recent, drawn, factors.season, factors.growth, factors.known)


def _earlier(counts: Array) -> list[_Earlier]:
    """Forecasts as they would have been made some months back, with nothing known of what came."""
    last = counts.shape[1]
    kept = [last - back for back in ORIGINS if last - back >= LEAST_MONTHS]
    made = [_Earlier(product(counts[:, :known]), counts[:, known : known + AHEAD]) for known in kept]
    return [one for one in made if one.came.sum(axis=0).all()]


def _power(earlier: list[_Earlier]) -> float:
    if not earlier:
        return TYPICAL_POWER
    foreseen = np.concatenate([_as_came(one.factors, one.came).sum(axis=1) for one in earlier])
    came = np.concatenate([one.came.sum(axis=1) for one in earlier])
    known = np.concatenate([one.factors.known for one in earlier])
    scatter = steadied(held_variance(came, foreseen, known, 1.0), len(came))
    return power(foreseen, within_reach(came, foreseen, scatter + known))


def _scatter(earlier: list[_Earlier], drawing: float) -> tuple[float, float]:
    """How far earlier forecasts were off beyond chance: a month alone, three months together."""
    if not earlier:
        return TYPICAL_MONTH, TYPICAL
    made = [_as_came(draw_in(one.factors, drawing), one.came) for one in earlier]
    foreseen, came = np.concatenate(made), np.concatenate([one.came for one in earlier])
    # Scaled to what came, a forecast has used up its share of the scatter.
    free = np.concatenate([1 - months / months.sum(axis=0) for months in made])
    known = np.concatenate([one.factors.known for one in earlier])
    alone = held_variance(came, foreseen, known[:, None], free)
    together = held_variance(came.sum(axis=1), foreseen.sum(axis=1), known, free.mean(axis=1))
    observed = float(free.mean(axis=1).sum())
    return steadied(alone, AHEAD * observed, TYPICAL_MONTH), steadied(together, observed)


def _as_came(factors: Factors, came: Array) -> Array:
    """The forecast scaled to what the whole market sent: what all were off together says nothing of one of them."""
    months = factors.months
    return np.asarray(months * (came.sum(axis=0) / months.sum(axis=0)), dtype=float)
