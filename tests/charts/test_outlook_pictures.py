"""Pictures of the ranking and the outlook: tenths, amounts with intervals, three months ahead."""

import json

import pandas as pd

from liaison.charts.amount_intervals import amount_intervals, amount_rows, signed
from liaison.charts.forecast_tenths import amount, forecast_tenths
from liaison.charts.months_ahead import ahead_rows, months_ahead
from liaison.charts.tokens import DARK, LIGHT

OCTOBER = 2026 * 12 + 9


def thirds() -> pd.DataFrame:
    rows = [("highest third", 140, "visits", 2.12, -0.5, 12.4), ("lowest third", 2, "visits", None, None, None)]
    return pd.DataFrame(rows, columns=["label", "count", "noun", "value", "low", "high"])


def test_an_amount_says_its_interval_and_a_few_visits_say_that_they_are_few() -> None:
    shown, few = amount_rows(thirds()).to_dict("records")
    assert shown["says"] == "+2.1, between \u22120.5 and +12, 140 visits"
    assert (few["state"], few["label"]) == ("small", "too few \u00b7 2 visits")


def test_signs_are_true_and_zero_has_none() -> None:
    assert [signed(v) for v in (0.04, -0.04, -3.26, 41.2)] == ["0.0", "0.0", "\u22123.3", "+41"]
    assert [amount(v) for v in (9.94, 9.96, -1.25)] == ["9.9", "10", "\u22121.2"]


def test_zero_is_on_the_axis_of_amounts_even_where_all_lie_above_it() -> None:
    frame = thirds().head(1).assign(low=1.0, value=2.0, high=3.0)
    x = amount_intervals(frame, LIGHT).spec()["layer"][1]["encoding"]["x"]
    low, high = x["scale"]["domain"]
    assert low < 0
    assert high > 3


def test_tenths_stand_in_the_order_of_the_forecasts_on_one_axis_from_zero() -> None:
    frame = pd.DataFrame({"forecast": [0.5, 2.0, 11.0], "came": [0.4, 2.5, 10.0], "practices": [40, 40, 39]})
    picture = forecast_tenths(frame, DARK)
    assert picture.rows["tenth"].tolist() == ["1", "2", "3"]
    assert picture.rows["says"].iloc[2] == "11 forecast, 10 came; 39 practices"
    domains = {tuple(layer["encoding"]["y"]["scale"]["domain"]) for layer in picture.spec()["layer"]}
    assert len(domains) == 1
    assert domains.pop()[0] == 0


def test_what_is_expected_says_its_interval_and_fits_under_the_axis() -> None:
    came = pd.DataFrame({"month": [OCTOBER - 1, OCTOBER], "referrals": [6, 4]})
    ends = {"low_80": [2], "high_80": [9], "low_95": [1], "high_95": [12]}
    ahead = pd.DataFrame({"month": [OCTOBER + 1], "referrals": [5.2], **ends})
    rows = ahead_rows(came, ahead)
    assert rows["says"].tolist() == [
        "Sep 2026: 6 referrals",
        "Oct 2026: 4 referrals",
        "Nov 2026: 5.2 expected, 2 to 9 in 80%",
    ]
    spec = json.dumps(months_ahead(came, ahead, LIGHT).spec())
    assert "90_0" not in spec
    assert f'"domain": [0, {12 * 1.05}]' in spec
