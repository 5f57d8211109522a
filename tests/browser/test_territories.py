"""The map: a click picks and back lets go, a rectangle adds up, its twin is the table; a phone has the list first."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, TimeoutError

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser
MAP = '[data-testid="stDeckGlJsonChart"]'
CHART = '[data-testid="stVegaLiteChart"]'


def click_map(seen: Visit) -> None:
    """Presses the middle of the map as a hand does, until the page takes it: the canvas needs time to be drawn."""
    page = seen.page
    page.wait_for_selector(f"{MAP} canvas")
    place = page.locator(MAP)
    place.scroll_into_view_if_needed()
    box = place.bounding_box()
    assert box
    for _ in range(12):
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.wait_for_timeout(300)
        page.mouse.down()
        page.wait_for_timeout(50)
        page.mouse.up()
        try:
            page.wait_for_url(lambda url: "chosen=" in url, timeout=4_000)
        except TimeoutError:
            continue
        seen.settle()
        return
    raise AssertionError("the map takes no click")


def drag(seen: Visit, plot: Locator) -> None:
    """A rectangle from near the top left of a chart to its right, above the points that lose little."""
    plot.scroll_into_view_if_needed()
    box = plot.bounding_box()
    assert box
    seen.page.mouse.move(box["x"] + box["width"] * 0.25, box["y"] + 30)
    seen.page.mouse.down()
    for across, down in ((0.5, 0.3), (0.7, 0.5), (0.9, 0.7)):
        seen.page.mouse.move(box["x"] + box["width"] * across, box["y"] + box["height"] * down, steps=3)
    seen.page.mouse.up()


def test_a_click_on_the_map_picks_and_back_lets_go(visit: Callable[..., Visit]) -> None:
    seen = visit()
    page = seen.open("/territories")
    card = page.locator(".st-key-place-card")
    assert "counties" in card.inner_text()
    click_map(seen)
    assert "chosen=37" in page.url
    assert "% interval" in card.inner_text() or "Too few" in card.inner_text()
    assert "NC" in card.inner_text()
    page.go_back()
    card.get_by_text("counties").wait_for()
    assert "chosen=" not in page.url


@pytest.mark.audit
def test_a_rectangle_on_the_chart_adds_practices_up_and_a_deep_link_shows_it(visit: Callable[..., Visit]) -> None:
    seen = visit("dark")
    page = seen.open("/territories?by=practice&closer=chart")
    page.wait_for_selector(f"{CHART} svg path[aria-label], {CHART} canvas")
    drag(seen, page.locator(CHART).last)
    seen.until_url("box=")
    card = page.locator(".st-key-place-card")
    card.get_by_text("practices together").wait_for()
    told = card.locator("p").all_inner_texts()
    again = visit()
    again.open(page.url.removeprefix(seen.app.url("")))
    assert again.page.locator(".st-key-place-card p").all_inner_texts() == told


@pytest.mark.audit
def test_the_list_can_be_taken_along_with_its_window(visit: Callable[..., Visit]) -> None:
    seen = visit()
    page = seen.open("/territories?by=territory&window=6m")
    rows = seen.file(page.get_by_role("button", name="Download", exact=True))
    assert {(r["from"], r["to"], r["extract_of"]) for r in rows} == {("2026-05", "2026-10", "2026-11-01")}
    assert {r["territory"] for r in rows} <= {"T1", "T2", "T3", "T4", "T5", "T6", "(none)"}


def test_a_phone_has_the_list_first_and_the_map_below(visit: Callable[..., Visit]) -> None:
    seen = visit("phone")
    page = seen.open("/territories")
    page.wait_for_selector(MAP)
    table, card, drawn = (
        page.locator(place).first.bounding_box() for place in ('[data-testid="stDataFrame"]', ".st-key-place-card", MAP)
    )
    assert table
    assert card
    assert drawn
    assert table["y"] < card["y"] < drawn["y"]
    assert drawn["height"] <= 320
