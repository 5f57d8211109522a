"""The lift of a visit: measured, held to a prior that is named, and divided by what goes elsewhere."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from liaison.models.ranking.fit import Measured, Solved
from liaison.models.ranking.outside import STEEP_PRIOR, Outside

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Prior:
    """What is believed of a lift before these data: of the monthly referrals, at the peak of one visit."""

    mean: float = 0.12
    sd: float = 0.08

    @property
    def says(self) -> str:
        return f"before these data: {self.mean:.0%}, give or take {self.sd:.0%}"

    def held(self, measured: Measured) -> tuple[float, float]:
        """Mean and variance once a measured lift is known."""
        own = 1 / self.sd**2
        told = own + measured.told
        return (self.mean * own + measured.lift * measured.told) / told, 1 / told

    def likelihood(self, measured: Measured) -> float:
        """Log of how likely a measured lift is under the prior, against no lift at all: Gaussian, in closed form."""
        own = 1 / self.sd**2
        told = own + measured.told
        centre = self.mean * own + measured.lift * measured.told
        return 0.5 * (centre**2 / told - self.mean**2 * own - np.log(told / own))


@dataclass(frozen=True)
class Lift:
    """`overall`: lift of an average practice with its error; `measured`: the same from these data alone.

    (practice) arrays: `factor` on it for what goes elsewhere, and `sd` of lift x factor. `steep`: how likely it is
    now that only what is outside can be won.
    """

    prior: Prior
    overall: float
    overall_sd: float
    measured: Measured
    steep: float
    factor: Numbers
    sd: Numbers


def lift(solved: Solved, outside: Outside, prior: Prior, elsewhere: Measured | None = None) -> Lift:
    """Weigh the two stories of `outside` by how well each fits what the visits did; both keep their say.

    A lift measured `elsewhere` takes the place of the own one; the stories are still weighed here.
    """
    mild, steep = outside.stories(solved.levels.own)
    stories = [(mild, solved.measure(mild), 1 - STEEP_PRIOR), (steep, solved.measure(steep), STEEP_PRIOR)]
    odds = np.array([np.log(before) + prior.likelihood(measured) for _, measured, before in stories])
    weights = np.exp(odds - odds.max())
    weights /= weights.sum()
    if not outside.known.any():
        weights = np.array([1.0, 0.0])  # nothing to tell them apart by, and nothing that hangs on it
    means, squares = np.zeros(len(mild)), np.zeros(len(mild))
    overall = variance = 0.0
    for weight, (factor, own, _) in zip(weights, stories, strict=True):
        mean, spread = prior.held(elsewhere or own)
        mean = max(mean, 0.005)  # a lift below zero would turn the order round on noise
        overall, variance = overall + weight * mean, variance + weight * (spread + mean**2)
        means, squares = means + weight * mean * factor, squares + weight * (spread + mean**2) * factor**2
    sd = np.sqrt(np.maximum(squares - means**2, 0.0))
    together = float(np.sqrt(max(variance - overall**2, 0.0)))
    alone = elsewhere or solved.measure(np.ones(len(mild)))
    return Lift(prior, float(overall), together, alone, float(weights[1]), means / overall, sd)
