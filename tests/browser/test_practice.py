"""The Practices page: from the directory to a story and on by keyboard, back, a deep link, the download."""

from collections.abc import Callable

import pytest

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser


def test_from_a_choice_to_a_story_to_the_next_by_keyboard_and_back(visit: Callable[..., Visit]) -> None:
    seen = visit()
    page = seen.open("/practice?continuum=steady")
    assert page.locator("h1").inner_text() == "Practices"
    page.get_by_label("Find a practice", exact=True).first.click()
    page.get_by_role("option").nth(1).click()
    seen.until_url("list=directory")
    page.get_by_text("in Practices, steady").wait_for()
    first = page.locator("h1").inner_text()
    page.wait_for_selector('[data-testid="stVegaLiteChart"] svg, [data-testid="stVegaLiteChart"] canvas')
    page.locator("body").press("n")
    page.wait_for_function("name => document.querySelector('h1').innerText !== name", arg=first)
    seen.settle()
    assert "3 of" in page.locator(".st-key-list-place").inner_text()
    page.go_back()
    page.wait_for_function("name => document.querySelector('h1').innerText === name", arg=first)
    assert "2 of" in page.locator(".st-key-list-place").inner_text()


def test_a_deep_link_on_a_phone_calls_and_never_scrolls_sideways(visit: Callable[..., Visit]) -> None:
    seen = visit("phone")
    page = seen.open("/practice?practice=P0001&peers=type")
    call = page.get_by_test_id("stLinkButton").get_by_role("link")
    assert (call.get_attribute("href") or "").startswith("tel:")
    box = call.bounding_box()
    assert box
    assert box["height"] >= 44
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0
    order = [page.get_by_text(words).first.bounding_box() for words in ("touch", "Share of known destinations")]
    assert order[0]
    assert order[1]
    assert order[0]["y"] < order[1]["y"]


@pytest.mark.audit
def test_the_download_of_a_story_carries_window_and_vintage(visit: Callable[..., Visit]) -> None:
    seen = visit()
    page = seen.open("/practice?practice=P0001&window=6m")
    rows = seen.file(page.get_by_role("button", name="Download", exact=True))
    assert {(r["practice_id"], r["from"], r["to"], r["extract_of"]) for r in rows} == {
        ("P0001", "2026-05", "2026-10", "2026-11-01")
    }
