"""A question put to a panel: who is in the common range, and the fits from which every total is summed."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from liaison.models.effect.bands import BandFit, Total, cells, fit_bands, total
from liaison.models.effect.index import market_index
from liaison.models.effect.path import LEVEL, Sums, log_of, paths, prior_expectation
from liaison.models.effect.question import Asked, Question
from liaison.models.effect.staying import MOST, log_weights
from liaison.models.panel import Panel

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Whole = npt.NDArray[np.int64]
TAIL, BEYOND = 0.03, 5  # of the comparison's levels at each end, at most so many: who lies beyond has no peers
LATER = 7  # months a peer must stay unvisited where everyone is visited at some time


@dataclass(frozen=True, eq=False)
class Measured:
    """`inside` (practice, month): visits asked about whose practice has peers of its level; `fits`: one a band.

    `cluster` (practice): codes of what varies together, None where each practice stands for itself.
    """

    panel: Panel
    question: Question
    sums: Sums
    path: Numbers
    inside: Flags
    fits: tuple[BandFit, ...]
    cluster: Whole | None

    @cached_property
    def whole(self) -> Total:
        """Over all covered practices, from the month after the visit to the panel's last."""
        return self.over(self.inside)

    def over(self, kept: Flags, window: tuple[int, int] | None = None) -> Total:
        """Over some of the covered visits, and the months of a window (first, one after the last)."""
        return total(self.fits, self.sums, kept, window or (0, len(self.panel.months)))

    def in_band(self, band: int) -> Total:
        """Over the covered visits in one band of months since the visit."""
        return total(self.fits[band : band + 1], self.sums, self.inside, (0, len(self.panel.months)))

    @cached_property
    def cells(self) -> Flags:
        """(practice, month): what the total is summed over."""
        return cells(self.fits, self.inside)

    @property
    def covered(self) -> Flags:
        """(practice): has a visit that counts."""
        return np.asarray(self.cells.any(axis=1))

    @property
    def waited(self) -> Whole:
        """Practices that were compared with in the first band."""
        return self.fits[0].waited if self.fits else np.zeros(0, dtype=np.int64)

    @property
    def peers(self) -> int:
        """How many were compared with: those never visited; where one more visit is asked about, those that stayed cold
        to the end: that most were cold for a month or two is no comparison for half a year."""
        if self.question.asked is Asked.first_visit:
            return int(self.question.never.sum())
        return len(self.fits[-1].waited) if self.fits else 0

    def error(self, of: Total) -> float:
        return of.error(self.cluster)


def measure(panel: Panel, question: Question, cluster: Whole | None = None) -> Measured:
    """Fit a question's bands."""
    region = _codes(panel, "region")
    sent, untouched = panel.referrals_in, question.untouched
    index = market_index(sent, untouched, region)
    expected = prior_expectation(sent, index, untouched, panel.covariates)
    sums = Sums.of(sent, index)
    path = paths(sums, expected, log_of(panel.covariates, "size"))
    if question.asked is Asked.one_more:
        path = np.concatenate([path, how_often(panel)], axis=2)
    weights = log_weights(question, path, sums, expected)
    fits = fit_bands(question, path, sums, weights, MOST)
    return Measured(panel, question, sums, path, common_range(question, path), fits, cluster)


def common_range(question: Question, path: Numbers) -> Flags:
    """(practice, month): visits whose practice lay between the 3rd and the 97th percentile of the comparison's level,
    or had five of it beyond: as many as three in a hundred are where a programme leaves half of a market unvisited.

    The comparison: practices never visited; where another question is asked, those that waited seven months or more.
    """
    months = question.begins.shape[1]
    end = np.minimum(np.arange(months) + LATER, months)
    peers = (question.waits > 0) & (question.waits >= end)
    if question.asked is Asked.first_visit:
        peers = np.repeat(question.never[:, None], months, axis=1)
    inside = np.zeros_like(question.begins)
    for month in np.flatnonzero(question.begins.any(axis=0)):
        levels = path[month, :, LEVEL]
        theirs = levels[peers[:, month]]
        if len(theirs) > 1:
            tail = min(TAIL, BEYOND / len(theirs))
            low, high = np.quantile(theirs, [tail, 1 - tail])
            inside[:, month] = question.begins[:, month] & (levels >= low) & (levels <= high)
    return inside


def how_often(panel: Panel) -> Numbers:
    """(month, practice, 1): log of visits a year before a month, one visit in a year taken as known of everybody.

    Who was visited often is on the team's list, and a list is made from what is known of a practice, not only from its
    counts: cold practices are compared with those that were seen as often.
    """
    visits = panel.visited.cumsum(axis=1) - panel.visited
    years = np.arange(visits.shape[1]) / 12
    return np.asarray(np.log((visits + 1.0) / (years + 1.0)).T[:, :, None])


def _codes(panel: Panel, name: str) -> Whole:
    if name not in panel.covariates:
        return np.zeros(len(panel), dtype=np.int64)
    return np.unique(panel.covariates[name].astype(str), return_inverse=True)[1].astype(np.int64)
