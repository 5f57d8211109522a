"""The Territories page in this process: what it says, lists and picks; sets, closer looks, states."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from liaison.access import owner
from liaison.config import Settings
from liaison.facts.home import Home
from liaison.facts.own_outlines import OwnOutlines, forget, store
from liaison.metrics.filters import Filters
from liaison.metrics.places import PlaceCounts, place_counts
from liaison.ui.territories.asked import look_again
from liaison.vocabulary import Audience
from tests.ui.conftest import said

PAGE = "pages/see/territories.py"
Open = Callable[..., AppTest]


@pytest.fixture
def page(app: Open) -> Open:
    def opened(**params: str) -> AppTest:
        test = app(PAGE)
        for name, value in params.items():
            test.query_params[name] = value
        return test.run()

    return opened


def go(test: AppTest, **params: str) -> AppTest:
    """The same session at the page's bare address with these parameters."""
    for name in list(test.query_params):
        del test.query_params[name]
    for name, value in params.items():
        test.query_params[name] = value
    return test.run()


@pytest.fixture(scope="module")
def counted(small_market: Path) -> Iterator[PlaceCounts]:
    home = Home.open(Settings(home=small_market))
    yield place_counts(home.live(), owner(), Audience.inside, Filters(first="2025-11"))
    home.close()


def deck(test: AppTest) -> dict[str, dict[str, Any]]:
    (shown,) = test.get("deck_gl_json_chart")
    return {layer["id"]: layer for layer in json.loads(shown.proto.json)["layers"]}


def table(test: AppTest) -> Any:
    return test.dataframe[0].value


def test_table_and_map_show_what_the_command_counts(page: Open, counted: PlaceCounts) -> None:
    test = page()
    assert not test.exception
    assert "<h1>Territories</h1>" in said(test)
    rows = counted.by("county").rows
    assert table(test)["label"].tolist() == [row.label for row in rows]
    assert table(test)["numerator"].tolist() == [row.figure.numerator for row in rows]
    assert [f["key"] for f in deck(test)["areas"]["data"]["features"]] == [row.key for row in rows]
    for by in ("territory", "zip", "practice"):
        go(test, by=by)
        assert int(table(test)["numerator"].sum()) == counted.total.numerator
        assert f"<strong>{counted.total.numerator:,}</strong> of {counted.total.denominator:,}" in said(test)
        assert ("ZIP areas are approximate" in said(test)) == (by != "practice")


def test_a_picked_county_is_ringed_told_and_lists_its_practices(page: Open, counted: PlaceCounts) -> None:
    row = counted.by("county").rows[0]
    test = page(chosen=row.key)
    assert deck(test)["picked"]["data"]
    assert f"<strong>{row.label}</strong>" in said(test)
    assert f"<strong>{row.figure.numerator:,}</strong> of {row.figure.denominator:,} referrals" in said(test)
    test.button(key="its-practices").click().run()
    assert test.query_params["within"] == f"county.{row.key}"
    mine = {each.practice for each in counted.rows if each.county == row.key}
    assert int(table(test)["numerator"].notna().sum()) == len(mine)
    test.button(key="all-practices").click().run()
    assert "within" not in test.query_params


def test_a_set_is_added_up_however_it_was_picked(page: Open, counted: PlaceCounts) -> None:
    rows = counted.by("territory").rows[:2]
    test = page(by="territory", chosen=",".join(row.key for row in rows))
    lost, known = (sum(getattr(r.figure, name) or 0 for r in rows) for name in ("numerator", "denominator"))
    assert "2 territories together" in said(test)
    assert f"<strong>{lost:,}</strong> of {known:,} referrals out of network" in said(test)
    assert "Destination known" in said(test)
    test.button(key="let-go").click().run()
    assert "chosen" not in test.query_params
    go(test, by="practice", box="20_10000_0.2_1")
    inside = [
        r.figure
        for r in counted.by("practice").rows
        if (r.figure.denominator or 0) >= 20 and (r.figure.value or 0) >= 0.2
    ]
    assert len(inside) > 1
    assert f"{len(inside)} practices together" in said(test)
    assert f"<strong>{sum(f.numerator or 0 for f in inside):,}</strong> of" in said(test)


