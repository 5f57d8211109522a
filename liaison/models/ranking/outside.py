"""What a practice sends elsewhere: its share, where that can be seen, and how much of a lift it may allow."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from liaison.models.panel import Panel

Numbers = npt.NDArray[np.float64]
WINDOW = 36  # months
FEWEST = 8  # referrals: with fewer the share is not known
HELD_BY = 8.0  # referrals: how hard a share is held to the mean

# Two stories of what a share elsewhere means, and how likely each is before these data are looked at.
MILD = 0.25  # power of share / mean
STEEP, STEEP_TO = 3.0, 1.2  # power of share / mean, which counts no further than to here
STEEP_PRIOR = 0.3


@dataclass(frozen=True)
class Outside:
    """`share` (practice) of referrals that go elsewhere, nan where not known; its `mean`; `relative`, 1 if unknown."""

    share: Numbers
    mean: float
    relative: Numbers

    @property
    def known(self) -> npt.NDArray[np.bool_]:
        return np.isfinite(self.share)

    def stories(self, volume: Numbers) -> tuple[Numbers, Numbers]:
        """(practice): the factor on the lift by the mild and by the steep story.

        The mild: who sends little elsewhere can give a little less. The steep: the loyal have nothing left to give,
        and among the others it does not matter. The steep one has mean 1 over `volume`, so that a lift means the
        same in both.
        """
        steep = np.minimum(self.relative, STEEP_TO) ** STEEP
        weighed = float(volume @ steep / volume.sum()) if volume.sum() > 0 else 1.0
        return np.asarray(self.relative**MILD), np.asarray(steep / max(weighed, 1e-6))


def outside(panel: Panel) -> Outside:
    """Shares over the last three years, counting only months in which what goes elsewhere was observed."""
    outwards, inwards = panel.referrals_out[:, -WINDOW:], panel.referrals_in[:, -WINDOW:]
    observed = np.isfinite(outwards)
    gone = np.where(observed, outwards, 0.0).sum(axis=1)
    known = gone + np.where(observed, inwards, 0.0).sum(axis=1)
    enough = known >= FEWEST
    share = np.where(enough, 0.0, np.nan)
    mean = float((gone[enough] / known[enough]).mean()) if enough.any() else 0.0
    if mean > 0:
        share[enough] = (gone[enough] + HELD_BY * mean) / (known[enough] + HELD_BY)
        mean = float(share[enough].mean())
    relative = np.where(enough & (mean > 0), share / (mean or 1.0), 1.0)
    return Outside(share, mean, np.asarray(relative))
