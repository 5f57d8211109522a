"""Whether the data can tell, and if not, from which month on they could."""

from dataclasses import dataclass
from math import ceil
from statistics import NormalDist

from liaison.models.effect.measured import Measured

LOOKED_FOR = 0.12  # lift that the trade believes in: what the data should be able to show
FARTHEST = 36  # months ahead that are looked at


@dataclass(frozen=True)
class Telling:
    """`able`: a lift of twelve percent would show by now. `month` (id): from which it would; None: not within three
    years."""

    able: bool
    month: int | None


def telling(of: Measured, level: float) -> Telling:
    """Errors shrink with the root of the expected referrals, which go on coming as in the last half year."""
    whole, last = of.whole, len(of.panel.months)
    if whole.expected <= 0:
        return Telling(False, None)
    error = of.error(whole) / whole.expected
    needed = (NormalDist().inv_cdf(0.5 + level / 2) * error / LOOKED_FOR) ** 2
    if needed <= 1:
        return Telling(True, of.panel.months[-1])
    a_month = of.over(of.inside, (max(0, last - 6), last)).expected / min(6, last)
    if a_month <= 0:
        return Telling(False, None)
    ahead = ceil((needed - 1) * whole.expected / a_month)
    return Telling(False, of.panel.months[-1] + ahead if ahead <= FARTHEST else None)
