"""The pictures of one organisation: what it takes, from how far."""

import pandas as pd

from liaison.charts.distance_bars import distance_bars, distance_rows
from liaison.charts.leakage_heatmap import ALL
from liaison.charts.taken_heatmap import taken_heatmap, taken_heatmap_rows
from liaison.charts.tokens import DARK, LIGHT, SMALL, mix

CELLS = pd.DataFrame(
    [
        ("elm", "Elm St", "cardio", "Cardiology", 30, 100, 5, 0.3),
        ("oak", "Oak Ave", "cardio", "Cardiology", 2, 8, 0, 0.25),
        ("elm", "Elm St", ALL, "All", 30, 100, 5, 0.3),
        ("oak", "Oak Ave", ALL, "All", 2, 8, 0, 0.25),
        (ALL, "All", "cardio", "Cardiology", 32, 108, 5, 0.2963),
        (ALL, "All", ALL, "All", 32, 108, 5, 0.2963),
    ],
    columns=["row_key", "row", "line_key", "line", "numerator", "denominator", "unknown", "value"],
)


def cell(rows: pd.DataFrame, row: str, line: str) -> pd.Series:
    return rows[(rows["row_key"] == row) & (rows["line_key"] == line)].iloc[0]


def test_cells_say_where_the_referrals_went() -> None:
    rows = taken_heatmap_rows(CELLS, LIGHT, name="Summit", ours=False)
    assert cell(rows, "elm", "cardio")["says"] == "30 of 100 went to Summit, 30%"
    assert cell(rows, ALL, ALL)["says"] == "32 of 108 went to Summit, 30%"


def test_the_darkest_step_is_the_largest_share_of_enough_referrals() -> None:
    others = taken_heatmap_rows(CELLS, LIGHT, name="Summit", ours=False)
    ours = taken_heatmap_rows(CELLS, DARK, name="Mercy", ours=True)
    assert cell(others, "elm", "cardio")["fill"] == LIGHT.leakage[-1]
    assert cell(ours, "elm", "cardio")["fill"] == DARK.volume[-1]
    assert cell(others, "oak", "cardio")["fill"] == mix(LIGHT.leakage[8], LIGHT.ground, SMALL)


def test_a_picked_cell_is_ringed_from_the_start() -> None:
    drawn = str(taken_heatmap(CELLS, LIGHT, name="Summit", ours=False, first=("elm", "cardio")).spec())
    assert "'row_key': 'elm', 'line_key': 'cardio'" in drawn


BANDS = pd.DataFrame(
    [
        ("under 10", "to Summit", "out", 60),
        ("under 10", "to us", "us", 30),
        ("10 to 25", "to Summit", "out", 5),
        ("10 to 25", "to us", "us", 70),
        ("not known", "to Summit", "out", 35),
        ("not known", "to us", "us", 0),
    ],
    columns=["band", "series", "role", "referrals"],
)


def test_bars_are_shares_of_their_own_series_and_the_first_says_whose_it_is() -> None:
    rows = distance_rows(BANDS, LIGHT)
    assert rows["label"].tolist() == [
        "60% · 60 to Summit",
        "30% · 30 to us",
        "5.0% · 5",
        "70% · 70",
        "35% · 35",
        "0% · 0",
    ]
    assert rows["says"].iloc[0] == "60 of 100 to Summit, 60%"


def test_what_is_not_known_is_grey_and_a_few_are_pale() -> None:
    fills = distance_rows(BANDS, LIGHT)["fill"].tolist()
    assert (fills[0], fills[1], fills[4]) == (LIGHT.out, LIGHT.us, LIGHT.unknown)
    assert fills[2] == mix(LIGHT.out, LIGHT.ground, SMALL)


def test_bands_stand_from_near_to_far() -> None:
    drawn = distance_bars(BANDS, LIGHT).spec()
    assert drawn["layer"][0]["encoding"]["y"]["scale"]["domain"] == ["under 10", "10 to 25", "not known"]
    assert drawn["layer"][0]["encoding"]["x"]["scale"]["domain"] == [0, 0.7]
