"""What each practice is to us, from how many referrals it sent in which month: pure functions of frames.

Months are month_ids; `last` is the last complete month, and months are counted back from it: month 1 is `last`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from liaison.vocabulary import Continuum, Loyalty

RECENT, BEFORE_NEW, LAPSED_FROM, LAPSED_TO, LAPSED_REFERRALS, AWAY = 3, 24, 4, 15, 3, 6
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


def movement_of(months: Mapping[int, int], reach: int) -> Movement:
    """From months back -> referrals; `reach` is how many complete months the data hold, the last one included."""

    def within(first: int, last: int) -> int:
        return sum(n for back, n in months.items() if first <= back <= last)

    if not within(1, RECENT):
        return Movement.lapsed if within(LAPSED_FROM, LAPSED_TO) >= LAPSED_REFERRALS else Movement.none
    if not within(RECENT + 1, RECENT + BEFORE_NEW):
        if reach >= RECENT + BEFORE_NEW:
            return Movement.new
        # Data that begin later cannot tell a new practice from one that was there before.
        return Movement.none
    return Movement.none if within(RECENT + 1, RECENT + AWAY) else Movement.returning


def trend_of(months: Mapping[int, int], reach: int) -> tuple[int | None, ...]:
    """Referrals of the last twelve complete months, oldest first; None where the data do not reach back so far."""
    return tuple(months.get(back, 0) if back <= reach else None for back in range(TREND_MONTHS, 0, -1))
