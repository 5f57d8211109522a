"""The pieces of a ranking, by figures worked out by hand."""

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from benchmarks.worlds import BY_NAME, draw
from liaison.models.panel import Panel
from liaison.models.ranking.attention import added, felt, left_over, months_since
from liaison.models.ranking.evidence import Evidence
from liaison.models.ranking.expected import market_ahead
from liaison.models.ranking.fit import Measured, solve
from liaison.models.ranking.groups import Groups, groups
from liaison.models.ranking.levels import levels
from liaison.models.ranking.lift import Lift, Prior
from liaison.models.ranking.outside import outside
from liaison.models.ranking.reasons import Factors
from liaison.models.ranking.variation import variation

TWO = (0.5, 1.0)  # a lag curve of two months


def visits(*rows: str) -> np.ndarray:
    return np.array([[cell == "x" for cell in row] for row in rows])


def panel(inwards: list[list[float]], outwards: list[list[float]]) -> Panel:
    shape, zeros = np.array(inwards).shape, np.zeros_like(np.array(inwards, dtype=float))
    names = tuple(f"p{i}" for i in range(shape[0]))
    covariates = pd.DataFrame(index=pd.Index(names, name="practice_id"))
    months = tuple(range(shape[1]))
    return Panel(names, months, np.array(inwards, float), np.array(outwards, float), zeros, zeros, covariates)


def test_a_visit_is_felt_from_the_month_after() -> None:
    assert felt(visits("x...", "...."), TWO).tolist() == [[0, 0.5, 1, 0], [0, 0, 0, 0]]


def test_visits_felt_at_once_add_up_to_the_peak_and_no_further() -> None:
    assert felt(visits("xx.."), TWO).tolist() == [[0, 0.5, 1, 1]]


def test_a_visit_adds_all_of_itself_where_nothing_is_felt() -> None:
    assert added(visits("...."), TWO).tolist() == [[0.5, 1.0]]


def test_a_visit_adds_only_what_the_last_one_leaves() -> None:
    # Last month's visit is at its peak one month on: 0.5 of the new one meets 1 already there; then 1 meets nothing.
    assert added(visits("...x"), TWO).tolist() == [[0.0, 1.0]]


def test_what_is_still_felt_of_visits_made_counts_from_the_second_month() -> None:
    # The visit's second month, at its peak, is the first that a new visit could be felt in.
    assert left_over(visits("...x", "..x."), TWO).tolist() == [[1.0, 0.0], [0.0, 0.0]]


def test_months_since_the_last_visit_count_to_the_coming_month() -> None:
    since = months_since(visits("x..x", "x...", "...."))
    assert since[:2].tolist() == [1, 4]
    assert math.isnan(since[2])


def test_the_prior_and_the_data_meet_by_what_each_tells() -> None:
    # 1/0.08^2 = 156.25 for 12%, 1/0.04^2 = 625 for 2%: (18.75 + 12.5) / 781.25 = 4%, variance 1/781.25.
    mean, variance = Prior(0.12, 0.08).held(Measured(0.02, 0.04))
    assert mean == pytest.approx(0.04)
    assert variance == pytest.approx(1 / 781.25)


def test_without_anything_measured_the_prior_stands() -> None:
    assert Prior().held(Measured(0.0, math.inf)) == pytest.approx((0.12, 0.0064))


def test_shares_elsewhere_are_held_to_the_mean_and_unknown_below_eight() -> None:
    # 30 of 40 and 10 of 40 elsewhere: mean of shares 0.5; held by 8: (30 + 4) / 48 and (10 + 4) / 48.
    seen = outside(panel([[5, 5], [15, 15], [3, 4]], [[15, 15], [5, 5], [0, 0]]))
    assert seen.share[:2].tolist() == pytest.approx([34 / 48, 14 / 48])
    assert seen.known.tolist() == [True, True, False]
    assert seen.relative.tolist() == pytest.approx([34 / 24, 14 / 24, 1.0])


