"""What a source is worth: the margin that it is expected to bring in the next twelve months, and from what."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from liaison.models.outlook.forecast import AHEAD, Forecast
from liaison.models.outlook.rates import bounds

Numbers = npt.NDArray[np.float64]
YEAR = 12
LEVEL = 0.8
HELD_BY = 20.0  # referrals: how hard a practice's share seen is held to that of the line
OTHERWISE = 0.2  # taken: half the range of a margin that was given without one, as a share of it


@dataclass(frozen=True)
class Priced:
    """A service line: dollars that a completed referral contributes, its range (80% taken), and of all referrals to us
    how many were seen. `amount` None: no margin is on record."""

    amount: float | None
    low: float | None
    high: float | None
    sent: float
    seen: float

    @classmethod
    def of(cls, margin: tuple[float, float | None, float | None] | None, sent: float, seen: float) -> "Priced":
        """`margin`: amount, low, high; None where none is on record."""
        amount, low, high = margin or (None, None, None)
        return cls(amount, low, high, sent, seen)

    @property
    def share(self) -> float:
        return self.seen / self.sent if self.sent else 0.0

    @property
    def unsure(self) -> float:
        """Half the range as a share of the margin."""
        if not self.amount:
            return 0.0
        low, high = self.low, self.high
        if low is None or high is None:
            return OTHERWISE
        return (high - low) / 2 / self.amount


@dataclass(frozen=True)
class Worth:
    """(practice): `referrals` of the next twelve months with their 80% interval `low`, `high`; `each`: dollars a
    referral; `value` dollars with 80% interval. (practice, line): `parts` of the referrals; `share` seen of them.
    """

    referrals: Numbers
    low: Numbers
    high: Numbers
    each: Numbers
    value: Numbers
    value_low: Numbers
    value_high: Numbers
    parts: Numbers
    share: Numbers


def year_ahead(made: Forecast) -> tuple[Numbers, Numbers]:
    """(practice): referrals of the next twelve months, and their relative variance beyond chance.

    The next three months as forecast; the nine after them at the year's rate, without the ratio of the last months,
    which does not last, and with the market's growth going on. The months of a year have mean 1.
    """
    factors = made.factors
    grows = factors.growth[1] / factors.growth[0]
    growth = factors.growth[0] * grows ** np.arange(AHEAD, YEAR)
    left = float(YEAR - factors.season.sum())
    rest = factors.rate * factors.drawn * left * float(growth.mean())
    return np.asarray(made.total + rest), np.asarray(made.scatter_total + factors.known)


def worth(made: Forecast, mix: Numbers, sent: Numbers, seen: Numbers, lines: Sequence[Priced]) -> Worth:
    """Referrals x share seen x margin, line by line; a line without a margin, and what names no line, adds nothing.

    mix: (practice, line) shares of the referrals, adding up to at most 1. sent, seen: (practice, line) counts.
    """
    expected, relative = year_ahead(made)
    low, high = bounds(expected, relative, LEVEL)
    shares = np.array([line.share for line in lines])
    amounts = np.array([line.amount or 0.0 for line in lines])
    share = (seen + HELD_BY * shares) / (sent + HELD_BY)
    earns = mix * share * amounts
    each = earns.sum(axis=1)
    value = expected * each
    spread = np.log1p(1 / np.maximum(expected, 1e-9) + relative + _of_price(earns, share, sent, lines))
    half = NormalDist().inv_cdf(0.5 + LEVEL / 2) * np.sqrt(spread)
    # Lognormal about the expectation: an amount cannot fall below zero, and factors multiply.
    middle = value * np.exp(-spread / 2)
    ends = middle * np.exp(-half), middle * np.exp(half)
    return Worth(expected, low, high, each, value, *ends, expected[:, None] * mix, share)


def _of_price(earns: Numbers, share: Numbers, sent: Numbers, lines: Sequence[Priced]) -> Numbers:
    """(practice): relative variance of what a referral earns. Margins of lines may all be off in one direction."""
    whole = np.maximum(earns.sum(axis=1), 1e-9)
    sd = np.array([line.unsure for line in lines]) / NormalDist().inv_cdf(0.5 + LEVEL / 2)
    together = ((earns @ sd) / whole) ** 2
    of_share = (1 - share) / np.maximum(share, 1e-9) / (sent + HELD_BY)
    return np.asarray(together + (earns**2 * of_share).sum(axis=1) / whole**2)


def mix_of(by_line: Numbers, months: int = YEAR) -> Numbers:
    """(practice, line): share of each line in what it sent in the last year that named one; the market's where none.

    by_line: (practice, line, month).
    """
    last = by_line[:, :, -months:].sum(axis=2)
    market = last.sum(axis=0)
    usual = market / max(float(market.sum()), 1e-9)
    own = last.sum(axis=1, keepdims=True)
    return np.asarray(np.where(own > 0, last / np.maximum(own, 1e-9), usual[None, :]))
