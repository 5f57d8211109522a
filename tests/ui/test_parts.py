"""Parts of a page: words are escaped, picks are read safely, hidden figures stay words."""

import re
import tomllib
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from liaison.charts.tokens import DARK, LIGHT
from liaison.ui.charts import picked
from liaison.ui.entries import listed
from liaison.ui.parts import strong
from liaison.ui.style import CSS, SHEETS, variables
from liaison.ui.tables import Col, height, picked_row, presented

ROOT = Path(__file__).parents[2]


def test_words_are_escaped_and_pairs_of_stars_are_strong() -> None:
    assert strong("**Elm** <b>lost</b> 5") == "<strong>Elm</strong> &lt;b&gt;lost&lt;/b&gt; 5"
    assert strong("2 ** 3") == "2 ** 3"


@pytest.mark.parametrize(
    ("event", "found"),
    [
        ({"selection": {"cell": [{"row_key": "elm", "line_key": "neuro"}]}}, {"row_key": "elm", "line_key": "neuro"}),
        ({"selection": {"cell": {"row_key": ["elm"], "line_key": ["neuro"]}}}, {"row_key": "elm", "line_key": "neuro"}),
        ({"selection": {"cell": []}}, None),
        ({"selection": {"cell": {}}}, None),
        ({"selection": {}}, None),
        ({}, None),
        (None, None),
    ],
)
def test_a_pick_is_read_from_whatever_the_browser_sends(event: object, found: object) -> None:
    assert picked(event, "cell") == found


def test_a_picked_row_that_the_new_table_lacks_is_no_pick() -> None:
    assert picked_row({"selection": {"rows": [2]}}, 3) == 2
    assert picked_row({"selection": {"rows": [2]}}, 2) is None
    assert picked_row({"selection": {"rows": []}}, 2) is None
    assert picked_row(None, 2) is None


def test_a_table_sends_only_its_columns_and_shares_as_per_cent() -> None:
    frame = pd.DataFrame({"name": ["Elm"], "lost": [12], "rate": [0.25], "secret": ["x"]})
    shown = presented(frame, {"name": Col("Practice", 200), "rate": Col("Leakage", 96, "share")})
    assert shown.to_dict("list") == {"name": ["Elm"], "rate": [25.0]}


def test_a_hidden_row_shows_words_in_place_of_its_figures() -> None:
    frame = pd.DataFrame({"lost": [1200, 7], "rate": [0.25, 0.5], "suppressed": [False, True]})
    shown = presented(frame, {"lost": Col("Lost", 64, "count"), "rate": Col("Leakage", 96, "share")})
    assert shown.to_dict("list") == {"lost": ["1,200", "< 11"], "rate": ["25%", "< 11"]}


def test_a_table_is_as_high_as_its_rows_up_to_a_limit() -> None:
    assert [height(3), height(0), height(50, 8)] == [34 * 4 + 4, 34 * 2 + 4, 34 * 9 + 4]


def test_the_stylesheet_stays_small_and_selects_only_what_is_ours() -> None:
    assert len(CSS.splitlines()) <= 60
    assert {name for name, sheet in SHEETS.items() if len(sheet.splitlines()) > 30} == set()
    ours = re.compile(
        r"^(\.lz-|\.st-key-|:root$|input$|textarea$|@media|@page|\[data-testid=\"(stMainBlockContainer|stHeader)\"\])"
    )
    for sheet in (CSS, *SHEETS.values()):
        assert [s for s in selectors(sheet) if not ours.match(s)] == []


def test_a_pages_own_sheet_leaves_the_parts_of_every_page_alone() -> None:
    shared = {root(s) for s in selectors(CSS)}
    for sheet in SHEETS.values():
        assert {root(s) for s in selectors(sheet) if not s.startswith("@")} & shared == set()


def selectors(sheet: str) -> list[str]:
    rules = re.sub(r"/\*.*?\*/", "", sheet, flags=re.S)
    found = (part.strip() for group in re.findall(r"([^{}]+)\{", rules) for part in group.split(","))
    return [s for s in found if s]


def root(selector: str) -> str:
    """`.lz-box` of `.lz-box .q`."""
    return re.split(r"[ .:>]", selector.lstrip("."))[0]


def test_every_colour_variable_of_the_stylesheets_is_given_in_both_themes() -> None:
    used = set(re.findall(r"var\(--lz-([a-z]+)\)", CSS + "".join(SHEETS.values())))
    for t in (LIGHT, DARK):
        assert used <= set(re.findall(r"--lz-([a-z]+):", variables(t, "760px")))


def test_every_sheet_is_of_a_page_that_is_there() -> None:
    assert {name for entry in listed().values() for name in entry.sheets} == set(SHEETS)


def test_the_theme_file_and_the_tokens_agree() -> None:
    theme = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
    for t in (LIGHT, DARK):
        side = theme[t.name]
        given = [
            side[k] for k in ("backgroundColor", "secondaryBackgroundColor", "textColor", "blueColor", "orangeColor")
        ]
        assert given == [t.ground, t.raised, t.text, t.us, t.out]
        assert (side["grayColor"], side["redColor"], side["orangeTextColor"]) == (t.unknown, t.alarm, t.out_words)
        assert tuple(side["chartSequentialColors"]) == t.leakage


def test_nothing_in_the_settings_sends_or_fetches_anything() -> None:
    text = (ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    config = tomllib.loads(text)
    assert "http" not in text
    assert config["browser"]["gatherUsageStats"] is False
    assert config["server"]["address"] == "127.0.0.1"
    assert config["client"]["showErrorDetails"] == "none"
    assert config["runner"]["postScriptGC"] is False


def states_page() -> None:
    import streamlit as st

    from liaison.errors import LiaisonError, Where
    from liaison.ui import states, tiles

    tiles.tiles([tiles.Tile("Leakage", "27%", "out", "3.1 points", "up", "since Mar 2026", [20, 27])])
    problem: LiaisonError | None = LiaisonError("a.csv has no column <b>x</b>.", Where("a.csv", 1, "x"), "Map it.")
    with states.told():
        if problem:
            raise problem
    if states.no_data("No referrals yet", "An export fills this page.", "Import a file", key="bring"):
        st.text("brought")


def test_an_error_says_what_where_and_what_to_do_and_the_page_goes_on() -> None:
    page = AppTest.from_function(states_page).run()
    assert not page.exception
    said = " ".join(html.proto.body for html in page.get("html"))
    assert "a.csv has no column &lt;b&gt;x&lt;/b&gt;." in said
    assert "a.csv, row 1, column x" in said
    assert "Map it." in said


def test_a_tile_is_a_native_metric_with_its_change_in_words() -> None:
    (metric,) = AppTest.from_function(states_page).run().metric
    assert (metric.label, metric.value, metric.delta) == ("Leakage", "27%", "3.1 points")


def test_an_empty_page_offers_the_one_button_that_fills_it() -> None:
    page = AppTest.from_function(states_page).run()
    page.button(key="bring").click().run()
    assert [text.value for text in page.text] == ["brought"]


def test_a_bug_is_not_dressed_up_as_an_error_of_the_user() -> None:
    def broken() -> None:
        from liaison.ui import states

        with states.told():
            raise KeyError("bug")

    assert AppTest.from_function(broken).run().exception
