"""Time in stage agrees with what statistics packages compute from the single durations."""

import numpy as np
import pandas as pd
import pytest
from statsmodels.duration.survfunc import CumIncidenceRight

from liaison.metrics.survival import incidence


def table(durations: list[tuple[int, str]]) -> pd.DataFrame:
    frame = pd.DataFrame(durations, columns=["days", "outcome"])
    return frame.value_counts().rename("rows").reset_index()


def test_curve_equals_statsmodels_with_censoring_and_exits() -> None:
    draw = np.random.default_rng(7)
    days = draw.integers(1, 60, 4_000)
    outcome = draw.choice(["moved_on", "open", "cancelled", "declined"], 4_000, p=[0.5, 0.25, 0.15, 0.1])
    mine = incidence(table(list(zip(days.tolist(), outcome.tolist(), strict=True))))
    status = np.select([outcome == "open", outcome == "moved_on"], [0, 1], default=2)
    theirs = CumIncidenceRight(days, status)
    assert mine.moved[theirs.times.astype(int)] == pytest.approx(theirs.cinc[0], abs=1e-12)


def test_median_is_the_day_when_half_of_those_who_move_on_have() -> None:
    """Twenty referrals: ten move on after 5 days, ten after 9; ten are still at risk on day 9."""
    curve = incidence(table([(5, "moved_on")] * 10 + [(9, "moved_on")] * 10))
    assert (curve.last_day, curve.quantile(0.5), curve.quantile(0.9)) == (9, 5, 9)


def test_open_referrals_do_not_shorten_the_wait() -> None:
    """Ten seen on day 3 and thirty open since day 20: read to day 20, half of those who move on by day 3."""
    curve = incidence(table([(3, "moved_on")] * 10 + [(20, "open")] * 30))
    assert curve.last_day == 20
    assert curve.moved[20] == pytest.approx(0.25)
    assert curve.quantile(0.5) == 3


def test_nothing_is_said_below_ten_at_risk() -> None:
    assert incidence(table([(3, "moved_on")] * 9)).quantile(0.5) is None
    assert incidence(pd.DataFrame(columns=["days", "outcome", "rows"])).quantile(0.5) is None


def test_same_day_counts() -> None:
    """A referral received on the day it was created has waited 0 days."""
    assert incidence(table([(0, "moved_on")] * 30)).quantile(0.5) == 0
