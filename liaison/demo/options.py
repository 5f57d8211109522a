"""What may be asked of the demo market, and the calendar that follows from it."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np

from liaison.demo.metros import Metro, metro_named
from liaison.errors import LiaisonError
from liaison.vocabulary import month_id, month_text

UNTIL = "2026-10"  # fixed, so that two people who build the demo see the same market
SOURCE = "demo-ehr"
MOST_REFERRALS = 50_000_000
EPOCH = date(1970, 1, 1)


def first_day(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def day_number(day: date) -> int:
    return (day - EPOCH).days


@dataclass(frozen=True)
class Options:
    """A market is a function of these alone: same options, same bytes."""

    seed: int = 1
    practices: int = 400
    referrals: int = 200_000
    months: int = 36
    until: str = UNTIL
    metro: str = "asheville"

    def __post_init__(self) -> None:
        limits = (
            ("practices", self.practices, 20, 5_000),
            ("referrals", self.referrals, 100, MOST_REFERRALS),
            ("months", self.months, 12, 60),
        )
        for name, value, low, high in limits:
            if not low <= value <= high:
                raise LiaisonError(
                    f"The demo market cannot have {value:,} {name}.", remedy=f"Ask for {low:,} to {high:,}."
                )
        if self.seed < 0:
            raise LiaisonError(f"The seed is {self.seed}.", remedy="Give a whole number from 0.")
        try:
            date.fromisoformat(f"{self.until}-01")
        except ValueError as bad:
            raise LiaisonError(f"{self.until} is not a month.", remedy="Write it as 2026-10.") from bad
        metro_named(self.metro)

    @cached_property
    def place(self) -> Metro:
        return metro_named(self.metro)

    @property
    def first(self) -> int:
        """month_id of the first month."""
        return month_id(self.until) - self.months + 1

    @property
    def as_of(self) -> date:
        """The extract's date: the day after the last day of `until`."""
        return first_day(self.first + self.months)

    def month_text(self, index: int) -> str:
        return month_text(self.first + index)

    def starts(self, index: int) -> date:
        """First day of a month by its index in the market, 0 being the first."""
        return first_day(self.first + index)

    def ends(self, index: int) -> date:
        return first_day(self.first + index + 1) - timedelta(days=1)

    # Where in the window things happen, as indices of months.
    @property
    def programme_start(self) -> int:
        return self.months // 3

    @property
    def opening(self) -> int:
        return self.months // 2

    @property
    def territory_move(self) -> int:
        return self.months * 5 // 9

    @property
    def decline_start(self) -> int:
        return self.months * 2 // 3

    @property
    def stuck_from(self) -> int:
        return self.months * 7 // 12

    def draw(self, stream: str, *more: int) -> np.random.Generator:
        """A generator of its own for each part, so that a change in one part leaves the others as they were."""
        return np.random.default_rng([self.seed, *stream.encode(), *more])
