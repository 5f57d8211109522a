"""Pictures of the effect: by months since the visit, by month, money, and lifts beside each other."""

import pandas as pd

from liaison.charts.effect_by_time import VISIT, effect_by_time, step_rows
from liaison.charts.effect_months import effect_months, month_rows
from liaison.charts.lift_intervals import lift_intervals, lift_rows
from liaison.charts.money_bars import money_bars, money_rows
from liaison.charts.tokens import DARK, LIGHT, mix
from liaison.charts.words import signed_percent, signed_whole

OCTOBER = 2026 * 12 + 9


def steps() -> pd.DataFrame:
    rows = [
        ("before", "before", 0.03, -0.02, 0.08, 220),
        ("1 to 2", "covered", 0.05, -0.05, 0.15, 200),
        ("1 to 2", "apart", 0.20, None, None, 20),
    ]
    return pd.DataFrame(rows, columns=["label", "part", "value", "low", "high", "practices"])


def test_what_is_modelled_says_so_and_has_no_interval() -> None:
    before, covered, apart = step_rows(steps(), LIGHT).to_dict("records")
    assert covered["says"] == "+5%, between \u22125% and +15%, 200 practices"
    assert apart["says"] == "+20%, modelled, no peers of that size, 20 practices"
    assert apart["text"] == ""
    assert before["fill"] == mix(LIGHT.unknown, LIGHT.ground, 0.5)


def test_the_half_year_before_stands_left_of_the_visit_and_zero_is_on_the_axis() -> None:
    spec = effect_by_time(steps(), DARK).spec()
    assert spec["layer"][0]["encoding"]["x"]["scale"]["domain"] == ["before", VISIT, "1 to 2"]
    low, high = spec["layer"][0]["encoding"]["y"]["scale"]["domain"]
    assert low < -0.05
    assert high > 0.2
    assert any(layer["mark"].get("strokeDash") for layer in spec["layer"])
    without = effect_by_time(steps().head(2), DARK).spec()
    assert not any(layer["mark"].get("strokeDash") for layer in without["layer"])


def test_a_month_says_what_came_and_what_was_expected() -> None:
    frame = pd.DataFrame(
        {"month": [OCTOBER - 1, OCTOBER], "value": [-3.0, 36.0], "low": [-9.0, 21.0], "high": [3.0, 51.0],
         "observed": [97.0, 1236.0], "expected": [100.0, 1200.0]}
    )  # fmt: skip
    rows = month_rows(frame)
    assert rows["label"].tolist() == ["", "+36 (+21 to +51)"]
    assert rows["says"].iloc[1] == ("Oct 2026: +36, between +21 and +51; 1,236 came, 1,200 expected without visits")
    low, high = effect_months(frame, LIGHT).spec()["layer"][0]["encoding"]["y"]["scale"]["domain"]
    assert low < -9
    assert high > 51


def test_a_known_cost_has_no_interval_and_bars_start_at_zero() -> None:
    rows = [("Margin", 80.0, -20.0, 180.0, "$80"), ("Cost", 50.0, None, None, "$50")]
    frame = pd.DataFrame(rows, columns=["label", "value", "low", "high", "says"])
    margin, cost = money_rows(frame, LIGHT).to_dict("records")
    assert (margin["end"], cost["end"]) == (180.0, 50.0)
    assert pd.isna(cost["low"])
    assert money_bars(frame, LIGHT).spec()["layer"][0]["encoding"]["x"]["scale"]["domain"] == [-20.0, 180.0]


def test_a_part_says_what_it_would_be_alone_and_a_few_practices_say_that_they_are_few() -> None:
    columns = ["label", "value", "low", "high", "alone", "count", "role"]
    frame = pd.DataFrame(
        [("Ann", 0.11, 0.02, 0.2, 0.25, 37, "us"), ("Bo", None, None, None, None, 12, "us")], columns=columns
    )
    ann, bo = lift_rows(frame, LIGHT).to_dict("records")
    assert ann["says"] == "+11%, between +2% and +20%, 37 practices; by itself +25%"
    assert bo["label"] == "too few \u00b7 12 practices"
    low, high = lift_intervals(frame, LIGHT).spec()["layer"][0]["encoding"]["x"]["scale"]["domain"]
    assert low < 0
    assert high > 0.25


def test_signs_of_lifts_and_counts_are_true() -> None:
    assert [signed_percent(v) for v in (0.104, -0.05, 0.004)] == ["+10%", "\u22125%", "0%"]
    assert [signed_whole(v) for v in (3430.3, -391.2, 0.4)] == ["+3,430", "\u2212391", "0"]
