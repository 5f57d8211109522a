"""The second display: event studies as economists draw them, by the library diff-diff, imported where it is used.

It stands beside the estimate and does not decide: measured from the month before the visit, it takes a team's reasons
for going for effects. Callaway and Sant'Anna 2021 (Journal of Econometrics 225: 200-230); Borusyak, Jaravel and
Spiess 2024 (Review of Economic Studies 91: 3253-3285).
"""

import warnings
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from liaison.models.effect.checks import Second
from liaison.models.effect.measured import Measured

Numbers = npt.NDArray[np.float64]
Method = Literal["callaway_santanna", "imputation"]
NAMES = {"callaway_santanna": "Callaway and Sant'Anna", "imputation": "Imputation"}
Against = Literal["never_treated", "not_yet_treated"]


@dataclass(frozen=True)
class Point:
    """Effect on the outcome at `months` since the first visit (below 0: before it), with its standard error."""

    months: int
    value: float
    error: float


@dataclass(frozen=True)
class EventStudy:
    """`overall`: mean effect on a unit and period after its start, with `error`."""

    method: Method
    points: tuple[Point, ...]
    overall: float
    error: float


def event_study(
    outcome: Numbers, first: npt.NDArray[np.int64], method: Method, against: Against = "never_treated"
) -> EventStudy:
    """`outcome` (unit, period); `first` (unit): period of its start, counted from 0, or -1 for never.

    Standard errors are clustered by unit, without a bootstrap. `against` is for Callaway and Sant'Anna only.
    """
    import diff_diff

    units, periods = outcome.shape
    frame = pd.DataFrame(
        {
            "unit": np.repeat(np.arange(units), periods),
            "period": np.tile(np.arange(1, periods + 1), units),
            "first": np.repeat(np.where(first < 0, 0, first + 1), periods),
            "outcome": outcome.ravel(),
        }
    )
    named = {"outcome": "outcome", "unit": "unit", "time": "period", "first_treat": "first"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about cohorts of one unit and the library's own next version
        if method == "callaway_santanna":
            fitted = diff_diff.CallawaySantAnna(control_group=against).fit(frame, **named, aggregate="all")
        else:
            fitted = diff_diff.ImputationDiD().fit(frame, **named, aggregate="all")
    points = tuple(
        Point(int(months), float(at["effect"]), float(at["se"]))
        for months, at in sorted(fitted.event_study_effects.items())
    )
    return EventStudy(method, points, float(fitted.overall_att), float(fitted.overall_se))


def studied(of: Measured, method: Method) -> tuple[EventStudy, Second] | None:
    """A panel's event study, over covered practices and those never visited; None where there are none of either.

    Its lift is held against what the estimate expected, a practice and month.
    """
    covered, never = of.covered, of.question.never
    if not covered.any() or not never.any() or of.whole.expected <= 0:
        return None
    used = covered | never
    first = np.where(covered, of.question.begins.argmax(axis=1), -1)[used]
    study = event_study(of.panel.referrals_in[used], first, method)
    usual = of.whole.expected / max(int(of.cells.sum()), 1)
    return study, Second(NAMES[method], study.overall / usual, study.error / usual)
