"""Were they growing already? The visit is moved six months back, to when it cannot have caused anything.

Asked twice: by own history and market (two-way Poisson imputation), and by path, against practices that waited. A
target list made from a lucky half year does not show in the first; visits that follow a rise show in both. Where the
first only leans, whom the team chose decides (`choosing`): a list made once does not follow what came since.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from liaison.models.effect.bands import fit_bands, total
from liaison.models.effect.choosing import Choice, choice
from liaison.models.effect.index import two_way
from liaison.models.effect.measured import Measured
from liaison.models.effect.path import HISTORY
from liaison.models.effect.question import Asked, Question

Numbers = npt.NDArray[np.float64]
BACK = 6  # months
MUCH, SURE, LIKELY = 0.10, 1.96, 1.28  # share of baseline; standard errors: alone, and beside the other way
LEANS, FOLLOWS = 0.5, 1.64  # standard errors of the plain way and of the choice, where all three say so
DRAWS, FEWEST = 40, 10  # of the bootstrap; practices


@dataclass(frozen=True)
class Rise:
    """Referrals in the six months before the visit beyond what was expected, as a share of it, with its error."""

    share: float
    error: float
    practices: int

    @property
    def told(self) -> bool:
        return self.practices >= FEWEST and np.isfinite(self.share) and self.error > 0

    def above(self, errors: float) -> bool:
        return self.told and self.share > errors * self.error


@dataclass(frozen=True)
class Placebo:
    """`plain`: beyond own history and market; `alike`: beyond practices that had the same path and waited; `chosen`:
    whether first visits followed what had just come."""

    plain: Rise
    alike: Rise
    chosen: Choice

    @property
    def told(self) -> bool:
        return self.plain.told

    @property
    def surely(self) -> bool:
        """The plain way says so by itself."""
        return self.plain.above(SURE) and self.plain.share > MUCH

    @property
    def growing(self) -> bool:
        """The plain way says so by more than a tenth, or the other does and the plain one does not speak against it."""
        alike = self.alike.above(SURE) and self.alike.share > MUCH
        return self.surely or (alike and (self.plain.above(LIKELY) or self.followed))

    @property
    def followed(self) -> bool:
        """Visits went where more had just come from, and the plain way leans to it."""
        return self.plain.above(LEANS) and self.chosen.above(FOLLOWS)

    @property
    def falling(self) -> bool:
        return self.plain.told and self.plain.share < -LIKELY * self.plain.error


def placebo(of: Measured) -> Placebo:
    """Both ways, over all practices whose first visit has a year of history before it, with peers or without."""
    if of.question.asked is not Asked.first_visit:
        nothing = Rise(float("nan"), float("nan"), 0)
        return Placebo(nothing, nothing, Choice(float("nan"), float("nan"), 0))
    return Placebo(_plain(of), _alike(of), choice(of))


def _plain(of: Measured) -> Rise:
    months = len(of.panel.months)
    month = np.arange(months)
    begins = of.question.begins
    first = np.where(begins.any(axis=1), begins.argmax(axis=1), months)
    moved = np.where(first < months, first - BACK, months)
    asked = (first < months) & (moved >= HISTORY)
    history = (month < moved[:, None]) & of.question.untouched
    window = (month >= moved[:, None]) & (month < first[:, None]) & asked[:, None]
    used = history.any(axis=1)
    sent, history, window = of.panel.referrals_in[used], history[used], window[used]
    if not window.any():
        return Rise(float("nan"), float("nan"), 0)
    chance = np.random.default_rng(0)
    shares = [_share(sent, history, window, np.ones(len(sent)))]
    shares += [_share(sent, history, window, chance.exponential(1.0, len(sent))) for _ in range(DRAWS)]
    return Rise(shares[0], float(np.std(shares[1:], ddof=1)), int(asked.sum()))


def _share(sent: Numbers, history: npt.NDArray[np.bool_], window: npt.NDArray[np.bool_], weight: Numbers) -> float:
    """Weights are those of a Bayesian bootstrap (Rubin 1981) over practices."""
    level, month = two_way(sent, history, weight, close=1e-6)
    should = float(weight @ (window * level[:, None] * month).sum(axis=1))
    return float(weight @ (window * sent).sum(axis=1)) / max(should, 1e-9) - 1


def _alike(of: Measured) -> Rise:
    """As the estimate is made, from the path six months earlier, against those unvisited for longer."""
    asked = of.question
    months = asked.begins.shape[1]
    begins, waits = np.zeros_like(asked.begins), np.zeros_like(asked.waits)
    begins[:, : max(months - BACK, 0)] = asked.begins[:, BACK:]
    # A practice waited when it was unvisited for longer than the six months: its month of a visit lies beyond them.
    coming = np.where(asked.begins.any(axis=1), asked.begins.argmax(axis=1), months)
    free = ~(asked.already & ~asked.begins.any(axis=1))
    month = np.arange(months)
    from_here = month >= max(HISTORY, asked.start - BACK)
    waits[:] = np.where(from_here & free[:, None] & (coming[:, None] > month + BACK), coming[:, None], 0)
    begins &= from_here
    moved = Question(
        asked.asked, begins, waits, asked.untouched, asked.never, asked.already, asked.start, ((0, BACK - 1),)
    )
    fits = fit_bands(moved, of.path, of.sums, np.zeros((len(begins), months + 1)), 1.0)
    found = total(fits, of.sums, begins, (0, months))
    if found.expected <= 0:
        return Rise(float("nan"), float("nan"), 0)
    return Rise(found.lift, found.error(of.cluster) / found.expected, int(begins.any(axis=1).sum()))
