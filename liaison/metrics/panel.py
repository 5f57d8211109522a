"""What each practice is to us, from how many referrals it sent in which month: pure functions of frames.

Months are month_ids; `last` is the last complete month, and months are counted back from it: month 1 is `last`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

import pandas as pd

from liaison.vocabulary import Continuum, Loyalty

RECENT, BEFORE_NEW, LAPSED_FROM, LAPSED_TO, LAPSED_REFERRALS, AWAY = 3, 24, 4, 15, 3, 6
# The months back, both ends in it, that a movement is told from.
PERIODS = {
    "recent": (1, RECENT),
    "away": (RECENT + 1, RECENT + AWAY),
    "year": (LAPSED_FROM, LAPSED_TO),
    "before": (RECENT + 1, RECENT + BEFORE_NEW),
}
CONTINUUM_MONTHS, LOYALTY_MONTHS, TREND_MONTHS = 6, 12, 12


class Movement(StrEnum):
    """Whether a practice began, stopped or came back in the last three complete months."""

    new = "new"
    lapsed = "lapsed"
    returning = "returning"
    none = "none"


@dataclass(frozen=True)
class LoyaltyRule:
    """Shares from 0 to 1; `minimum` referrals with a known destination, below which it is too few to say."""

    loyalist_from: float = 0.80
    dabbler_to: float = 0.20
    minimum: int = 8

    def class_of(self, ours: int, known: int) -> Loyalty:
        if known < self.minimum:
            return Loyalty.too_few
        share = ours / known
        if share >= self.loyalist_from:
            return Loyalty.loyalist
        return Loyalty.dabbler if share <= self.dabbler_to else Loyalty.splitter


def by_month_back(volume: pd.DataFrame, last: int) -> dict[str, dict[int, int]]:
    """`volume`: practice: str; month_id, referrals: int. Practice -> month back (1 is `last`) -> referrals.

    Months after `last` and months without a referral are left out.
    """
    held = volume[volume["month_id"].le(last) & volume["referrals"].gt(0)]
    sums = held.groupby(["practice", "month_id"], as_index=False)["referrals"].sum()
    found: dict[str, dict[int, int]] = {}
    for practice, month, referrals in sums[["practice", "month_id", "referrals"]].itertuples(index=False):
        found.setdefault(str(practice), {})[last - int(month) + 1] = int(referrals)
    return found


def continuum_of(months: Mapping[int, int]) -> Continuum:
    """From months back -> referrals."""
    active = sum(1 for back, n in months.items() if back <= CONTINUUM_MONTHS and n)
    if active == 0:
        return Continuum.prospect_or_lapsed
    if active == 1:
        return Continuum.one_time
    return Continuum.occasional if active <= 4 else Continuum.steady


class Sent(NamedTuple):
    """Referrals of a practice in each of `PERIODS`."""

    recent: int = 0
    away: int = 0
    year: int = 0
    before: int = 0


def sent(months: Mapping[int, int]) -> Sent:
    """From months back -> referrals."""
    return Sent(**{p: sum(n for back, n in months.items() if a <= back <= b) for p, (a, b) in PERIODS.items()})


def moved(held: Sent, reach: int, *, silent: bool = False) -> Movement:
    """How a practice moved. `reach`: complete months of the data through which it was seen in the last three.

    `silent`: some of its year came through a source that has not seen the last three months whole. That nothing came
    is then not known.
    """
    if not held.recent:
        return Movement.lapsed if held.year >= LAPSED_REFERRALS and not silent else Movement.none
    if not held.before:
        # Data that begin later cannot tell a new practice from one that was there before.
        return Movement.new if reach >= RECENT + BEFORE_NEW else Movement.none
    return Movement.none if held.away or reach < RECENT + AWAY else Movement.returning


def trend_of(months: Mapping[int, int], reach: int) -> tuple[int | None, ...]:
    """Referrals of the last twelve complete months, oldest first; None where the data do not reach back so far."""
    return tuple(months.get(back, 0) if back <= reach else None for back in range(TREND_MONTHS, 0, -1))
