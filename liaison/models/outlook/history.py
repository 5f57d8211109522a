"""The same tests for every month that there is history for, and the budget of alerts that follows from them.

A month's alert needs two months running below one threshold for the whole list: 5%, or less where this panel's own
past would have given more than ten alerts in 1,000 practice-months, those beyond doubt left out. The past is what was
known then.
"""

from dataclasses import dataclass

import numpy as np

from liaison.errors import LiaisonError
from liaison.models.outlook.group import Group, group
from liaison.models.outlook.rates import Array
from liaison.models.outlook.signs import Signs, signs
from liaison.models.outlook.yardstick import LEAST_BEFORE, WINDOW, Flags, Measured, Pool, measure, pool

CHANCE = 0.05
BUDGET = 10 / 1000  # alerts a practice-month
BEYOND_DOUBT = 0.001  # what is less likely than that was real: it does not use up the budget of false alerts
FIRST = LEAST_BEFORE + WINDOW  # months of data that the first test needs
LEAST_PAST = 6  # months below which the past does not yet tell the budget


@dataclass(frozen=True)
class Month:
    """One month's tests; the last month that it knows is `known` - 1, counted from the panel's first."""

    known: int
    measured: Measured
    shared: Pool
    signs: Signs
    group: Group | None


@dataclass(frozen=True)
class History:
    """All months' tests, the last one now. `twice` (month, 3, practice): the greater chance of a month and the one
    before, for fell, new and returned; `group_twice` (month): that of the small practices together.
    """

    months: tuple[Month, ...]
    twice: Array
    group_twice: Array
    threshold: float

    @property
    def now(self) -> Month:
        return self.months[-1]

    @property
    def alarms(self) -> Flags:
        """(month, practice): would have been on the list at today's threshold."""
        return np.asarray((self.twice < self.threshold).any(axis=1))

    @property
    def doubted(self) -> Flags:
        """Those of the alarms that chance could have made."""
        return self.alarms & (self.twice.min(axis=1) >= BEYOND_DOUBT)

    def since(self, twice: Array) -> int:
        """How many months running, the last included, a row of chances (month) was below the threshold."""
        above = np.flatnonzero(twice[::-1] >= self.threshold)
        return int(above[0]) if len(above) else len(twice)


def history(counts: Array) -> History:
    """counts: (practice, month). Raises LiaisonError with fewer months than two tests need."""
    last = counts.shape[1]
    if last < FIRST + 1:
        raise LiaisonError(
            f"Alerts need {FIRST + 1} months of referrals; there are {last}.", remedy="Add earlier months."
        )
    months = tuple(_month(counts[:, :known]) for known in range(FIRST, last + 1))
    chances = np.stack([month.signs.each for month in months])
    together = np.array([month.group.chance if month.group else 1.0 for month in months])
    twice = np.maximum(chances[1:], chances[:-1])
    return History(months[1:], twice, np.maximum(together[1:], together[:-1]), threshold(twice))


def listed(told: History) -> Flags:
    """(month, 3, practice): what each month's list held, by the threshold of that month."""
    return np.stack([chances < threshold(told.twice[: place + 1]) for place, chances in enumerate(told.twice)])


def threshold(twice: Array) -> float:
    """The chance below which alerts keep to the budget in all months before the window. `twice`: (month, 3, practice).

    The window's own months are left out, so that many real falls at once do not hide each other.
    """
    past = twice[:-WINDOW].min(axis=1) if len(twice) > WINDOW else twice[:0, 0]
    if len(past) < LEAST_PAST:
        return CHANCE
    doubted = np.sort(past[past >= BEYOND_DOUBT])
    place = int(BUDGET * past.size)
    return min(CHANCE, float(doubted[place])) if place < len(doubted) else CHANCE


def _month(counts: Array) -> Month:
    shared = pool(counts)
    found = measure(counts, shared)
    return Month(counts.shape[1], found, shared, signs(counts, found, shared), group(counts, found, shared))
