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
    assert mine._errors(0.0, int(days.max()))[theirs.times.astype(int)] == pytest.approx(theirs.cinc_se[0], abs=1e-9)


def test_quantiles_are_those_of_the_statsmodels_curve() -> None:
    draw = np.random.default_rng(11)
    days = draw.gamma(2.0, 9.0, 900).astype(int)
    outcome = draw.choice(["moved_on", "open", "no_show"], 900, p=[0.6, 0.3, 0.1])
    mine = incidence(table(list(zip(days.tolist(), outcome.tolist(), strict=True))))
    theirs = CumIncidenceRight(days + 1, np.select([outcome == "open", outcome == "moved_on"], [0, 1], default=2))
    day, share = theirs.times.astype(int) - 1, theirs.cinc[0]
    read = np.array([(days >= d).sum() for d in day]) >= 10
    for q in (0.5, 0.9):
        assert mine.quantile(q) == day[read][np.argmax(share[read] >= q * share[read][-1])]


def test_without_censoring_the_error_is_that_of_a_share() -> None:
    """Of 40, 10 leave for good on day 2 and 30 move on on day 6: sqrt(p (1 - p) / n)."""
    curve = incidence(table([(2, "declined")] * 10 + [(6, "moved_on")] * 30))
    assert curve._errors(0.0, 6)[6] == pytest.approx((0.75 * 0.25 / 40) ** 0.5, abs=1e-12)
    assert curve.share_by(6) == pytest.approx((0.75, 0.585, 0.857), abs=1e-3)
    assert curve.share_by(7) is None


def test_interval_of_the_median_holds_it_in_nine_of_ten_repeats() -> None:
    """Drawn again and again from one law; what the median is there, the expected counts say."""
    law = {"moved_on": 6, "declined": 2, "open": 2}
    expected = [(day, outcome, share * 1000) for day in range(1, 25) for outcome, share in law.items()]
    truth = incidence(pd.DataFrame(expected, columns=["days", "outcome", "rows"])).quantile(0.5, 20)
    assert truth is not None
    draw, held = np.random.default_rng(3), 0
    for _ in range(200):
        days = draw.integers(1, 25, 400)
        outcome = draw.choice(list(law), 400, p=[0.6, 0.2, 0.2])
        found = incidence(table(list(zip(days.tolist(), outcome.tolist(), strict=True)))).quantile_interval(0.5, 20)
        held += found is not None and found[0] <= truth <= found[1]
    assert held >= 180


def test_a_curve_is_read_no_further_than_asked() -> None:
    """Twenty: ten move on on day 5, ten on day 30. Up to day 20 everybody who moves on does so on day 5."""
    curve = incidence(table([(5, "moved_on")] * 10 + [(30, "moved_on")] * 10))
    assert (curve.quantile(0.9), curve.quantile(0.9, 20), curve.quantile_interval(0.9, 20)) == (30, 5, (5, 5))


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
