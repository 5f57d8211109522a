"""The estimate itself: what would have come without the visit, band by band of months since it, and what did come.

In each band a Poisson regression on the path at the decision month, over all practices that waited through the band's
end, says what to expect of those that were visited. Observed less expected is the effect; the bands are the lag
curve. Variances come from influence: how much the total hangs on each practice (Huber 1967; Tsiatis 2006,
Semiparametric Theory and Missing Data, ch. 3).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from liaison.models.effect.path import Sums
from liaison.models.effect.poisson import Fitted, poisson
from liaison.models.effect.question import Band, Question

Numbers = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
WIDER = 1.1 * np.sqrt(1.03)  # the index, the weights and few clusters are not in the influence


def few(practices: int) -> float:
    """By how much an error that so many visited practices tell is too small for the normal quantile of 95%.

    Their spread is estimated from themselves: Student's quantile in the normal one's place, and n / (n - 1) of the
    variance, as for a mean. With a hundred it is 2%, with ten 22%, with six 44%.
    """
    from scipy.special import stdtrit

    many = max(practices, 2)
    return float(stdtrit(many - 1, 0.975) / 1.959964 * np.sqrt(many / (many - 1)))


@dataclass(frozen=True, eq=False)
class BandFit:
    """`practice`, `month` (episode): who was visited and when; `rate` (episode): expected at an index of 1.

    `design` (episode, k); `scores` (practice, k): sum of weighted residuals x design of the comparison; `waited`:
    practices that were compared with.
    """

    band: Band
    practice: Whole
    month: Whole
    design: Numbers
    rate: Numbers
    fitted: Fitted
    scores: Numbers
    waited: Whole


@dataclass(frozen=True, eq=False)
class Total:
    """`observed` and `expected` referrals. (practice): `own` difference of the two, `by_practice` the expected, and how
    far the expected total moves where a practice of the comparison counts more (`through`)."""

    observed: float
    expected: float
    own: Numbers
    by_practice: Numbers
    through: Numbers

    @property
    def incremental(self) -> float:
        return self.observed - self.expected

    @property
    def lift(self) -> float:
        return self.incremental / self.expected if self.expected > 0 else 0.0

    @property
    def left(self) -> Numbers:
        """(practice): influence on the lift, times what was expected."""
        return np.asarray(self.own - self.lift * self.by_practice - (1 + self.lift) * self.through)

    def error(self, cluster: Whole | None = None) -> float:
        """Standard error of `incremental`; practices of one `cluster` (building, group) vary together.

        The wider of the two ways: with few groups the clustered one is too narrow by itself. Wider still where few
        practices were visited, see `few`.
        """
        squares = float((self.left**2).sum())
        if cluster is not None:
            squares = max(squares, float((np.bincount(cluster, self.left) ** 2).sum()))
        return float(WIDER * few(int((self.by_practice > 0).sum())) * np.sqrt(squares))


def fit_bands(question: Question, path: Numbers, sums: Sums, log_weight: Numbers, most: float) -> tuple[BandFit, ...]:
    """One fit a band of the question in which somebody was visited and somebody waited. `most`: of a weight."""
    fits = (_fit(question, band, path, sums, log_weight, most) for band in question.bands)
    return tuple(fit for fit in fits if fit is not None)


def _fit(question: Question, band: Band, path: Numbers, sums: Sums, log_weight: Numbers, most: float) -> BandFit | None:
    months = question.begins.shape[1]
    month, practice = np.nonzero(question.waits.T)
    first, end = month + band[0], np.minimum(month + band[1] + 1, months)
    stayed = (first < months) & (question.waits[practice, month] >= end)
    month, practice, first, end = month[stayed], practice[stayed], first[stayed], end[stayed]
    begun, visited = np.nonzero(question.begins.T)
    shown = begun + band[0] < months
    begun, visited = begun[shown], visited[shown]
    if not len(begun) or not len(month):
        return None
    weight = np.exp(np.minimum(log_weight[practice, end] - log_weight[practice, month], np.log(most)))
    weight = weight / weight.mean()
    design, exposure = path[month, practice], sums.index[practice, end] - sums.index[practice, first]
    came = sums.sent[practice, end] - sums.sent[practice, first]
    fitted = poisson(design, came, exposure, weight)
    left = weight * (came - fitted.rate(design) * exposure)
    scores = np.column_stack(
        [np.bincount(practice, left * column, minlength=len(question.begins)).astype(float) for column in design.T]
    )
    theirs = path[begun, visited]
    return BandFit(band, visited, begun, theirs, fitted.rate(theirs), fitted, scores, np.unique(practice))


def total(fits: tuple[BandFit, ...], sums: Sums, kept: npt.NDArray[np.bool_], window: tuple[int, int]) -> Total:
    """Observed and expected over the episodes `kept` (practice, month of the visit) and the months of a window.

    `window`: first month and the one after the last, from the panel's first; whichever visit caused it.
    """
    practices = len(sums.sent)
    observed = expected = 0.0
    own, by_practice, through = np.zeros(practices), np.zeros(practices), np.zeros(practices)
    for fit in fits:
        inside = kept[fit.practice, fit.month]
        practice, rate = fit.practice[inside], fit.rate[inside]
        first, end = stretch(fit, inside, window)
        came = sums.sent[practice, end] - sums.sent[practice, first]
        should = rate * (sums.index[practice, end] - sums.index[practice, first])
        observed, expected = observed + float(came.sum()), expected + float(should.sum())
        gradient = fit.design[inside].T @ should
        own += np.bincount(practice, came - should, minlength=practices)
        through += fit.scores @ np.linalg.solve(fit.fitted.hessian, gradient)
        by_practice += np.bincount(practice, should, minlength=practices)
    return Total(observed, expected, own, by_practice, through)


def stretch(fit: BandFit, inside: npt.NDArray[np.bool_], window: tuple[int, int]) -> tuple[Whole, Whole]:
    """(episode): first month and the one after the last of a band's months in a window."""
    month = fit.month[inside]
    first = np.clip(month + fit.band[0], window[0], window[1])
    end = np.clip(month + fit.band[1] + 1, window[0], window[1])
    return first, np.maximum(first, end)


def cells(fits: tuple[BandFit, ...], kept: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """(practice, month): what an estimate over the episodes `kept` is summed over."""
    marked = np.zeros(kept.shape, dtype=bool)
    months = np.arange(kept.shape[1])
    for fit in fits:
        inside = kept[fit.practice, fit.month]
        first, end = stretch(fit, inside, (0, kept.shape[1]))
        practice = fit.practice[inside]
        np.logical_or.at(marked, practice, (months >= first[:, None]) & (months < end[:, None]))
    return marked
