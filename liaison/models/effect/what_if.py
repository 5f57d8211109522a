"""What more or fewer visits would bring: the measured curve taken apart into what one visit brings, month by month.

After a first visit others follow, and the curve holds what all of them brought. That a practice which was seen so
often in such months sent so much more is a regression of the curve on the visits before each of its months; its
answer is what one visit brings one to two, three to five, six to eight months later. It adds up to the measured total.
Nothing is said beyond the numbers of visits a quarter that the data hold.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from liaison.errors import LiaisonError
from liaison.models.effect.bands import WIDER, few, total
from liaison.models.effect.effect import Effect
from liaison.models.effect.interval import Interval
from liaison.models.effect.question import Asked, Band
from liaison.models.panel import month_id, month_name
from liaison.vocabulary import month_words

Numbers = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
REACH = 8  # months after which nothing is ascribed to a single visit
QUARTER = 3
NONE = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True)
class Coming:
    """What one more visit brings in a calendar `month` (id), where it falls anywhere in the quarter before it began;
    `error`: its standard error."""

    month: int
    value: float
    error: float


@dataclass(frozen=True)
class Curve:
    """What one more visit brings. `usual`: visits of the last quarter to measured practices; `fewest` and `most` that
    any three months in a row held; `value`, `error`: of one visit in all; `months`: when it comes."""

    usual: int
    fewest: int
    most: int
    value: float
    error: float
    level: float
    months: tuple[Coming, ...]

    @property
    def one(self) -> Interval:
        return Interval.of(self.value, self.error, self.level)

    @classmethod
    def of_json(cls, told: Mapping[str, Any]) -> "Curve":
        """As `as_json` wrote it."""
        months = tuple(Coming(month_id(m["month"]), m["value"], m["error"]) for m in told["months"])
        return cls(**{**told, "months": months})

    def as_json(self) -> dict[str, Any]:
        return {
            "usual": self.usual,
            "fewest": self.fewest,
            "most": self.most,
            "value": round(self.value, 6),
            "error": round(self.error, 6),
            "level": self.level,
            "months": [
                {"month": month_name(each.month), "value": round(each.value, 6), "error": round(each.error, 6)}
                for each in self.months
            ],
        }


@dataclass(frozen=True)
class WhatIf:
    """So many `visits` in the quarter in place of the `usual` ones: referrals more (or fewer), in all and by month."""

    visits: int
    curve: Curve
    total: Interval
    months: tuple[tuple[int, Interval], ...]

    @property
    def says(self) -> str:
        more = self.visits - self.curve.usual
        if not more:
            return f"{self.visits:,} visits are as many as in the last quarter: nothing changes by them."
        first, last = (month_words(self.months[at][0]) for at in (0, -1))
        word = "more" if more > 0 else "fewer"
        asked = f"{abs(more):,} {'visit' if abs(more) == 1 else 'visits'} {word} than in the last quarter"
        ends = f"between {self.total.low:+,.0f} and {self.total.high:+,.0f}"
        if self.total.covers_zero:
            return f"{asked}: these data cannot tell what that would change, {ends} referrals from {first} to {last}."
        return f"{asked} would bring {self.total.value:+,.0f} referrals, {ends}, from {first} to {last}."

    def as_json(self) -> dict[str, Any]:
        months = [{"month": month_name(month), **of.as_json()} for month, of in self.months]
        return {
            "visits": self.visits,
            "says": self.says,
            "incremental": self.total.as_json(),
            "months": months,
            "curve": self.curve.as_json(),
        }


def what_if(curve: Curve | None, visits: int) -> WhatIf:
    """`visits` to measured practices in the quarter after the last month.

    Raises LiaisonError where there is no curve, and where no quarter of the data held so many or so few visits.
    """
    if curve is None:
        raise LiaisonError(
            "There is no measured curve to go by.",
            remedy="Where the effect is refused, or too few months follow the visits, only assumptions are left.",
        )
    if not curve.fewest <= visits <= curve.most:
        what = f"In these data a quarter held {curve.fewest:,} to {curve.most:,} visits to measured practices, "
        raise LiaisonError(
            f"{what}not {visits:,}.", remedy="Ask within that range: what lies beyond it has not been seen."
        )
    more = visits - curve.usual
    total = Interval.of(more * curve.value, abs(more) * curve.error, curve.level)
    months = tuple(
        (each.month, Interval.of(more * each.value, abs(more) * each.error, curve.level)) for each in curve.months
    )
    return WhatIf(visits, curve, total, months)


def curve_of(of: Effect) -> Curve | None:
    """None where the estimate was refused, or where too few months follow the visits to take the curve apart."""
    if of.verdict == "refused":
        return None
    bins = tuple(band for band in of.of.question.bands if band[0] <= REACH)
    since, quarters = _since(of, bins), _quarters(of)
    solved = taken_apart(since.visits, since.practices, since.expected)
    if solved is None or not len(quarters):
        return None
    one, moved = solved @ since.extra, since.left @ solved.T  # (bin), (practice, bin)
    visited = int(of.cells.any(axis=1).sum())
    widths = np.array([[last - first + 1.0] for first, last in bins])
    value, error = _summed(one, moved, widths, of.of.cluster, visited)
    coming = np.array([arrives(band) for band in bins])  # (bin, month ahead)
    values, errors = _summed(one, moved, coming, of.of.cluster, visited)
    begins = of.of.panel.months[-1] + 1
    months = tuple(
        Coming(begins + ahead, float(values[ahead]), float(errors[ahead]))
        for ahead in np.flatnonzero(coming.sum(axis=0)).tolist()
    )
    usual, fewest, most = int(quarters[-1]), int(quarters.min()), int(quarters.max())
    return Curve(usual, fewest, most, float(value[0]), float(error[0]), of.level, months)


def _summed(
    one: Numbers, moved: Numbers, share: Numbers, cluster: Whole | None, visited: int
) -> tuple[Numbers, Numbers]:
    """Sums of bins, `share` (bin, sum) of each, with their standard errors, the wider of the two ways, told by so many
    `visited` practices."""
    each = moved @ share
    squares = (each**2).sum(axis=0)
    if cluster is not None:
        together = np.array([np.bincount(cluster, column) for column in each.T]).T
        squares = np.maximum(squares, (together**2).sum(axis=0))
    return one @ share, WIDER * few(visited) * np.sqrt(squares)


def taken_apart(visits: Numbers, practices: Numbers, expected: Numbers) -> Numbers | None:
    """(bin, month since): what the extra referrals of each month since the visit are multiplied by and summed, to give
    what one visit brings in a month of each bin.

    `visits` (month since, bin): made so long before, a practice; `practices` and `expected` referrals (month since).
    Weighted least squares (the variance of a count is what was expected), held to the sum of all months. None where
    the months are too few.
    """
    if len(visits) < visits.shape[1] or np.linalg.matrix_rank(visits) < visits.shape[1]:
        return None
    weight = practices**2 / np.maximum(expected, 1e-9)
    normal = (visits * weight[:, None]).T @ visits
    every = practices @ visits
    size = len(normal)
    left = np.zeros((size + 1, size + 1))
    left[:size, :size], left[:size, size], left[size, :size] = normal, every, every
    right = np.vstack([(visits * (weight / practices)[:, None]).T, np.ones(len(visits))])
    return np.asarray(np.linalg.solve(left, right)[:size])


@dataclass(frozen=True, eq=False)
class Since:
    """By months since the visit, those in which somebody is seen: `extra` and `expected` referrals, `practices` seen so
    long, `visits` (month, bin) so long before, a practice; `left` (practice, month): influence on `extra`."""

    extra: Numbers
    expected: Numbers
    practices: Numbers
    visits: Numbers
    left: Numbers


def _since(of: Effect, bins: tuple[Band, ...]) -> Since:
    measured, months = of.of, len(of.of.panel.months)
    found = []
    for fit in measured.fits:
        for since in range(fit.band[0], min(fit.band[1] + 1, months)):
            inside = of.kept[fit.practice, fit.month] & (fit.month + since < months)
            practice, begun = fit.practice[inside], fit.month[inside]
            if len(practice):
                alone = replace(fit, band=(since, since))
                whole = total((alone,), measured.sums, of.kept, (0, months))
                found.append((whole, len(practice), _before(of, practice, begun, since, bins)))
    return Since(
        np.array([whole.incremental for whole, _, _ in found]),
        np.array([whole.expected for whole, _, _ in found]),
        np.array([float(many) for _, many, _ in found]),
        np.array([visits for _, _, visits in found]).reshape(len(found), len(bins)),
        np.array([whole.left for whole, _, _ in found]).reshape(len(found), len(measured.panel)).T,
    )


def _before(of: Effect, practice: Whole, begun: Whole, since: int, bins: tuple[Band, ...]) -> Numbers:
    """(bin): visits so many months before, from the visit asked about on, a practice."""
    if of.asked is Asked.by_lot:  # both sides were visited otherwise as before
        return np.array([float(band[0] <= since <= band[1]) for band in bins])
    made = np.hstack([np.zeros((len(of.of.panel), 1)), of.of.panel.visits.cumsum(axis=1)])
    found = []
    for first, last in bins:
        start, end = np.maximum(begun, begun + since - last), begun + since - first + 1
        end = np.maximum(end, start)
        found.append(float((made[practice, end] - made[practice, start]).mean()))
    return np.array(found)


def arrives(band: Band) -> Numbers:
    """(month ahead, 0 the first of the quarter): share of a visit's months of this band, the visit being in any month
    of the quarter alike."""
    ahead = np.zeros(QUARTER + REACH)
    for made in range(QUARTER):
        ahead[made + band[0] : made + band[1] + 1] += 1 / QUARTER
    return ahead


def _quarters(of: Effect) -> Whole:
    """Visits to measured practices in every three months in a row, from the first measured visit on."""
    begun = np.flatnonzero(of.kept.any(axis=0))
    each = np.where(of.cells | of.kept, of.of.panel.visits, 0).sum(axis=0)[begun[0] if len(begun) else 0 :]
    return np.convolve(each, np.ones(QUARTER), "valid").round().astype(np.int64) if len(each) >= QUARTER else NONE
