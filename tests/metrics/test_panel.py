"""What a practice is to us, from months written down by hand: month 1 is the last complete one."""

import pandas as pd
import pytest

from liaison.metrics import panel
from liaison.metrics.panel import LoyaltyRule, Movement, by_month_back, continuum_of, trend_of
from liaison.vocabulary import Continuum, Loyalty


@pytest.mark.parametrize(
    ("months", "where"),
    [
        ({}, Continuum.prospect_or_lapsed),
        ({7: 12}, Continuum.prospect_or_lapsed),
        ({6: 1}, Continuum.one_time),
        ({6: 1, 1: 40}, Continuum.occasional),
        ({1: 1, 2: 1, 3: 1, 4: 1}, Continuum.occasional),
        ({1: 1, 2: 1, 3: 1, 4: 1, 5: 1}, Continuum.steady),
        ({1: 1, 2: 1, 3: 1, 4: 1, 5: 1, 6: 1}, Continuum.steady),
    ],
)
def test_continuum_counts_months_with_a_referral_among_the_last_six(months: dict[int, int], where: Continuum) -> None:
    assert continuum_of(months) is where


@pytest.mark.parametrize(
    ("months", "moved"),
    [
        ({3: 1}, Movement.new),
        ({3: 1, 28: 9}, Movement.new),
        ({3: 1, 27: 1}, Movement.returning),
        ({3: 1, 10: 1}, Movement.returning),
        ({3: 1, 9: 1}, Movement.none),
        ({4: 1, 15: 2}, Movement.lapsed),
        ({4: 1, 15: 1}, Movement.none),
        ({15: 2, 16: 9}, Movement.none),
        ({1: 1, 4: 3}, Movement.none),
        ({}, Movement.none),
    ],
)
def test_movement_follows_the_last_three_months_and_those_before(months: dict[int, int], moved: Movement) -> None:
    assert panel.moved(panel.sent(months), reach=36) is moved


def test_no_practice_is_new_where_the_data_do_not_reach_back_27_months() -> None:
    assert panel.moved(panel.sent({2: 5}), reach=26) is Movement.none
    assert panel.moved(panel.sent({2: 5}), reach=27) is Movement.new


@pytest.mark.parametrize(
    ("ours", "known", "held"),
    [
        (8, 10, Loyalty.loyalist),
        (79, 100, Loyalty.splitter),
        (21, 100, Loyalty.splitter),
        (2, 10, Loyalty.dabbler),
        (0, 8, Loyalty.dabbler),
        (7, 7, Loyalty.too_few),
        (0, 0, Loyalty.too_few),
    ],
)
def test_loyalty_has_its_thresholds_on_both_sides(ours: int, known: int, held: Loyalty) -> None:
    assert LoyaltyRule().class_of(ours, known) is held


def test_months_are_counted_back_from_the_last_complete_one() -> None:
    volume = pd.DataFrame(
        {"practice": ["a", "a", "a", "b"], "month_id": [100, 100, 98, 101], "referrals": [2, 3, 1, 9]}
    )
    assert by_month_back(volume, 100) == {"a": {1: 5, 3: 1}}


def test_trend_is_blank_where_there_are_no_data_and_0_where_there_are_no_referrals() -> None:
    assert trend_of({1: 5, 3: 1}, reach=4) == (None,) * 8 + (0, 1, 0, 5)
