"""What each service line has in a practice's forecast, or in its alert. Lines add up to the practice's own figure.

A line is no forecast and no test of its own: most send too little. It only tells where the practice's figure lies.
What names no line is a part of its own, `unnamed`, so that nothing is lost.
"""

from dataclasses import dataclass

import numpy as np

from liaison.errors import LiaisonError
from liaison.models.outlook.forecast import RECENT, RECENT_POWER
from liaison.models.outlook.market import YEAR
from liaison.models.outlook.rates import Array
from liaison.models.outlook.yardstick import WINDOW


@dataclass(frozen=True)
class Parts:
    """`lines` (practice, line) and `unnamed` (practice) add up to the figure that was parted, referrals.

    `beside` (practice, line), `beside_unnamed` (practice): what they are to be compared with, referrals of as long.
    """

    lines: Array
    unnamed: Array
    beside: Array
    beside_unnamed: Array

    def why_unnamed(self, place: int) -> str | None:
        """Why a practice's lines alone do not add up; None where they do."""
        if self.unnamed[place] == 0 and self.beside_unnamed[place] == 0:
            return None
        if not self.lines[place].any() and not self.beside[place].any():
            return "No referral of the months compared names a service line."
        return f"{self.unnamed[place]:,.1f} are of referrals that name no service line."


def forecast_by_line(by_line: Array, counts: Array, total: Array) -> Parts:
    """A practice's next three months, `total` (practice), shared among its lines as they sent in the last twelve.

    by_line: (practice, line, month); counts: (practice, month), the same referrals with those of no line. A line that
    sent more in the last three months counts for more, as in the forecast. Beside: its last twelve months / 4.
    Raises LiaisonError where lines have more referrals than their practice.
    """
    every = _with_unnamed(by_line, counts)
    year, recent = every[..., -YEAR:].sum(axis=2), every[..., -RECENT:].sum(axis=2)
    quarter = year * RECENT / min(YEAR, every.shape[2])
    weight = quarter * np.divide(recent + quarter, 2 * quarter, out=np.zeros_like(year), where=year > 0) ** RECENT_POWER
    # A practice without a referral in a year has nothing to share by: its forecast is the usual rate, of no line.
    weight[:, -1] += ~weight.any(axis=1)
    parts = total[:, None] * weight / weight.sum(axis=1, keepdims=True)
    return _parts(parts, quarter)


def alert_by_line(by_line: Array, counts: Array, expected: Array) -> Parts:
    """What was seen in the last three months, by line; beside: `expected` (practice) shared as in all months before.

    by_line, counts: as in `forecast_by_line`. The parts less those beside add up to seen less expected.
    """
    every = _with_unnamed(by_line, counts)
    before = every[..., :-WINDOW].sum(axis=2)
    before[:, -1] += ~before.any(axis=1)
    return _parts(every[..., -WINDOW:].sum(axis=2), expected[:, None] * before / before.sum(axis=1, keepdims=True))


def _with_unnamed(by_line: Array, counts: Array) -> Array:
    unnamed = counts - by_line.sum(axis=1)
    if (unnamed < 0).any():
        place = int(np.argwhere(unnamed < 0)[0][0])
        raise LiaisonError(
            f"The service lines of practice {place + 1} add up to more than it sent.",
            remedy="Count both over the same referrals.",
        )
    return np.concatenate([by_line, unnamed[:, None]], axis=1)


def _parts(parts: Array, beside: Array) -> Parts:
    return Parts(parts[:, :-1], parts[:, -1], beside[:, :-1], beside[:, -1])
