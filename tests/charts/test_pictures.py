"""Destinations, causes, funnel and feeds: what each draws from a few rows."""

import pandas as pd
import pyarrow as pa
import pytest

from liaison.charts.cause_bars import cause_bars, cause_rows
from liaison.charts.feeds import feed_rows, feeds_by_month
from liaison.charts.flows import flows, flows_rows
from liaison.charts.stage_bars import stage_bars
from liaison.charts.tokens import DARK, LIGHT, Tokens, mix
from liaison.charts.trend import trend

MARCH = 2026 * 12 + 2


@pytest.fixture
def months() -> pd.DataFrame:
    return pd.DataFrame(
        {"month": [MARCH, MARCH + 1, MARCH + 2], "value": [0.2, 0.31, 0.05], "complete": [True, True, False]}
    )


@pytest.fixture
def destinations() -> pd.DataFrame:
    rows = [
        ("(none)", "(none)", 40, 0.4, False, "out"),
        ("north", "Northgate", 30, 0.3, False, "out"),
        ("ours", "Ours", 20, 0.2, False, "us"),
        ("tiny", "Tiny", 6, 0.06, False, "out"),
        ("secret", "Secret", None, None, True, "out"),
    ]
    columns = ["key", "label", "numerator", "value", "suppressed", "role"]
    return pd.DataFrame(rows, columns=columns).assign(denominator=100)


@pytest.fixture
def stages() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "stage": ["Created", "Scheduled", "Seen"],
            "reached": [1000, 610, 348],
            "open": [90, 120, 348],
            "share": [1.0, 0.61, 0.348],
            "median_days": [12, 21, None],
            "p90_days": [30, 64, None],
        }
    )


@pytest.fixture
def exits() -> pd.DataFrame:
    return pd.DataFrame(
        {"exit": ["No show", "Out of network"], "count": [50, 200], "share": [0.05, 0.2], "role": ["unknown", "out"]}
    )


def test_destinations_are_ranked_and_the_unnamed_come_after(destinations: pd.DataFrame) -> None:
    rows = flows_rows(destinations, LIGHT)
    assert rows["name"].tolist() == ["Northgate", "Ours", "Tiny", "Not named", "Secret"]
    assert rows["fill"].tolist()[:2] == [LIGHT.out, LIGHT.us]
    assert rows.set_index("name").loc["Not named", "fill"] == LIGHT.unknown
    assert rows["label"].tolist()[:3] == ["30 \u00b7 30%", "20 \u00b7 20%", "6 \u00b7 6.0%"]
    assert rows.set_index("name").loc["Tiny", "fill"] == mix(LIGHT.out, LIGHT.ground, 0.6)


def test_a_hidden_bar_has_no_length_and_says_why(destinations: pd.DataFrame) -> None:
    destinations.loc[4, ["numerator", "value"]] = [7, 0.07]
    secret = flows_rows(destinations, LIGHT).iloc[-1]
    assert (secret["size"], secret["label"], secret["says"]) == (0.0, "< 11", "fewer than 11")


def test_causes_without_a_record_are_named_not_dropped(destinations: pd.DataFrame) -> None:
    assert "Not recorded" in cause_rows(destinations, LIGHT)["name"].tolist()


def test_a_month_without_rows_is_a_gap_in_its_feed() -> None:
    feeds = pd.DataFrame(
        [("a", "Epic", MARCH, 900, 0.85, True), ("a", "Epic", MARCH + 2, 300, 0.8, False)],
        columns=["key", "label", "month", "rows", "coverage", "complete"],
    )
    rows = feed_rows(feeds, LIGHT)
    assert rows["state"].tolist() == ["full", "gap", "open"]
    assert rows["says"].tolist() == [
        "Mar 2026: 900 rows, destination known for 85%",
        "Apr 2026: nothing",
        "May 2026: 300 rows, destination known for 80%, not over yet",
    ]


@pytest.mark.parametrize("t", [LIGHT, DARK])
def test_every_picture_travels_as_arrow_and_as_a_whole(
    t: Tokens, months: pd.DataFrame, destinations: pd.DataFrame, stages: pd.DataFrame, exits: pd.DataFrame
) -> None:
    feeds = pd.DataFrame(
        {"key": ["a"], "label": ["A"], "month": [MARCH], "rows": [5], "coverage": [None], "complete": [True]}
    )
    pictures = [
        trend(months, t),
        flows(destinations, t),
        cause_bars(destinations, t),
        stage_bars(stages, exits, t),
        feeds_by_month(feeds, t),
    ]
    for picture in pictures:
        table = pa.ipc.open_stream(picture.arrow()).read_all()
        assert table.num_rows == len(picture.rows) > 0
        assert picture.spec()["config"]["legend"] == {"disable": True}
        assert "datasets" not in picture.spec()
        assert len(picture.whole()["datasets"]["rows"]) == len(picture.rows)


def test_no_rows_are_a_picture_too() -> None:
    feeds = pd.DataFrame(columns=["key", "label", "month", "rows", "coverage", "complete"])
    assert feeds_by_month(feeds, LIGHT).rows.empty
    assert pa.ipc.open_stream(feeds_by_month(feeds, LIGHT).arrow()).read_all().num_rows == 0
