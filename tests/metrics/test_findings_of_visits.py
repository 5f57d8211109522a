"""Sentences of Next visits and How good is this: none claims what its interval does not carry."""

from dataclasses import replace

import pytest

from liaison.metrics.findings.how_good import (
    Amount,
    fairness_finding,
    forecast_finding,
    how_good_headline,
    lot_finding,
    thirds_finding,
)
from liaison.metrics.findings.next_visits import Expected, next_visits_headline

TEN = Expected(10, "60", "20", "100", "referrals", shown=True, told=True)
HIGH, LOW = Amount("highest third", 140, 4.0, 2.0, 6.0), Amount("lowest third", 140, 0.5, -0.5, 1.5)


def test_a_measured_effect_is_said_with_its_interval() -> None:
    said = next_visits_headline(TEN, ["Table Rock", "Laurel Fork"])
    assert said == (
        "See Table Rock and Laurel Fork first: ten visits should bring about 60 more referrals, between 20 and 100"
    )


def test_an_interval_over_zero_is_said_before_any_gain() -> None:
    said = next_visits_headline(replace(TEN, shown=False, between="between \u22123% and 9%"), ["Table Rock"])
    assert said.startswith("These data do not show an effect of visits: between \u22123% and 9%.")


def test_without_visits_the_gain_is_a_belief() -> None:
    said = next_visits_headline(replace(TEN, shown=False, told=False), ["Table Rock"])
    assert "if visits do what is usually believed" in said
    assert "should" not in said


def test_one_visit_and_none() -> None:
    assert "one visit should bring" in next_visits_headline(replace(TEN, many=1), [])
    assert next_visits_headline(replace(TEN, many=0), []) == "Nobody is left to be seen under these filters"


def test_thirds_are_ordered_only_where_their_intervals_do_not_meet() -> None:
    assert thirds_finding([HIGH, LOW]).startswith("More came after visits high on the list: +4.0, against +0.5")
    assert "overlap" in thirds_finding([replace(HIGH, low=1.4), LOW])
    assert thirds_finding([LOW, HIGH]).startswith("Less came after visits high on the list")
    assert thirds_finding([HIGH, Amount("lowest third", 1, None, None, None)]).startswith("Too few visits")
    assert thirds_finding([]).startswith("Too few visits")


@pytest.mark.parametrize(
    ("slope", "lot", "said"),
    [
        (1.02, None, "Its forecasts hold, but what visits cause is not proved: 12 of 50 visits by lot are drawn"),
        (None, None, "Its forecasts cannot be checked yet, and what visits cause is not proved: 12 of 50"),
        (0.86, None, "Its forecasts come near, but what visits cause is not proved"),
        (0.7, HIGH, "Its forecasts are off, and visits by lot show that visits bring referrals"),
        (1.0, LOW, "Its forecasts hold; visits by lot do not show an effect so far"),
    ],
)
def test_the_sceptic_gets_both_answers(slope: float | None, lot: Amount | None, said: str) -> None:
    assert how_good_headline(slope, lot, 12, 50).startswith(said)


def test_a_slope_away_from_one_says_which_way_forecasts_were_off() -> None:
    assert "slope 0.98" in forecast_finding(0.98, "Apr 2026")
    assert "too far apart" in forecast_finding(0.6, "Apr 2026")
    assert "too close together" in forecast_finding(1.4, "Apr 2026")


def test_visits_by_lot_are_counted_until_there_are_enough() -> None:
    assert lot_finding(None, 12, 50).startswith("38 more visits by lot")
    assert lot_finding(HIGH, 60, 50).startswith("Visits by lot brought more referrals: +4.0 a visit")
    assert lot_finding(LOW, 60, 50).startswith("Visits by lot do not show an effect")


def test_who_is_seen_less_than_needed_is_named() -> None:
    shares = [("rural practices", 0.10, 0.25), ("small practices", 0.30, 0.30)]
    assert fairness_finding(shares) == "Rural practices get 40% of the visits that their share of need would give them"
    assert fairness_finding(shares[1:]).endswith("about their share of visits")
    assert fairness_finding([]).startswith("Nothing is known")
