"""Leakage heat map: what is drawn, in which order, and what never leaves the server."""

import json

import pandas as pd
import pytest

from liaison.charts.leakage_heatmap import ALL, UNKNOWN, Words, leakage_heatmap, leakage_heatmap_rows, worst_cells
from liaison.charts.tokens import DARK, LIGHT, mix

# Two groups, two lines. Elm loses 30 + 2 of 100 + 8, Oak 777 of 3000 and a hidden cell.
CELLS = """
elm elm_st cardio 30 100 20 0.30 no
elm elm_st neuro  2  8   1  0.25 no
oak oak_rd cardio 777 3000 500 0.259 no
oak oak_rd neuro  .  .   .  .    yes
elm elm_st (all)  32 108 21 0.2963 no
oak oak_rd (all)  781 3009 500 0.2596 no
(all) everyone cardio 807 3100 520 0.2603 no
(all) everyone neuro  6 17 1 0.3529 no
(all) everyone (all)  813 3117 521 0.2608 no
"""


@pytest.fixture
def cells() -> pd.DataFrame:
    parts = [line.split() for line in CELLS.strip().splitlines()]
    frame = pd.DataFrame(parts, columns=["row_key", "row", "line_key", "n", "d", "u", "v", "hidden"])
    counts = {
        name: pd.to_numeric(frame[short].replace(".", None))
        for name, short in [("numerator", "n"), ("denominator", "d"), ("unknown", "u"), ("value", "v")]
    }
    frame["line"] = frame["line_key"].map({"cardio": "Cardiology", "neuro": "Neurology", ALL: "All"})
    return frame.assign(**counts, suppressed=frame["hidden"] == "yes")


def cell(rows: pd.DataFrame, row: str, line: str) -> pd.Series:
    return rows[(rows["row_key"] == row) & (rows["line_key"] == line)].iloc[0]


def test_a_hidden_count_is_in_no_column_of_what_is_sent(cells: pd.DataFrame) -> None:
    cells.loc[cells["suppressed"], ["numerator", "denominator", "unknown", "value"]] = [4, 9, 3, 0.4444]
    hidden = cell(leakage_heatmap_rows(cells, LIGHT), "oak", "neuro")
    assert hidden["state"] == "hidden"
    assert hidden["label"] == "< 11"
    assert hidden["says"] == "fewer than 11"
    assert not any(sent in str(value) for value in hidden.drop(["fill", "ink"]) for sent in ("4 of 9", "44%", "0.44"))
    assert {"numerator", "denominator", "value"}.isdisjoint(leakage_heatmap_rows(cells, LIGHT).columns)


def test_rows_and_lines_stand_by_referrals_lost_and_totals_last(cells: pd.DataFrame) -> None:
    rows = leakage_heatmap_rows(cells, LIGHT)
    assert rows["row"].unique().tolist() == ["oak_rd", "elm_st", "everyone"]
    assert rows["line"].unique().tolist() == ["Cardiology", "Neurology", "Unknown", "All"]


def test_few_referrals_are_pale_and_say_their_n(cells: pd.DataFrame) -> None:
    small = cell(leakage_heatmap_rows(cells, LIGHT), "elm", "neuro")
    assert small["label"] == "25% \u00b7 n 8"
    assert small["fill"] == mix(LIGHT.leakage[3], "#FFFFFF", 0.6)  # 0.25 of 0.7 is the fourth step


def test_eleven_referrals_are_not_few(cells: pd.DataFrame) -> None:
    cells.loc[1, ["numerator", "denominator", "value"]] = [3, 11, 3 / 11]
    assert cell(leakage_heatmap_rows(cells, LIGHT), "elm", "neuro")["label"] == "27%"


def test_totals_are_words_without_a_fill(cells: pd.DataFrame) -> None:
    total = cell(leakage_heatmap_rows(cells, LIGHT), ALL, ALL)
    assert total["label"] == "26%"
    assert pd.isna(total["fill"])
    assert total["says"] == "813 of 3,117 went out of network, 26%"


def test_the_unknown_band_is_always_there_and_not_part_of_leakage(cells: pd.DataFrame) -> None:
    rows = leakage_heatmap_rows(cells, LIGHT)
    elm = cell(rows, "elm", UNKNOWN)
    assert elm["label"] == "16%"  # 21 of 21 + 108
    assert elm["says"] == "21 of 129 unknown"
    assert (rows["line_key"] == UNKNOWN).sum() == 3


