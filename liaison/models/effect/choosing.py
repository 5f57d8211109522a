"""Whether visits went where more had just come from: what a team chooses by shows in whom it sees first.

A practice that is seen because its last half year was good is compared with others of the same path by the estimate,
but what else the team saw in it is in no count. The choice itself is therefore looked at: a logistic regression of
"first seen this month" on the last half year against all history, beside the level, the level before the programme (a
list made once), what such a practice usually sends, and time. Counts after a visit play no part in it.
"""

from dataclasses import dataclass

import numpy as np

from liaison.models.effect.measured import Measured
from liaison.models.effect.path import HALF, LEVEL, PRIOR
from liaison.models.effect.poisson import logistic, probability
from liaison.models.effect.staying import level_before

USUAL = 6  # place of the log of what such a practice is expected to send among the columns of a path
FEWEST = 10  # first visits


@dataclass(frozen=True)
class Choice:
    """`odds`: log odds of being seen that a half year better by a factor e adds; `error`; `visits` it is told by."""

    odds: float
    error: float
    visits: int

    @property
    def told(self) -> bool:
        return self.visits >= FEWEST and np.isfinite(self.odds) and self.error > 0

    def above(self, errors: float) -> bool:
        return self.told and self.odds > errors * self.error


def choice(of: Measured) -> Choice:
    """Over all first visits asked about, with peers or without, and those who could have been seen instead."""
    asked, sums = of.question, of.sums
    month, practice = np.nonzero(asked.could.T)
    seen = asked.begins[practice, month].astype(float)
    if not seen.any() or seen.all():
        return Choice(float("nan"), float("nan"), int(seen.sum()))
    ago = np.maximum(month - HALF, 0)
    came = sums.sent[practice, month] - sums.sent[practice, ago]
    should = sums.index[practice, month] - sums.index[practice, ago]
    rows = of.path[month, practice]
    level = np.exp(rows[:, LEVEL])
    lately = np.log((came + PRIOR * level) / (should + PRIOR) / level)
    listed = level_before(asked.start, sums, np.exp(of.path[0, :, USUAL]))[practice]
    years = (month - asked.start) / 12
    beside = [rows[:, LEVEL], listed, listed**2, rows[:, USUAL], years, years**2]
    design = np.column_stack([np.ones(len(seen)), *beside, lately])
    fitted = logistic(design, seen)
    chance = probability(design, fitted.coefficients)
    curvature = (design * (chance * (1 - chance))[:, None]).T @ design
    error = np.sqrt(np.linalg.inv(curvature + 1e-6 * np.eye(len(curvature)))[-1, -1])
    return Choice(float(fitted.coefficients[-1]), float(error), int(seen.sum()))
