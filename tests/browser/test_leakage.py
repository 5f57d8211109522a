"""The heat map: a click opens what lies behind a cell, the URL keeps it, back returns, a table is its twin."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser
CHART = '[data-testid="stVegaLiteChart"]'


def cell(page: Page, row: str, line: str) -> Locator:
    return page.locator(f'{CHART} path[aria-label^="line: {line}; row: {row};"]').last


def click_cell(seen: Visit, row: str, line: str) -> None:
    cell(seen.page, row, line).scroll_into_view_if_needed()
    box = cell(seen.page, row, line).bounding_box()
    assert box
    seen.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def test_a_click_opens_the_cell_and_back_returns_to_the_one_before(visit: Callable[..., Visit]) -> None:
    seen = visit()
    page = seen.open("/leakage")
    page.wait_for_selector(f"{CHART} svg path[aria-label]")
    # What is not part of leakage is always beside it.
    assert "unknown" in (cell(page, "All", "Unknown").get_attribute("aria-label") or "")
    click_cell(seen, "Northgate Medical Center", "Cardiology")
    seen.until_url("row=northgate&column=cardiology")
    page.get_by_text("Northgate Medical Center, Cardiology: practices by what could come home").wait_for()
    click_cell(seen, "Women's health", "All")
    seen.until_url("row=womenshealth")
    page.get_by_text("Women's health: practices by what could come home").wait_for()
    page.go_back()
    page.get_by_text("Northgate Medical Center, Cardiology: practices by what could come home").wait_for()
    assert "row=northgate&column=cardiology" in page.url


@pytest.mark.audit
def test_another_view_is_a_link_and_its_table_twin_shows_the_same_cells(visit: Callable[..., Visit]) -> None:
    seen = visit()
    page = seen.open("/leakage?row=northgate&column=cardiology")
    page.get_by_text("By destination", exact=True).click()
    seen.until_url("view=destination")
    assert "row=" not in page.url
    drawn = cell(page, "Neurology", "Northgate Medical Center")
    drawn.wait_for()
    assert "went there" in (drawn.get_attribute("aria-label") or "")
    page.get_by_text("As a table").first.click()
    seen.settle()
    page.get_by_test_id("stDataFrame").first.wait_for()
    assert page.locator(f'{CHART} path[aria-label*="row:"]').count() == 0


def test_a_destination_shows_its_reasons_and_a_practice_opens_its_page(visit: Callable[..., Visit]) -> None:
    seen = visit()
    page = seen.open("/leakage?line=neurology")
    bar = page.locator(f'{CHART} path[aria-label*="Northgate Medical Center"][aria-roledescription="bar"]').last
    bar.click()
    seen.until_url("to=northgate")
    page.get_by_text(
        "Neurology, to Northgate Medical Center: referrals out of network by the reason recorded"
    ).wait_for()
    opens = page.get_by_role("link", name="Open Northgate Medical Center")
    assert "organisation=northgate" in (opens.get_attribute("href") or "")
    table = page.get_by_test_id("stDataFrame").last
    table.scroll_into_view_if_needed()
    box = table.bounding_box()
    assert box
    page.mouse.click(box["x"] + 20, box["y"] + 34 + 17)  # the first row's box
    page.get_by_role("link", name="Open ").nth(1).click()
    seen.until_url("practice=P")
    assert "list=leakage" in page.url
    assert "line=neurology" in page.url


def test_the_download_carries_window_and_vintage(visit: Callable[..., Visit]) -> None:
    seen = visit()
    page = seen.open("/leakage")
    rows = seen.file(page.get_by_role("button", name="Download", exact=True))
    assert {(r["from"], r["to"], r["extract_of"]) for r in rows} == {("2025-11", "2026-10", "2026-11-01")}
    total = next(r for r in rows if r["practice_group"] == "All" and r["service_line"] == "All")
    inner = [r for r in rows if "All" not in (r["practice_group"], r["service_line"])]
    assert sum(int(r["out_of_network"]) for r in inner) == int(total["out_of_network"])