def test_a_hidden_unknown_count_is_striped_too(cells: pd.DataFrame) -> None:
    cells.loc[4, "unknown"] = None
    assert cell(leakage_heatmap_rows(cells, LIGHT), "elm", UNKNOWN)["label"] == "< 11"


def test_a_line_that_a_practice_never_refers_to_says_so(cells: pd.DataFrame) -> None:
    never = cell(leakage_heatmap_rows(cells.drop(index=1), LIGHT), "elm", "neuro")
    assert never["label"] == "\u2013"
    assert "no referral" in never["says"]


def test_only_the_rows_that_lose_most_are_drawn_and_totals_stay_whole(cells: pd.DataFrame) -> None:
    rows = leakage_heatmap_rows(cells, LIGHT, limit=1)
    assert rows["row_key"].unique().tolist() == ["oak", ALL]
    assert cell(rows, ALL, ALL)["says"].startswith("813 of 3,117")


def test_the_specification_holds_no_rows_and_differs_by_theme(cells: pd.DataFrame) -> None:
    light, dark = (leakage_heatmap(cells, t, first=("elm", "cardio")) for t in (LIGHT, DARK))
    text = json.dumps(light.spec())
    assert '"name": "rows"' in text
    assert "777" not in text
    assert light.spec() != dark.spec()
    assert set(light.rows["fill"].dropna()) != set(dark.rows["fill"].dropna())


def test_a_click_gives_keys_and_one_cell_is_ringed_from_the_start(cells: pd.DataFrame) -> None:
    (param,) = leakage_heatmap(cells, LIGHT, first=("elm", "cardio")).spec()["params"]
    assert param["name"] == "cell"
    assert param["select"]["fields"] == ["row_key", "line_key"]
    assert param["value"] == [{"row_key": "elm", "line_key": "cardio"}]


def test_a_name_with_quotes_cannot_break_the_picture(cells: pd.DataFrame) -> None:
    cells["line"] = cells["line"].replace("Neurology", 'Women\'s "first" </script>')
    assert leakage_heatmap(cells, LIGHT).spec()["layer"]


def test_the_phone_list_holds_the_largest_losses_only(cells: pd.DataFrame) -> None:
    worst = worst_cells(cells, 2)
    assert worst["numerator"].tolist() == [777, 30]
    assert ALL not in set(worst["row_key"])
    assert worst_cells(cells, 9)["numerator"].tolist() == [777, 30, 2]


def test_columns_in_an_order_of_their_own_stay_in_it(cells: pd.DataFrame) -> None:
    months = cells.assign(line_key=cells["line_key"].replace({"neuro": "2026-01", "cardio": "2026-02"}))
    months = months.sort_values("line_key", key=lambda keys: keys.replace(ALL, "z"), kind="stable")
    rows = leakage_heatmap_rows(months, LIGHT, words=Words(ordered=True))
    assert rows["line_key"].unique().tolist() == ["2026-01", "2026-02", UNKNOWN, ALL]


def test_shares_are_drawn_against_the_largest_of_them(cells: pd.DataFrame) -> None:
    rows = leakage_heatmap_rows(cells, LIGHT, words=Words(went="went there", top=0.3))
    assert cell(rows, "elm", "cardio")["fill"] == LIGHT.leakage[-1]
    assert cell(rows, "elm", "cardio")["says"] == "30 of 100 went there, 30%"


def test_a_label_that_does_not_fit_is_shortened_and_said_in_the_tooltip(cells: pd.DataFrame) -> None:
    total = cells[cells["row_key"] == ALL]
    more = [
        total[total["line_key"] == "cardio"].assign(line_key=f"m{i}", line=f"Month {i}", numerator=1) for i in range(22)
    ]
    rows = leakage_heatmap_rows(pd.concat([cells, *more]), LIGHT)
    small = cell(rows, "elm", "neuro")
    assert (small["label"], small["state"]) == ("n 8", "small")
    assert small["says"] == "2 of 8 went out of network, 25%"


def test_a_view_names_its_sides_in_the_tooltip(cells: pd.DataFrame) -> None:
    text = json.dumps(leakage_heatmap(cells, LIGHT, words=Words("Service line", "Reason")).spec())
    assert '"title": "Reason"' in text
    assert '"title": "From"' not in text
