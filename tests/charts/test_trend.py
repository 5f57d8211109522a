"""A figure by month: from zero, the open month dotted, hidden months as gaps, events in lanes below the line."""

import pandas as pd
import pytest

from liaison.charts.tokens import DARK, LIGHT
from liaison.charts.trend import Event, trend, trend_rows

MARCH = 2026 * 12 + 2
COUNTS = pd.DataFrame({"month": [24300, 24301, 24302], "value": [10, 0, 4], "complete": [True, True, False]})
EVENTS = (
    Event(24300.4, "Touches", "12 Jan 2025: in person"),
    Event(24302.1, "People", "+ Dr Elm", named=True, strong=False),
)


@pytest.fixture
def shares() -> pd.DataFrame:
    return pd.DataFrame(
        {"month": [MARCH, MARCH + 1, MARCH + 2], "value": [0.2, 0.31, 0.05], "complete": [True, True, False]}
    )


def test_the_month_that_is_not_over_is_dotted_from_the_last_complete_one() -> None:
    rows = trend_rows(COUNTS, LIGHT)
    tail = rows[rows["part"] == "tail"]
    assert sorted(tail["x"]) == [24301, 24302]
    assert tail.loc[tail["x"] == 24302, "says"].iloc[0] == "Mar 2025: 4 referrals, not over yet"
    line = rows[rows["part"] == "line"]
    assert line["value"].tolist() == [10.0, 0.0]
    assert line["label"].tolist() == ["", "0"]


def test_a_share_is_said_in_per_cent(shares: pd.DataFrame) -> None:
    rows = trend_rows(shares, LIGHT, unit="share")
    assert [label for label in rows["label"] if label] == ["31%"]
    assert rows[rows["part"] == "tail"]["says"].iloc[0] == "May 2026: 5.0%, not over yet"
    assert (
        "format(datum.value, '.0%')"
        in trend(shares, LIGHT, unit="share").spec()["layer"][0]["encoding"]["y"]["axis"]["labelExpr"]
    )


def test_a_hidden_month_is_a_gap_with_words_and_does_not_stretch_the_axis(shares: pd.DataFrame) -> None:
    secret = shares.assign(value=[0.2, 0.93, 0.05], suppressed=[False, True, False])
    picture = trend(secret, LIGHT, unit="share")
    april = picture.rows[picture.rows["x"] == MARCH + 1]
    assert april["part"].tolist() == ["line", "hidden"]
    assert "fewer than 11" in april["says"].iloc[1]
    assert "0.93" not in picture.rows.to_csv()
    assert picture.spec()["layer"][0]["encoding"]["y"]["scale"]["domain"] == [0, pytest.approx(0.216)]


def test_an_interval_is_drawn_and_said(shares: pd.DataFrame) -> None:
    wide = shares.assign(low=[0.1, 0.2, float("nan")], high=[0.3, 0.4, float("nan")])
    picture = trend(wide, LIGHT, unit="share")
    assert picture.rows.iloc[0]["says"] == "Mar 2026: 20%, between 10% and 30%"
    assert picture.spec()["layer"][0]["mark"]["type"] == "area"
    assert picture.spec()["layer"][1]["encoding"]["y"]["scale"]["domain"][1] == pytest.approx(0.432)
    assert all(layer["mark"]["type"] != "area" for layer in trend(shares, LIGHT, unit="share").spec()["layer"])


def test_events_stand_in_lanes_below_zero_and_keep_their_words() -> None:
    rows = trend_rows(COUNTS, LIGHT, events=EVENTS)
    touch, person = (rows[rows["part"] == part].iloc[0] for part in ("tick", "faint"))
    assert person["value"] < touch["value"] < 0
    assert (touch["label"], touch["says"]) == ("", "12 Jan 2025: in person")
    assert (person["label"], person["left"]) == ("+ Dr Elm", True)


def test_the_axis_names_the_lanes_below_zero() -> None:
    y = trend(COUNTS, LIGHT, events=EVENTS).spec()["layer"][0]["encoding"]["y"]
    marks = y["axis"]["values"]
    assert [m for m in marks if m >= 0] == [0, 5, 10]
    assert len([m for m in marks if m < 0]) == 2
    assert '"0": "Touches", "1": "People"' in y["axis"]["labelExpr"]
    assert y["scale"]["domain"][0] < min(marks)


def test_without_events_the_axis_starts_at_zero() -> None:
    assert trend(COUNTS, DARK).spec()["layer"][0]["encoding"]["y"]["scale"]["domain"] == [0, pytest.approx(10.8)]


def test_what_is_lost_is_orange_and_what_is_ours_blue() -> None:
    assert set(trend_rows(COUNTS.assign(role="out"), LIGHT)["ink"]) == {LIGHT.out}
    assert set(trend_rows(COUNTS, LIGHT)["ink"]) == {LIGHT.us}


def test_no_months_draw_an_empty_picture() -> None:
    picture = trend(COUNTS.iloc[0:0], LIGHT)
    assert picture.rows.empty
    assert picture.arrow()
