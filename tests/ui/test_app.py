"""The app on the demo market and on an empty home: sentences, filters in the URL, states."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from liaison.access import owner
from liaison.config import Settings
from liaison.facts.home import Home
from liaison.metrics.filters import Filters
from liaison.metrics.leakage import leakage
from liaison.vocabulary import Audience
from tests.ui.conftest import said

LEAKAGE, DATA = "pages/see/leakage.py", "pages/operate/data.py"
App = Callable[..., AppTest]


def shown_metrics(test: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in test.metric}


def test_an_empty_home_opens_on_the_demo_market_and_says_that_it_is_fictional(app: App) -> None:
    page = app()
    assert not page.exception
    assert "Every practice, person and referral here is fictional" in said(page)
    assert set(shown_metrics(page)) == {"Referrals", "Leakage", "Destination unknown", "Stuck referrals"}


def test_tiles_show_what_the_command_counts(app: App, small_market: Path) -> None:
    home = Home.open(Settings(home=small_market))
    counted = leakage(home.live(), owner(), Audience.inside, Filters(first="2025-11")).total
    assert shown_metrics(app(LEAKAGE))["Went out of network"] == f"{counted.numerator:,}"
    home.close()


def test_a_tile_has_its_papers_one_click_away(app: App) -> None:
    tile = next(metric for metric in app(LEAKAGE).metric if metric.label == "Leakage")
    assert "referrals" in tile.help
    assert "Nov 2025 to Oct 2026" in tile.help


def test_a_filter_of_the_url_is_set_on_screen_by_its_label_and_counts(app: App) -> None:
    page = app(territory="T1")
    box = page.selectbox(key="filter-territory")
    assert (box.value, box.options[0]) == ("T1", "All territories")
    assert "T1" not in box.options
    everywhere = shown_metrics(app())["Referrals"]
    assert int(shown_metrics(page)["Referrals"].replace(",", "")) < int(everywhere.replace(",", ""))


def test_a_choice_is_written_to_the_url_as_an_id(app: App) -> None:
    page = app()
    page.selectbox(key="filter-service_line").select("neurology").run()
    assert page.query_params["line"] == "neurology"
    page.selectbox(key="filter-service_line").select("").run()
    assert "line" not in page.query_params


def test_filters_go_along_to_a_page_whose_address_has_none(app: App) -> None:
    page = app(territory="T1", line="neurology")
    page.query_params.clear()
    page.switch_page(LEAKAGE).run()
    assert page.query_params["territory"] == "T1"
    assert page.selectbox(key="filter-service_line").value == "neurology"


def opened(page: AppTest, file: str, **query: str) -> AppTest:
    """As a link, a menu or "back" opens a page."""
    page.query_params.clear()
    for name, value in query.items():
        page.query_params[name] = value
    return page.switch_page(file).run()


def test_who_goes_back_leaves_behind_what_only_a_link_had_brought(app: App) -> None:
    page = opened(app(), LEAKAGE, line="neurology")
    assert page.selectbox(key="filter-service_line").value == "neurology"
    assert "line" not in opened(page, "pages/see/overview.py").query_params


def test_a_filter_that_was_set_since_goes_along_on_the_way_back(app: App) -> None:
    page = opened(app(), LEAKAGE, line="neurology")
    page.selectbox(key="filter-territory").select("T1").run()
    back = opened(page, "pages/see/overview.py")
    assert (back.query_params["territory"], back.query_params["line"]) == ("T1", "neurology")


def test_a_stale_value_is_dropped_from_the_url_and_said(app: App) -> None:
    page = app(territory="gone", window="99m", line="neurology")
    assert "territory" not in page.query_params
    assert "window" not in page.query_params
    assert page.query_params["line"] == "neurology"
    assert "left away" in said(page)


def test_one_button_clears_every_filter(app: App) -> None:
    page = app(territory="T1", window="3m")
    next(button for button in page.button if button.label == "Clear").click().run()
    assert dict(page.query_params) == {}
    assert page.selectbox(key="filter-window").value == "12m"


def test_months_of_ones_own_open_two_fields(app: App) -> None:
    page = app()
    page.selectbox(key="filter-window").select("other").run()
    assert page.query_params["window"] == "2025-11_2026-10"
    page.selectbox(key="filter-first").select(2026 * 12).run()
    assert page.query_params["window"] == "2026-01_2026-10"


def test_nothing_found_says_so_and_offers_to_clear(app: App) -> None:
    page = app(LEAKAGE, window="2019-01_2019-02")
    page.query_params["window"] = "2019-01_2019-02"
    page.run()
    assert "No referral matches these filters" in said(page)
    page.button(key="clear-filters").click().run()
    assert "went out of network" in said(page)


@pytest.mark.parametrize(("page", "button"), [("", "set-up"), (LEAKAGE, "bring-referrals")])
def test_an_own_home_without_referrals_says_what_would_be_here(app: App, page: str, button: str) -> None:
    test = app(home="own")
    if page:
        test.query_params["home"] = "own"
        test.switch_page(page).run()
    assert "No referrals are in yet" in said(test)
    assert test.button(key=button)
    assert "fictional" not in said(test)


def test_a_cell_of_the_url_opens_what_lies_behind_it(app: App) -> None:
    page = app(LEAKAGE)
    page.query_params["row"], page.query_params["column"] = "familymedicine", "cardiology"
    page.run()
    assert "Family medicine, Cardiology: practices by what could come home" in said(page)


def test_a_cell_that_is_gone_is_dropped_from_the_url(app: App) -> None:
    page = app(LEAKAGE)
    page.query_params["row"], page.query_params["column"] = "nobody", "cardiology"
    page.run()
    assert "row" not in page.query_params
    assert not page.exception


def filter_row_script() -> None:
    from liaison.ui import filter_row, homes

    with homes.one_version():
        filter_row.row("x", lambda said: {"service_line": "its rollup holds no lines."})


def test_a_filter_that_a_page_cannot_honour_is_off_with_the_reason(app: App) -> None:
    app()  # sets the homes
    page = AppTest.from_function(filter_row_script, default_timeout=30)
    page.query_params["line"] = "neurology"
    page.run()
    assert page.selectbox(key="filter-service_line").disabled
    assert not page.selectbox(key="filter-territory").disabled
    assert "Service line is off on this page: its rollup holds no lines." in said(page)
    assert page.query_params["line"] == "neurology"


def test_payer_priority_and_source_stand_behind_a_word_and_are_counted_there(app: App) -> None:
    page = app(source="nowhere")
    assert "source" not in page.query_params
    box = page.selectbox(key="filter-source")
    page = app(LEAKAGE)
    page.selectbox(key="filter-source").select(box.options[1] if box.options[1] else box.options[0]).run()
    assert page.query_params["source"]
    assert page.selectbox(key="filter-payer").disabled
