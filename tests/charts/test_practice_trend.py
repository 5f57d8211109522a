"""One practice by month: the open month dotted, events below the line with their words."""

import pandas as pd

from liaison.charts.practice_trend import Event, practice_trend, practice_trend_rows
from liaison.charts.tokens import LIGHT

MONTHS = pd.DataFrame({"month": [24300, 24301, 24302], "referrals": [10, 0, 4], "complete": [True, True, False]})
EVENTS = (
    Event(24300.4, "Touches", "12 Jan 2025: in person"),
    Event(24302.1, "People", "+ Dr Elm", named=True, strong=False),
)


def test_the_month_that_is_not_over_is_dotted_from_the_last_complete_one() -> None:
    rows = practice_trend_rows(MONTHS, LIGHT)
    tail = rows[rows["part"] == "tail"]
    assert sorted(tail["x"]) == [24301, 24302]
    assert "not over yet" in tail.loc[tail["x"] == 24302, "says"].iloc[0]
    line = rows[rows["part"] == "line"]
    assert line["value"].tolist() == [10.0, 0.0]
    assert line["label"].tolist() == ["", "0"]


def test_events_stand_in_lanes_below_zero_and_keep_their_words() -> None:
    rows = practice_trend_rows(MONTHS, LIGHT, EVENTS)
    touch, person = (rows[rows["part"] == part].iloc[0] for part in ("tick", "faint"))
    assert person["value"] < touch["value"] < 0
    assert (touch["label"], touch["says"]) == ("", "12 Jan 2025: in person")
    assert (person["label"], person["left"]) == ("+ Dr Elm", True)


def test_the_axis_starts_at_zero_and_names_the_lanes() -> None:
    spec = practice_trend(MONTHS, LIGHT, events=EVENTS).spec()
    y = spec["layer"][0]["encoding"]["y"]
    marks = y["axis"]["values"]
    assert [m for m in marks if m >= 0][:2] == [0, 5]
    assert len([m for m in marks if m < 0]) == 2
    assert '"0": "Touches", "1": "People"' in y["axis"]["labelExpr"]
    assert y["scale"]["domain"][0] < min(marks)


def test_a_practice_without_referrals_draws_an_empty_picture() -> None:
    picture = practice_trend(MONTHS.iloc[0:0], LIGHT)
    assert picture.rows.empty
    assert picture.arrow()
