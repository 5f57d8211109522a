"""Filters: ids in the URL, labels on screen; they go along to other pages, back undoes them, bad ones are said."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import App, Visit

pytestmark = pytest.mark.browser


def test_a_filter_is_an_id_in_the_url_and_goes_along_to_another_page(visit: Callable[..., Visit]) -> None:
    seen = visit()
    page = seen.open("/")
    everywhere = page.get_by_test_id("stMetricValue").first.inner_text()
    seen.choose("Territory", "Western counties")
    seen.until_url("territory=T5")
    west = page.get_by_test_id("stMetricValue").first.inner_text()
    assert int(west.replace(",", "")) < int(everywhere.replace(",", ""))
    seen.go("Leakage")
    seen.until_url("/leakage?territory=T5")
    assert page.locator("h1").inner_text() == "Leakage"
    assert seen.value("Territory") == "Western counties"
    seen.press("Clear")
    assert "territory" not in page.url


def test_back_undoes_a_filter(visit: Callable[..., Visit]) -> None:
    seen = visit()
    page = seen.open("/leakage")
    before = page.get_by_test_id("stMetricValue").nth(1).inner_text()
    seen.choose("Service line", "Neurology")
    seen.until_url("line=neurology")
    assert page.get_by_test_id("stMetricValue").nth(1).inner_text() != before
    page.go_back()
    page.wait_for_url(lambda url: "line=" not in url)
    expect(page.get_by_test_id("stMetricValue").nth(1)).to_have_text(before)


def test_a_bad_value_is_dropped_and_said(visit: Callable[..., Visit]) -> None:
    seen = visit()
    page = seen.open("/leakage?territory=T99&line=neurology")
    assert page.get_by_text("The link named a territory that these data do not have").count() == 1
    assert "territory" not in page.url
    assert "line=neurology" in page.url


@pytest.mark.audit
def test_months_of_ones_own_are_in_the_url(visit: Callable[..., Visit]) -> None:
    seen = visit()
    page = seen.open("/leakage")
    seen.choose("Months", "Other months \u2026")
    seen.until_url("window=2025-11_2026-10")
    seen.choose("From", "Jan 2026")
    seen.until_url("window=2026-01_2026-10")
    assert page.get_by_text("Jan 2026 to Oct 2026").count() > 0


def test_filters_that_leave_nothing_over_say_so_and_can_be_cleared(visit: Callable[..., Visit]) -> None:
    seen = visit()
    page = seen.open("/leakage?window=2020-01_2020-02")
    page.get_by_text("No referral matches these filters").wait_for()
    seen.press("Clear filters")
    assert "window" not in page.url
    assert "went out of network" in seen.sentence()


@pytest.mark.parametrize(
    "command",
    [("-m", "liaison", "serve"), pytest.param(("-m", "streamlit", "run", "app.py"), marks=pytest.mark.audit)],
)
def test_a_deep_link_into_a_fresh_process_restores_filter_and_cell(
    visit: Callable[..., Visit], start: Callable[..., App], command: tuple[str, ...]
) -> None:
    seen = visit(to=start(command=command))
    page = seen.open("/leakage?territory=T5&row=familymedicine&column=cardiology")
    assert page.locator("h1").inner_text() == "Leakage"
    assert page.get_by_text("Page not found").count() == 0
    assert page.get_by_text("Family medicine, Cardiology: practices by what could come home").count() == 1
    assert seen.value("Territory") == "Western counties"
