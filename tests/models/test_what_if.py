"""More or fewer visits next quarter: what one visit brings is taken out of the curve, and nothing is said beyond it."""

import numpy as np
import pytest

from benchmarks.worlds import BY_NAME, draw
from liaison.errors import LiaisonError
from liaison.metrics.findings.effect import worth_of_more
from liaison.models.effect import effect
from liaison.models.effect.assumed import Assumed
from liaison.models.effect.money import Cost, Line
from liaison.models.effect.what_if import Coming, Curve, arrives, curve_of, taken_apart, what_if
from liaison.models.effect.what_if_money import what_if_money

JAN = 2026 * 12
CURVE = Curve(60, 40, 80, 3.0, 1.0, 0.95, (Coming(JAN + 1, 1.0, 0.5), Coming(JAN + 2, 2.0, 0.8)))


def test_one_visit_is_told_from_the_visits_that_followed_it() -> None:
    # Everybody is seen in month 0 and again in month 2; a visit brings 2 a month in months 1-2 after it, then half a
    # referral in months 3-5. So month 4 holds 2 of the second visit and 0.5 of the first; month 5 half of each.
    visits = np.array([[1.0, 0], [1, 0], [1, 1], [1, 1], [0, 2]])
    practices, expected = np.full(5, 10.0), np.array([100.0, 90, 80, 120, 100])
    extra = practices * np.array([2, 2, 2.5, 2.5, 1.0])
    solved = taken_apart(visits, practices, expected)
    assert solved is not None
    assert solved @ extra == pytest.approx([2, 0.5])


def test_what_visits_brought_adds_up_to_the_measured_total() -> None:
    visits = np.array([[1.0, 0], [1, 0], [0.4, 1], [0.3, 1.2], [0.2, 1.1]])
    practices, expected = np.array([30.0, 30, 28, 25, 20]), np.array([90.0, 95, 80, 70, 66])
    extra = np.array([12.0, 31, 5, -9, 14])
    solved = taken_apart(visits, practices, expected)
    assert solved is not None
    assert float(practices @ visits @ solved @ extra) == pytest.approx(12 + 31 + 5 - 9 + 14)


def test_months_that_cannot_tell_visits_apart_give_nothing() -> None:
    assert taken_apart(np.array([[1.0, 1], [2, 2]]), np.ones(2), np.ones(2)) is None
    assert taken_apart(np.zeros((1, 2)), np.ones(1), np.ones(1)) is None


def test_when_a_quarters_visits_arrive() -> None:
    # A third of a visit in each of months 0, 1 and 2, felt one and two months later.
    assert arrives((1, 2))[:6] == pytest.approx([0, 1 / 3, 2 / 3, 2 / 3, 1 / 3, 0])
    assert arrives((6, 8)).sum() == pytest.approx(3)


def test_more_and_fewer_visits_carry_the_interval() -> None:
    more = what_if(CURVE, 70)  # ten more: 30 referrals, give or take 1.96 x 10
    assert (more.total.value, more.total.low, more.total.high) == pytest.approx((30, 10.4, 49.6), abs=0.01)
    assert [month for month, _ in more.months] == [JAN + 1, JAN + 2]
    assert more.months[1][1].low == pytest.approx(20 - 1.96 * 8, abs=0.01)
    assert more.says == (
        "10 visits more than in the last quarter would bring +30 referrals, between +10 and +50, from Feb 2026 to Mar "
        "2026."
    )
    fewer = what_if(CURVE, 50)
    assert (fewer.total.low, fewer.total.high) == pytest.approx((-49.6, -10.4), abs=0.01)
    assert "nothing changes" in what_if(CURVE, 60).says


def test_beyond_what_the_data_hold_is_refused_with_the_range() -> None:
    for visits in (39, 81):
        with pytest.raises(LiaisonError, match=f"held 40 to 80 visits to measured practices, not {visits}"):
            what_if(CURVE, visits)
    with pytest.raises(LiaisonError, match="no measured curve"):
        what_if(None, 60)


def test_more_visits_are_worth_their_referrals_less_what_they_cost() -> None:
    # Ten more: 30 referrals, se 10. Half are seen (of 100: variance 0.0025) at $400 (390 to 410: se 5.102): one is
    # worth 200, variance 400^2 x 0.0025 + 0.5^2 x 5.102^2 = 406.5. Margin 6,000, with variance 200^2 x 100 + 30^2 x
    # 406.5: se 2,089.5.
    line, cost = Line("all", 1.0, 400.0, 0.5, 100, 390.0, 410.0), Cost(24_000.0, 120, 90)
    found = what_if_money(what_if(CURVE, 70), [line], cost)
    assert found is not None
    assert (found.cost, found.net.value) == (2_000.0, 4_000.0)  # 24,000 / 120 a visit
    assert (found.margin.low, found.margin.high) == pytest.approx(
        (6_000 - 1.96 * 2_089.5, 6_000 + 1.96 * 2_089.5), abs=1
    )
    assert found.net.low == pytest.approx(found.margin.low - 2_000)
    assert worth_of_more(found.as_json()) == (
        "They would earn $6,000 of margin ($1,905 to $10k) and cost $2,000, at $200 a visit, as on average so far: "
        "whether they pay is open, −$95 to $8,095 after their cost."
    )
    fewer = what_if_money(what_if(CURVE, 50), [line], cost)
    assert fewer is not None
    assert (fewer.cost, fewer.net.value) == (-2_000.0, -4_000.0)
    assert worth_of_more(fewer.as_json()).startswith("They would save $2,000 of cost, at $200 a visit")
    assert what_if_money(what_if(CURVE, 70), [line], Cost(24_000.0, 0, 0)) is None


def test_a_curve_of_a_panel_holds_its_own_quarters_and_its_stored_form() -> None:
    made = draw(BY_NAME["random"], 7, 300)
    of = effect(made.panel)
    curve = curve_of(of)
    assert curve is not None
    covered = (of.cells | of.kept) * made.panel.visits
    last = covered[:, -3:].sum()
    begun = int(np.flatnonzero(of.kept.any(axis=0))[0])
    every = [covered[:, at : at + 3].sum() for at in range(begun, 34)]
    assert (curve.usual, curve.fewest, curve.most) == (last, min(every), max(every))
    truth = made.truth.with_visits - made.truth.without
    brought = float(truth[of.cells].sum()) / covered.sum()  # on average; one more brings as much, or a little more
    assert curve.one.low < brought < curve.one.high
    assert sum(each.value for each in curve.months) == pytest.approx(curve.value)
    told = curve.as_json()
    assert Curve.of_json(told).as_json() == told


def test_a_refused_estimate_has_no_curve() -> None:
    assert curve_of(effect(draw(BY_NAME["growth"], 7, 300).panel)) is None


def test_what_is_assumed_is_arithmetic_without_an_interval() -> None:
    told = Assumed(referrals=2_000, lift=0.1, seen=0.5, margin=400, cost=30_000).as_json()
    assert (told["more"], told["earned"], told["net"]) == (200, 40_000, 10_000)
    assert told["break_even_lift"] == 0.075  # 30,000 of 2,000 x 0.5 x 400
    assert told["says"].startswith("If you assume a lift of 10.0% on 2,000 referrals, it is 200 more referrals")
    assert not {"low", "high", "level"} & set(told)
    assert "no lift pays" in Assumed(2_000, 0.1, 0.5, 0, 30_000).says
