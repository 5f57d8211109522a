"""What may be handed to a ranking as plain values, and what is told of each practice."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from liaison.models.ranking.attention import LAGS
from liaison.models.ranking.fit import Measured
from liaison.models.ranking.lift import Prior

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Given:
    """Values worked out elsewhere. What is None is worked out here from the panel.

    `forecast`: (practice, month ahead) referrals without a visit, one month after the visit's and on, as many as
    `lags`. `lift`: the programme's, measured elsewhere. `margin`: of one referral, by practice; with it gains are
    margins, and every practice must have one.
    """

    forecast: Numbers | None = None
    lift: Measured | None = None
    lags: tuple[float, ...] = LAGS
    prior: Prior = field(default_factory=Prior)
    margin: Mapping[str, float] | None = None


@dataclass(frozen=True)
class Reason:
    """A factor of the gain in words. `contribution`: its log against a typical practice's; they add up exactly."""

    factor: str
    says: str
    contribution: float


@dataclass(frozen=True)
class Row:
    """A practice in the list. Gains are referrals in all from one visit (money where margins were given)."""

    practice_id: str
    rank: int
    gain: float
    low: float
    high: float
    reasons: tuple[Reason, ...]
    against: tuple[Reason, ...]
