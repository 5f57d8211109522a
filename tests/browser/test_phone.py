"""A phone in one hand: nothing goes sideways, what a finger presses is large enough, fields do not make iOS zoom."""

from collections.abc import Callable

import pytest

from tests.browser.conftest import Visit

FINGER = 44  # px
FIELD = 16  # px; a smaller field makes iOS zoom in
WIDER = """() => { const main = document.querySelector('[data-testid="stMain"]');
    return main.scrollWidth - main.clientWidth }"""
# The icons of Streamlit's help and of its table tools are small and have no size of their own that a page could set.
PRESSED = """() => [...document.querySelectorAll(
    'button[kind]:not([kind="elementToolbar"]), button[data-variant], label:has(input[type="checkbox"]),' +
    '[role="group"]:has(> input[role="combobox"]), [data-testid="stMainBlockContainer"] a')]
    .map(e => [e.innerText.trim() || e.ariaLabel, e.getBoundingClientRect()])
    .filter(([name, box]) => name && box.width > 0).map(([name, box]) => [name, box.height])"""
LETTERS = "() => [...document.querySelectorAll('input, textarea')].map(e => parseFloat(getComputedStyle(e).fontSize))"


@pytest.mark.parametrize("path", ["/", "/territories", "/practice", "/practice?practice=P0001"])
def test_a_page_is_used_with_one_thumb(visit: Callable[..., Visit], path: str) -> None:
    page = visit("phone").open(path)
    assert page.evaluate(WIDER) <= 0
    pressed = page.evaluate(PRESSED)
    assert len(pressed) > 3
    assert [(name, height) for name, height in pressed if height < FINGER] == []
    assert all(size >= FIELD for size in page.evaluate(LETTERS))
