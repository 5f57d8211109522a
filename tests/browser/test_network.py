"""Flows: a bar opens one from both ends, a practice of it opens its page, and back returns."""

from collections.abc import Callable

import pytest

from tests.browser.conftest import Visit
from tests.browser.test_leakage import CHART

pytestmark = [pytest.mark.browser, pytest.mark.audit]  # its parts are tested in the fast suite
BAR = f'{CHART} path[aria-label*="Family medicine to Northgate"]'


def test_a_bar_opens_both_ends_of_a_flow_and_back_closes_it(visit: Callable[..., Visit]) -> None:
    seen = visit()
    page = seen.open("/network?order=out&line=cardiology")
    page.wait_for_selector(BAR)
    seen.settle()
    box = page.locator(BAR).first.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    seen.until_url("from=familymedicine&to=northgate")
    assert "line=cardiology" in page.url
    assert "order=out" in page.url
    page.get_by_text("of what Family medicine refers.").wait_for()
    page.get_by_role("link", name="Open Northgate Medical Center").wait_for()
    page.go_back()
    page.get_by_text("of what Family medicine refers.").wait_for(state="detached")
