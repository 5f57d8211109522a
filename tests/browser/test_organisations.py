"""Destinations: from the list to one, a cell opens its practices, back returns, filters and deep links hold."""

from collections.abc import Callable

import pytest

from tests.browser.conftest import Visit
from tests.browser.test_leakage import CHART, click_cell

pytestmark = pytest.mark.browser
BAR = f'{CHART} path[aria-label*="Northgate Medical Center"]'


def test_a_bar_opens_its_page_a_cell_its_practices_and_back_returns(visit: Callable[..., Visit]) -> None:
    seen = visit()
    page = seen.open("/organisations?line=cardiology")
    assert "of what is lost" in seen.sentence()
    page.wait_for_selector(BAR)
    seen.settle()
    box = page.locator(BAR).first.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    seen.until_url("organisation=northgate")
    assert "line=cardiology" in page.url
    page.get_by_role("heading", name="Northgate Medical Center took").wait_for()
    page.wait_for_selector(f"{CHART} svg path[aria-label]")
    click_cell(seen, "Northgate Medical Center", "Cardiology")
    seen.until_url("row=northgate&column=cardiology")
    page.get_by_text("traight-line miles from the referring practice").wait_for()
    page.go_back()
    page.get_by_text("traight-line miles from the referring practice").wait_for(state="detached")
    page.go_back()
    page.get_by_text("Where referrals go", exact=True).wait_for()


@pytest.mark.audit
def test_a_deep_link_shows_practices_and_their_download_says_how_far(visit: Callable[..., Visit]) -> None:
    seen = visit("dark")
    page = seen.open("/organisations?organisation=northgate&show=practices")
    rows = seen.file(page.get_by_role("button", name="Download practices", exact=True))
    assert {(r["from"], r["to"], r["extract_of"]) for r in rows} == {("2025-11", "2026-10", "2026-11-01")}
    assert all(float(r["straight_line_miles"]) >= 0 for r in rows if r["straight_line_miles"])


def test_on_a_phone_the_heat_map_is_a_list_with_a_field_that_opens_its_lines(visit: Callable[..., Visit]) -> None:
    seen = visit("phone")
    page = seen.open("/organisations?organisation=northgate")
    page.locator(".lz-lose").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
