"""Two tabs of one person are two readers: what one filters or picks leaves the other as it is."""

from collections.abc import Callable

import pytest

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser


def test_a_filter_of_one_tab_leaves_the_other_alone(visit: Callable[..., Visit]) -> None:
    seen = visit()
    first = seen.open("/leakage")
    kept = first.get_by_test_id("stMetricValue").nth(1).inner_text()
    other = Visit(seen.context.new_page(), seen.context, seen.app)
    other.open("/leakage?line=neurology")
    assert other.value("Service line") == "Neurology"
    assert other.page.get_by_test_id("stMetricValue").nth(1).inner_text() != kept
    seen.choose("Practice type", "Family medicine")
    seen.until_url("type=familymedicine")
    assert seen.value("Service line") == "All service lines"
    other.press("Clear")
    assert "type=familymedicine" in first.url
    assert "line=" not in other.page.url
