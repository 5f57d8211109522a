"""What the data show of an effect, in a sentence that claims no more than they carry."""

from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import numpy as np

from liaison.models.panel import Panel
from liaison.models.ranking.lift import Lift

LITTLE = 0.25  # of what the prior tells: data that tell less leave the prior as it was


@dataclass(frozen=True)
class Evidence:
    """Lifts of the monthly referrals at the peak of one visit: `used` after the prior, `measured` without it."""

    says: str
    used: float
    used_sd: float
    measured: float | None
    low: float | None
    high: float | None
    level: float
    visits: int
    practices_visited: int
    steep: float
    prior: str
    groups: str

    @property
    def covers_zero(self) -> bool:
        """Whether the data alone leave it open that visits do nothing; so where there are too few to tell."""
        return self.low is None or self.high is None or self.low <= 0 <= self.high

    @classmethod
    def of(cls, panel: Panel, lift: Lift, level: float, groups: str) -> "Evidence":
        half = NormalDist().inv_cdf(0.5 + level / 2)
        measured, told = lift.measured, np.isfinite(lift.measured.error)
        low = measured.lift - half * measured.error if told else None
        high = measured.lift + half * measured.error if told else None
        visits = int(panel.visited.sum())
        return cls(
            says=_says(lift, visits, low, high),
            used=lift.overall,
            used_sd=lift.overall_sd,
            measured=measured.lift if told else None,
            low=low,
            high=high,
            level=level,
            visits=visits,
            practices_visited=int(panel.visited.any(axis=1).sum()),
            steep=lift.steep,
            prior=lift.prior.says,
            groups=groups,
        )

    def as_json(self) -> dict[str, Any]:
        lift = {"value": self.measured, "low": self.low, "high": self.high, "level": self.level}
        return {
            "says": self.says,
            "lift_measured": {name: _rounded(value) for name, value in lift.items()},
            "lift_used": {"value": _rounded(self.used), "sd": _rounded(self.used_sd), "prior": self.prior},
            "visits": self.visits,
            "practices_visited": self.practices_visited,
            "loyal_have_nothing_left": _rounded(self.steep),
            "groups": self.groups,
        }


def _says(lift: Lift, visits: int, low: float | None, high: float | None) -> str:
    prior = f"The lift is a prior: {lift.prior.mean:.0%}, give or take {lift.prior.sd:.0%}."
    if not visits:
        return f"There are no visits in these data. {prior}"
    if low is None or high is None or lift.measured.told < LITTLE / lift.prior.sd**2:
        return f"There are too few visits in these data to measure their effect. {prior}"
    between = f"between {low:.0%} and {high:.0%} of monthly referrals at the peak"
    if low <= 0 <= high:
        return f"These data do not show an effect: {between}."
    if high < 0:
        return f"Fewer referrals came after visits than without: {between}. Ask why before you rely on the list."
    return f"These data show an effect: {lift.measured.lift:.0%}, {between}."


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
