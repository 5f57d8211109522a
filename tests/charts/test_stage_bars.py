"""The funnel's bars and the shares with intervals: what each draws from a few rows."""

import pandas as pd
import pyarrow as pa
import pytest

from liaison.charts.share_intervals import interval_rows, share_intervals
from liaison.charts.stage_bars import stage_bars, stage_rows
from liaison.charts.tokens import DARK, LIGHT, Tokens, mix


@pytest.fixture
def stages() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "stage": ["Created", "Scheduled", "Seen"],
            "key": ["created", "scheduled", "seen"],
            "reached": [1000, 610, 348],
            "open": [90, 120, 348],
            "share": [1.0, 0.61, 0.348],
            "median_days": [12, 21, None],
            "p90_days": [30, 64, None],
        }
    )


@pytest.fixture
def exits() -> pd.DataFrame:
    rows = [
        ("Cancelled", "Scheduled", 42, 0.042, "unknown"),
        ("No show", "Scheduled", 100, 0.1, "unknown"),
        ("Out of network", "Created", 300, 0.3, "out"),
    ]
    return pd.DataFrame(rows, columns=["exit", "stage", "count", "share", "role"])


def of(rows: pd.DataFrame, name: str, part: str) -> pd.DataFrame:
    return rows[(rows["name"] == name) & (rows["part"] == part)]


def test_the_dark_part_of_a_bar_is_as_long_as_the_bar_below_it(stages: pd.DataFrame, exits: pd.DataFrame) -> None:
    rows = stage_rows(stages, exits, LIGHT)
    assert of(rows, "Created", "went")["end"].tolist() == [610]
    assert of(rows, "Created", "open")[["start", "end"]].values.tolist() == [[610, 700]]
    assert of(rows, "Scheduled", "went")["end"].tolist() == [348]
    assert of(rows, "Scheduled", "open")["end"].tolist() == [468]
    assert of(rows, "Scheduled", "open")["fill"].tolist() == [mix(LIGHT.us, LIGHT.ground, 0.6)]


def test_exits_branch_off_where_they_left_the_largest_first(stages: pd.DataFrame, exits: pd.DataFrame) -> None:
    rows = stage_rows(stages, exits, LIGHT)
    branches = of(rows, "Scheduled", "branch")
    assert branches[["start", "end"]].values.tolist() == [[468, 568], [568, 610]]
    assert branches["fill"].tolist() == [LIGHT.unknown] * 2
    assert of(rows, "Created", "branch")["fill"].tolist() == [LIGHT.out]
    labels = of(rows, "Scheduled", "words")["label"].tolist()
    assert labels == ["610 \u00b7 61%", "No show 100 \u00b7 10%", "Cancelled 42 \u00b7 4.2%"]


def test_the_days_stand_on_the_step_between_two_stages(stages: pd.DataFrame, exits: pd.DataFrame) -> None:
    rows = stage_rows(stages, exits, LIGHT)
    step, below = of(rows, "Scheduled", "step").iloc[0], of(rows, "Seen", "went").iloc[0]
    assert step["label"] == "\u2193 21 days at the median, one in ten over 64 days"
    assert of(rows, "Scheduled", "branch")["y2"].max() < step["y"] < below["y"]
    assert of(rows, "Seen", "step").empty


def test_a_hidden_stage_and_a_hidden_exit_have_no_length(stages: pd.DataFrame, exits: pd.DataFrame) -> None:
    apart = exits.drop(columns=["stage"]).assign(suppressed=[True, False, False])
    rows = stage_rows(stages.assign(suppressed=[False, False, True]), apart, LIGHT)
    assert of(rows, "Seen", "hidden")[["end", "label"]].values.tolist() == [[0.0, "< 11"]]
    assert of(rows, "Seen", "went").empty
    assert of(rows, "Cancelled", "hidden")["label"].tolist() == ["< 11"]
    assert of(rows, "Cancelled", "branch").empty


def test_a_click_gives_the_stage_and_one_may_be_ringed_from_the_start(
    stages: pd.DataFrame, exits: pd.DataFrame
) -> None:
    said = str(stage_bars(stages, exits, LIGHT, first="scheduled").spec()["params"])
    assert "'name': 'stage'" in said
    assert "'key': 'scheduled'" in said
    assert "'value'" not in str(stage_bars(stages, exits, LIGHT).spec()["params"])


@pytest.fixture
def shares() -> pd.DataFrame:
    rows = [
        ("a", "Elm St", 30, 60, 0.5, 0.377, 0.623),
        ("b", "Elm St", 4, 9, None, None, None),
        ("c", "Oak Ave", 0, 40, 0.0, 0.0, 0.088),
    ]
    return pd.DataFrame(rows, columns=["key", "label", "part", "whole", "value", "low", "high"])


def test_a_share_is_drawn_with_its_interval_and_its_n(shares: pd.DataFrame) -> None:
    row = interval_rows(shares, LIGHT).iloc[0]
    assert (row["low"], row["value"], row["high"]) == (0.377, 0.5, 0.623)
    assert (row["label"], row["says"]) == ("50% \u00b7 n 60", "30 of 60, between 38% and 62%")


def test_too_few_is_said_and_not_drawn(shares: pd.DataFrame) -> None:
    row = interval_rows(shares, LIGHT).iloc[1]
    assert (row["state"], row["label"], row["ink"]) == ("small", "too few \u00b7 4 of 9", LIGHT.quiet)
    assert pd.isna(row["value"])


def test_a_hidden_share_gives_no_number_away(shares: pd.DataFrame) -> None:
    row = interval_rows(shares.assign(suppressed=[True, False, False]), LIGHT).iloc[0]
    assert (row["state"], row["label"]) == ("hidden", "< 11")
    assert not {30, 60, 0.5} & set(row)


def test_two_rows_of_one_name_are_told_apart_and_the_limit_holds(shares: pd.DataFrame) -> None:
    assert interval_rows(shares, LIGHT)["name"].tolist() == ["Elm St (a)", "Elm St (b)", "Oak Ave"]
    assert len(interval_rows(shares, LIGHT, limit=2)) == 2


@pytest.mark.parametrize("t", [LIGHT, DARK])
def test_both_travel_as_arrow(t: Tokens, stages: pd.DataFrame, exits: pd.DataFrame, shares: pd.DataFrame) -> None:
    for picture in (stage_bars(stages, exits, t), share_intervals(shares, t), share_intervals(shares[1:2], t)):
        table = pa.ipc.open_stream(picture.arrow()).read_all()
        assert table.num_rows == len(picture.rows) > 0
        assert "datasets" not in picture.spec()
