"""What the list is worth on this panel: how many alerts a month chance raises, what share of real falls it finds.

Both are measured. False alerts: what today's threshold would have raised in the past months, all taken for false but
those beyond doubt: at most so many. Real falls: from each practice that is watched alone, two in five of its referrals
are taken away at random from some month on, and the list is made anew month by month. Drawn with a fixed seed: same
panel, same odds.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from liaison.models.outlook.history import FIRST, LEAST_PAST, History
from liaison.models.outlook.rates import Array
from liaison.models.outlook.signs import signs, small
from liaison.models.outlook.yardstick import WINDOW, measure

LOST = 0.4
SOON, WITHIN = 3, 6
STARTS = (6, 12, 18)  # months back at which falls begin
LEAST_FALLS = 20
SEED = 1
# Where a panel is too short or too small to measure them: what simulated markets gave (benchmarks/outlook.py).
DECLARED_FALSE, DECLARED_SOON, DECLARED_WITHIN, DECLARED_MONTHS = 7 / 1000, 0.07, 0.18, 4.0


@dataclass(frozen=True)
class Odds:
    """`false_a_month`: new alerts in a month if none were real, at most; `found_soon`, `found`: share of falls by 40%
    that are told within three and six months; `months_to_find`: half of those found take so many, the month of the
    fall counted; `falls`: how many were tried, 0: not measured here; `past`: months that false alerts were counted in.
    """

    false_a_month: float
    found_soon: float
    found: float
    months_to_find: float
    falls: int
    past: int

    @property
    def says(self) -> str:
        false = f"At most {self.false_a_month:.1f} false alerts a month"
        source = f"counted over {self.past} months" if self.past else "as in simulated markets"
        found = f"of falls by 40%, {self.found_soon:.0%} are told within three months and {self.found:.0%} within six"
        how = f"tried on {self.falls:,} made-up falls in these counts" if self.falls else "as in simulated markets"
        return f"{false} ({source}); {found} ({how})."

    def as_json(self) -> dict[str, Any]:
        names = ("false_a_month", "found_soon", "found", "months_to_find")
        return {**{n: round(getattr(self, n), 4) for n in names}, "falls": self.falls, "past": self.past} | {
            "says": self.says
        }


def odds(counts: Array, told: History) -> Odds:
    """counts: (practice, month), those that the history was made from."""
    false, past = _false(told, len(counts))
    waits = np.concatenate([_waits(counts, told, back) for back in STARTS])
    if len(waits) < LEAST_FALLS:
        return Odds(false, DECLARED_SOON, DECLARED_WITHIN, DECLARED_MONTHS, 0, past)
    found = waits[waits <= WITHIN]
    middle = float(np.median(found)) if len(found) else float("nan")
    return Odds(false, float((waits <= SOON).mean()), len(found) / len(waits), middle, len(waits), past)


def _false(told: History, practices: int) -> tuple[float, int]:
    alarms = told.doubted[:-WINDOW]
    if len(alarms) < LEAST_PAST:
        return DECLARED_FALSE * practices, 0
    begun = alarms[1:] & ~alarms[:-1]
    return float(begun.sum(axis=1).mean()), len(begun)


def _waits(counts: Array, told: History, back: int) -> Array:
    """Months from a fall to its alert, for each practice that could be told; inf: not within six."""
    begins = counts.shape[1] - back
    before = begins - 1 - FIRST  # place in told.months of the last month before the fall
    if before < 0:
        return np.empty(0)
    told_then = told.months[before]
    tried = ~small(told_then.measured) & ~told.alarms[before]
    fallen = counts.copy()
    fallen[:, begins:] = np.random.default_rng([SEED, back]).binomial(counts[:, begins:].astype(np.int64), 1 - LOST)
    waits = np.full(len(counts), np.inf)
    last = told_then.signs.fell
    for wait in range(1, min(WITHIN, back) + 1):
        # What is pooled stays as it was: each practice falls alone.
        shared, known = told.months[before + wait].shared, fallen[:, : begins + wait]
        chance = signs(known, measure(known, shared), shared).fell
        now = np.maximum(chance, last) < told.threshold
        waits = np.where(now & np.isinf(waits), wait, waits)
        last = chance
    return np.asarray(waits[tried], dtype=float)
