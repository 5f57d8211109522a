"""A phone in one hand: nothing goes sideways, what a finger presses is large enough, fields do not make iOS zoom."""

from playwright.sync_api import Page

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


def unhandy(page: Page) -> list[str]:
    """What a thumb cannot use: the page goes sideways, a target is too small, a field would make iOS zoom."""
    pressed = page.evaluate(PRESSED)
    assert pressed, "nothing on this page can be pressed"
    return [
        *(["the page scrolls sideways"] if page.evaluate(WIDER) > 0 else []),
        *(f"{name} is {height:.0f} px high" for name, height in pressed if height < FINGER),
        *(f"a field has letters of {size} px" for size in page.evaluate(LETTERS) if size < FIELD),
    ]
