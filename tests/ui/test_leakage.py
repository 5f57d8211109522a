"""The Leakage page in this process: its views, what payers allow, what lies behind a cell, that its numbers add up."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from liaison.access import owner
from liaison.charts.leakage_heatmap import ALL
from liaison.config import Settings
from liaison.facts.home import Home
from liaison.facts.live import Live
from liaison.metrics.come_home import come_home
from liaison.metrics.filters import Filters
from liaison.metrics.leakage import leakage
from liaison.ui.entries import LEAKAGE as LEAKAGE_PAGE
from liaison.ui.leakage.asked import MOST_COLUMNS, OTHERS, Grid, grid
from liaison.ui.leakage.behind import Senders, behind, reasons_of, senders, taken
from liaison.ui.leakage.footer import cells_file, practices_file
from liaison.ui.leakage.heat import cut
from liaison.ui.leakage.views import VIEWS
from liaison.vocabulary import Audience
from tests.ui.conftest import said

LEAKAGE = "pages/see/leakage.py"
INSIDE, YEAR = Audience.inside, Filters(first="2025-11", last="2026-10")
App = Callable[..., AppTest]


@pytest.fixture(scope="module")
def live(small_market: Path) -> Iterator[Live]:
    home = Home.open(Settings(home=small_market))
    yield home.live()
    home.close()


def opened(app: App, **params: str) -> AppTest:
    """The page as a deep link with these parameters opens it."""
    page = app(LEAKAGE)
    for name, value in params.items():
        page.query_params[name] = value
    return page.run()


def found(live: Live, view: str, filters: Filters = YEAR) -> Grid:
    return grid(live, owner(), INSIDE, filters, VIEWS[view])


def sent(live: Live, filters: Filters) -> Senders:
    lines = taken(live, owner(), INSIDE, Filters(filters.first, filters.last))
    return senders(live, owner(), INSIDE, filters, lines=lines)


def test_the_view_of_the_url_is_drawn_and_one_that_is_none_is_dropped(app: App) -> None:
    page = opened(app, view="month")
    assert page.button_group(key="option-view").value == "month"
    assert "When referrals are lost, by service line and month" in said(page)
    page = opened(app, view="nonsense")
    assert "view" not in page.query_params
    assert page.button_group(key="option-view").value == "group"


def test_another_view_is_written_to_the_url_and_drops_the_cell(app: App) -> None:
    page = opened(app, row="familymedicine", column="cardiology")
    page.button_group(key="option-view").set_value("destination").run()
    assert page.query_params["view"] == "destination"
    assert "row" not in page.query_params
    page.button_group(key="option-view").set_value("group").run()
    assert "view" not in page.query_params


def test_payers_are_off_where_practice_groups_are_drawn_and_counted_elsewhere(app: App, live: Live) -> None:
    payer = next(iter(key for kind, key in live.label_of if kind == "payer"))
    page = opened(app, payer=payer)
    assert page.selectbox(key="filter-payer").disabled
    assert "Payer is off on this page: practice groups are counted without payers and priorities" in said(page)
    page = opened(app, payer=payer, view="destination")
    assert not page.selectbox(key="filter-payer").disabled
    counted = leakage(live, owner(), INSIDE, Filters(first="2025-11", payer=payer)).total
    assert {m.label: m.value for m in page.metric}["Went out of network"] == f"{counted.numerator:,}"
    assert "Practices are counted without payers and priorities" in said(page)


def test_of_one_line_the_page_says_how_much_leaks_to_whom_and_why(app: App) -> None:
    page = opened(app, line="neurology")
    words = said(page)
    assert "of Neurology referrals with a known destination went out of network" in words
    assert "Neurology: referrals out of network by destination" in words
    assert "Neurology: practices by what could come home" in words


def test_a_destination_of_the_url_shows_its_own_reasons(app: App) -> None:
    page = opened(app, line="neurology", to="northgate")
    assert "Neurology, to Northgate Medical Center: referrals out of network by the reason recorded" in said(page)
    page.button(key="to-all").click().run()
    assert "to" not in page.query_params
    assert opened(app, to="nowhere").query_params.get("to") is None


def test_a_cell_of_one_destination_names_it_and_its_practices(app: App, live: Live) -> None:
    page = opened(app, view="destination", row="neurology", column="northgate")
    filters = replace(YEAR, service_line="neurology", organisation="northgate")
    out = leakage(live, owner(), INSIDE, filters).total.numerator
    assert f"{out:,} went to Northgate Medical Center" in said(page)
    assert "Neurology, Northgate Medical Center: practices by referrals out of network" in said(page)


@pytest.mark.parametrize("view", ["destination", "cause"])
def test_shares_add_up_along_a_row_to_its_leakage(live: Live, view: str) -> None:
    cells = found(live, view).cells
    inner = cells[cells["line_key"] != ALL].groupby("row_key")["numerator"].sum()
    totals = cells[cells["line_key"] == ALL].set_index("row_key")
    assert inner.to_dict() == totals["numerator"].to_dict()
    assert cells.groupby("row_key")["denominator"].nunique().max() == 1


def test_a_cell_is_what_the_command_counts(live: Live) -> None:
    counted = leakage(live, owner(), INSIDE, YEAR, ("service_line", "organisation"))
    pairs = {(r.more["service_line"], r.more["organisation"]): r.figure.numerator for r in counted.rows}
    cells = found(live, "destination").cells
    inner = cells[(cells["row_key"] != ALL) & ~cells["line_key"].isin([ALL, OTHERS])]
    for row, to, out in inner[["row_key", "line_key", "numerator"]].itertuples(index=False):
        assert out == pairs.get((row, to), 0), (row, to)


def test_the_smallest_destinations_share_a_column(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = found(live, "destination")
    monkeypatch.setattr("liaison.ui.leakage.asked.MOST_COLUMNS", 3)
    folded = found(live, "destination")
    assert MOST_COLUMNS > 3
    assert folded.cells["line_key"].unique().tolist()[2] == OTHERS
    for grid_of in (whole, folded):
        columns = grid_of.cells[(grid_of.cells["row_key"] == ALL) & (grid_of.cells["line_key"] != ALL)]
        assert columns["numerator"].sum() == whole.total.numerator


def test_months_stand_in_their_order_and_old_ones_are_left_out(live: Live) -> None:
    every = found(live, "month", Filters())
    months = [key for key in every.cells["line_key"].unique() if key != ALL]
    assert months == sorted(months)
    assert (len(months), every.left_out) == (24, 12)
    assert every.cells.iloc[-1]["numerator"] == every.total.numerator


def test_for_outside_no_small_share_is_in_any_cell(live: Live) -> None:
    cells = grid(live, owner(), Audience.outside, Filters(), VIEWS["destination"]).cells
    assert cells["suppressed"].any()
    shown = cells[~cells["suppressed"]]
    assert ((shown["numerator"] == 0) | (shown["numerator"] > 10)).all()
    assert cells.loc[cells["suppressed"], "value"].isna().all()


def test_a_month_a_line_and_a_destination_cut_the_question(live: Live) -> None:
    asked = Filters(first="2025-11", territory="T1")
    month = cut(asked, VIEWS["month"], {"row": "neurology", "column": "2026-03"})
    assert (month.first, month.last, month.service_line, month.territory) == ("2026-03", "2026-03", "neurology", "T1")
    folded = cut(asked, VIEWS["destination"], {"row": "neurology", "column": OTHERS})
    assert (folded.service_line, folded.organisation) == ("neurology", None)
    assert cut(asked, VIEWS["group"], {"row": ALL, "column": ALL}) == asked


def test_practices_of_one_line_are_the_same_counted_either_way(live: Live) -> None:
    one = replace(YEAR, service_line="neurology")
    assert sent(live, one).home == replace(come_home(live, owner(), INSIDE, one), lines=(("neurology", "Neurology"),))


def test_practices_stand_by_what_could_come_home_with_their_months(live: Live) -> None:
    who = sent(live, YEAR)
    assert who.rows["could"].is_monotonic_decreasing
    assert who.home is not None
    assert who.rows["could"].sum() == who.home.total.could
    assert [sum(months) for months in who.rows["months"]] == who.rows["numerator"].tolist()
    counted = leakage(live, owner(), INSIDE, YEAR, "practice")
    assert who.practices == counted


def test_reasons_of_a_destination_add_up_to_what_it_took(live: Live) -> None:
    what = behind(live, owner(), INSIDE, YEAR)
    causes, rows = reasons_of(what, "northgate")
    took = next(r.figure.numerator for r in what.organisations.rows if r.key == "northgate")
    assert rows["numerator"].sum() == took == causes.total.numerator


def test_files_carry_window_vintage_and_definition(live: Live) -> None:
    cells = cells_file(found(live, "cause"))
    assert {"service_line", "cause", "share", "from", "to", "extract_of", "definition"} <= set(cells.columns)
    assert set(cells["from"]) == {"2025-11"}
    practices = practices_file(sent(live, YEAR))
    assert practices["could_come_home"].sum() > 0
    assert set(practices["extract_of"]) == {"2026-11-01"}


def test_an_outsider_sees_no_cell_that_was_cut_by_choice(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIAISON_AUDIENCE", "outside")
    for cell in ({}, {"row": "familymedicine", "column": "cardiology"}):
        page = opened(app, **cell)
        assert not page.exception
        assert "What lies behind a cell is for the team" in said(page)
        assert not page.dataframe


def test_payers_are_off_in_one_view_and_no_other() -> None:
    assert {name for name in VIEWS if not LEAKAGE_PAGE.off({"view": name})} == set(VIEWS) - {"group"}
    assert set(LEAKAGE_PAGE.off({})) == {"payer", "priority"}