def test_months_without_a_view_of_elsewhere_are_not_zeros() -> None:
    seen = outside(panel([[10, 10], [10, 10]], [[10, math.nan], [math.nan, math.nan]]))
    assert seen.share[0] == pytest.approx(0.5)  # the first month alone: 10 of 20
    assert not seen.known[1]
    assert seen.relative[1] == 1


def test_where_nobody_sends_elsewhere_the_factor_is_one() -> None:
    assert outside(panel([[10, 10]], [[0, 0]])).relative.tolist() == [1]


def test_reasons_add_up_to_the_gain() -> None:
    each = (np.array(v, dtype=float) for v in ([8, 2], [3, 1], [1.2, 0.9], [1, 1], [1, 1]))
    factors = Factors(*each)
    of_first = sum(float(values[0]) for values in factors.contributions().values())
    # Gains are as 8 x 3 x 1.2 = 28.8 to 2 x 1 x 0.9 = 1.8; the typical one is the geometric mean, 7.2.
    assert of_first == pytest.approx(math.log(28.8 / 7.2))


def test_a_market_that_grows_is_carried_on_a_year_later() -> None:
    year = np.array([1.0] * 6 + [2.0] * 6)  # half the year twice as busy
    ahead = market_ahead(np.concatenate([year, year * 1.2]), 6)
    assert ahead.tolist() == pytest.approx([1.8 * 1.2 ** ((6.5 + h) / 12) * (1, 2)[h == 6] / 1.5 for h in range(1, 7)])


def said(measured: Measured, visits_made: int) -> Evidence:
    seen = panel([[1.0] * 4], [[0.0] * 4])
    seen.visits[0, :visits_made] = 1
    one = np.ones(1)
    return Evidence.of(seen, Lift(Prior(), 0.1, 0.05, measured, 0.3, one, one), 0.95, "")


def test_the_sentence_claims_what_the_data_carry() -> None:
    assert said(Measured(0.10, 0.02), 3).says.startswith("These data show an effect: 10%, between 6% and 14%")
    assert said(Measured(0.02, 0.04), 3).says.startswith("These data do not show an effect: between -6% and 10%")
    assert said(Measured(-0.10, 0.02), 3).says.startswith("Fewer referrals came after visits")
    assert said(Measured(0.10, 0.30), 3).says.startswith("There are too few visits")
    assert said(Measured(0.0, math.inf), 0).says.startswith(
        "There are no visits in these data. The lift is a prior: 12%"
    )


def test_too_few_visits_leave_it_open_that_they_do_nothing() -> None:
    assert said(Measured(0.0, math.inf), 0).covers_zero
    assert not said(Measured(0.10, 0.02), 3).covers_zero


def test_groups_are_told_apart_where_very_much_was_seen() -> None:
    made = draw(BY_NAME["many"], 2, 300, months=42)
    of = made.panel.covariates["specialty"].to_numpy() == "family"
    more = np.random.default_rng(1).poisson(0.6 * made.truth.without * felt(made.panel.visited) * of[:, None])
    apart = groups_of(replace(made.panel, referrals_in=made.panel.referrals_in + more))
    assert "Groups are told apart" in apart.why
    assert apart.factor[of].min() > 1.3 * apart.factor[~of].max()
    assert apart.says[int(np.argmax(of))].startswith("practices like it (family) responded")


def groups_of(seen: Panel) -> Groups:
    level = levels(seen)
    solved = solve(seen.referrals_in, felt(seen.visited), level, variation(seen.referrals_in, level))
    return groups(seen, solved, np.full(len(seen), 0.12))


def test_groups_that_respond_alike_are_not_told_apart() -> None:
    apart = groups_of(draw(BY_NAME["many"], 2, 300, months=42).panel)
    assert "not refused" in apart.why
    assert (apart.factor == 1).all()
