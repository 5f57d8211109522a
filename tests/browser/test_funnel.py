"""The funnel in a browser: a click on a stage, back, a row of the address, a list and its file on record."""

from collections.abc import Callable
from pathlib import Path

import pytest

from liaison.access.audit import entries
from liaison.config import Settings
from liaison.facts.home import Home
from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser
CHART = '[data-testid="stVegaLiteChart"]'


def click_bar(seen: Visit, stage: str) -> None:
    """The dark part of a stage's bar."""
    bar = seen.page.locator(f'{CHART} path[aria-label^="{stage}: "]').first
    bar.scroll_into_view_if_needed()
    box = bar.bounding_box()
    assert box
    seen.page.mouse.click(box["x"] + 20, box["y"] + box["height"] / 2)


def test_a_click_on_a_stage_keeps_what_is_below_to_it_and_back_undoes_it(visit: Callable[..., Visit]) -> None:
    seen = visit()
    page = seen.open("/funnel?line=neurology&stage=scheduled")
    page.wait_for_selector(f"{CHART} svg path[aria-label]")
    assert seen.value("Stage") == "Waiting to be seen"
    assert seen.value("Service line") == "Neurology"
    click_bar(seen, "Seen")
    seen.until_url("stage=seen")
    page.get_by_text("stuck referrals, waiting for the report back, one by one").wait_for()
    page.go_back()
    page.get_by_text("stuck referrals, waiting to be seen, one by one").wait_for()
    assert "stage=scheduled" in page.url
    assert "line=neurology" in page.url


def test_a_list_and_its_file_are_recorded_and_the_url_holds_no_id(
    visit: Callable[..., Visit], small_demo: Path
) -> None:
    seen = visit()
    page = seen.open("/funnel?by=service_line&row=neurology&stage=seen")
    page.get_by_text("Neurology: stuck referrals, waiting for the report back, one by one").wait_for()
    page.get_by_text("stuck referrals one by one").click()
    page.get_by_text("longest in their stage first").wait_for()
    rows = seen.file(page.locator(".st-key-rows-stuck-files").get_by_role("button", name="Download", exact=True))
    assert rows
    assert {r["service_line"] for r in rows} == {"Neurology"}
    assert not [r["referral_id"] for r in rows if r["referral_id"] in page.url]
    home = Home.open(Settings(home=small_demo))
    found = [e for e in entries(home.store).entries if e.filters.get("service_line") == "neurology"]
    home.close()
    assert [e.action.value for e in found] == ["downloaded", "looked"]
    assert {e.listed for e in found} == {len(rows)}


@pytest.mark.audit
def test_on_a_phone_stages_are_a_table_and_the_page_is_no_wider(visit: Callable[..., Visit]) -> None:
    seen = visit("phone")
    page = seen.open("/funnel")
    page.get_by_text("of referrals have been seen so far").wait_for()
    page.get_by_test_id("stDataFrame").nth(1).wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
