"""Why a practice stands where it stands: the factors of its gain, in words with their figures."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from liaison.models.ranking.given import Reason
from liaison.models.ranking.outside import Outside

Numbers = npt.NDArray[np.float64]
MOST = 3
TELLING = float(np.log(1.1))  # a factor within a tenth of the typical one is no reason
ALWAYS = ("forecast", "attention", "outside")  # the others only where they differ between practices
UNSEEN = "we cannot see what it sends elsewhere"
LEAST = 0.01  # months of attention, and referrals a month: taken where there are fewer, so that logs exist


@dataclass(frozen=True)
class Factors:
    """(practice) factors of the gain: gain = `forecast` x `attention` x lift x `outside` x `group` x `margin`.

    `forecast`: referrals a month without a visit; `attention`: months of a visit's peak that one more adds;
    `outside`: for what goes elsewhere; `group`: for what practices like it did, 1 where groups are not told apart;
    `margin`: of a referral, 1 where gains are referrals.
    """

    forecast: Numbers
    attention: Numbers
    outside: Numbers
    group: Numbers
    margin: Numbers

    @cached_property
    def typical(self) -> dict[str, float]:
        """The geometric mean of each factor over the practices."""
        return {name: float(np.exp(np.log(values).mean())) for name, values in self._each.items()}

    @property
    def _each(self) -> dict[str, Numbers]:
        held = {"forecast": self.forecast, "attention": self.attention, "outside": np.maximum(self.outside, 1e-6)}
        return {**held, "group": self.group, "margin": self.margin}

    def contributions(self) -> dict[str, Numbers]:
        """Logs of each factor against that of a typical practice (geometric mean): they add up to the gain's."""
        return {name: np.log(values) - np.log(self.typical[name]) for name, values in self._each.items()}


@dataclass(frozen=True)
class Told:
    """What the words need beside the factors. `since` (practice): months since the last visit, nan for none;
    `groups` (practice): what its group is called and did, empty where groups are not told apart."""

    factors: Factors
    outside: Outside
    since: Numbers
    groups: tuple[str, ...]

    def of(self, place: int, contributions: dict[str, Numbers]) -> tuple[tuple[Reason, ...], tuple[Reason, ...]]:
        """At most three reasons for a practice, the strongest first, and at most three that speak against it."""
        found = [
            Reason(name, self._says(name, place), round(float(values[place]), 4))
            for name, values in contributions.items()
            if name in ALWAYS or values.any()
        ]
        found.sort(key=lambda reason: -reason.contribution)
        speaking = [reason for reason in found if reason.contribution >= TELLING] or found[:1]
        unseen = [r for r in found if r.factor == "outside" and not self.outside.known[place] and r not in speaking]
        against = [reason for reason in reversed(found) if reason.contribution <= -TELLING and reason not in unseen]
        return tuple((speaking + unseen)[:MOST]), tuple(against[:MOST])

    def _says(self, name: str, place: int) -> str:
        match name:
            case "forecast":
                sends, typical = self.factors.forecast[place], self.factors.typical["forecast"]
                return f"sends about {_amount(sends)} a month, typical is {_amount(typical)}"
            case "attention":
                return self._attention(place)
            case "outside":
                return self._outside(place)
            case "margin":
                earns, typical = self.factors.margin[place], self.factors.typical["margin"]
                return f"a referral earns {earns:,.0f}, typical is {typical:,.0f}"
        return self.groups[place]

    def _attention(self, place: int) -> str:
        since = self.since[place]
        if not np.isfinite(since):
            return "no visit in these data"
        if since == 1:
            return "visited last month"
        return f"last visit {since:.0f} months ago"

    def _outside(self, place: int) -> str:
        if not self.outside.known[place]:
            return UNSEEN
        share = self.outside.share[place]
        return f"{share:.0%} of its referrals go elsewhere, typical is {self.outside.mean:.0%}"


def _amount(value: float) -> str:
    return f"{value:.0f}" if value >= 9.5 else f"{value:.1f}"