def test_the_url_says_how_the_page_is_looked_at_and_what_is_not_there_is_left_away(page: Open) -> None:
    test = page(by="nonsense", colour="nonsense", chosen="99999", box="a_b")
    assert not test.exception
    assert not {"by", "colour", "chosen"}.intersection(test.query_params)
    before = [f["properties"]["fill"] for f in deck(test)["areas"]["data"]["features"]]
    test.selectbox(key="option-colour").select("referrals").run()
    assert test.query_params["colour"] == "referrals"
    assert [f["properties"]["fill"] for f in deck(test)["areas"]["data"]["features"]] != before


@pytest.mark.parametrize("box", ["inf_inf_0_1", "nan_nan_nan_nan", "9_1_0_1", "a_b"])
def test_a_rectangle_that_is_none_is_left_away(page: Open, box: str) -> None:
    test = page(by="practice", box=box)
    assert not test.exception
    assert "box" not in test.query_params


def test_territories_and_windows_stand_side_by_side(page: Open, counted: PlaceCounts) -> None:
    test = page(closer="territories")
    one, two = counted.by("territory").rows[:2]
    rows = test.dataframe[1].value
    assert rows["measure"].tolist()[:3] == ["Referrals", "Out of network", "Leakage"]
    assert rows["first"].tolist()[1] == f"{one.figure.numerator:,}"
    assert rows["second"].tolist()[1] == f"{two.figure.numerator:,}"
    go(test, closer="windows", by="territory")
    assert "Nov 2024 to Oct 2025, then Nov 2025 to Oct 2026." in said(test)
    go(test, closer="windows", window="all")
    assert "There is no such window" in said(test)


def test_a_territory_with_its_neighbours_zips(page: Open, counted: PlaceCounts) -> None:
    test = page(closer="zips", of="T1")
    code = test.dataframe[1].value["label"].iloc[0][:5]
    go(test, closer="zips", of="T1", **{"with": code})
    outcome = test.dataframe[2].value
    own = [r for r in counted.rows if r.territory == "T1"]
    added = [r for r in counted.rows if r.territory != "T1" and r.zip == code]
    assert added
    assert outcome["numerator"].iloc[0] == counted.figure(own).numerator
    assert outcome["numerator"].iloc[2] == counted.figure([*own, *added]).numerator


def test_where_there_is_nothing_the_page_says_why(page: Open) -> None:
    test = page(window="2019-01_2019-02")
    assert "No referral matches these filters" in said(test)
    test.button(key="clear-filters").click().run()
    assert "The same, as a table" in said(test)
    go(test, home="own")
    assert "No referrals are in yet" in said(test)
    assert test.button(key="bring-referrals")


def test_the_teams_own_outlines_take_the_place_of_the_areas(page: Open, small_market: Path) -> None:
    home = Home.open(Settings(home=small_market))
    square = [[[-82.6, 35.5], [-82.5, 35.5], [-82.5, 35.6], [-82.6, 35.6], [-82.6, 35.5]]]
    store(home, OwnOutlines("ours.geojson", {"28801": [square]}))
    look_again()  # as the upload on the page does
    try:
        test = page(by="zip")
        assert "ZIP outlines from ours.geojson" in said(test)
        assert len(deck(test)["areas"]["data"]["features"]) <= 1
    finally:
        forget(home)
        look_again()
        home.close()


def test_outside_the_team_sees_counties_and_territories_only(page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIAISON_AUDIENCE", "outside")
    test = page(by="zip", chosen="28801")
    assert not test.exception
    assert "by" not in test.query_params
    assert "Closer looks are for the team" in said(test)
    assert all(row["says"] == "" for row in deck(test)["practices"]["data"])
    shown = [f["says"] for f in deck(test)["areas"]["data"]["features"]]
    small = [int(n) for says in shown for n in re.findall(r"(?<![\d,])(\d+) of", says)]
    assert all(n == 0 or n > 10 for n in small)
