"""Next visits: accept, decline with a reason and back, on to a story along the list; on a phone without scrolling."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from liaison.config import Settings
from liaison.facts.home import Home
from liaison.jobs.ranked import bring_up_to_date
from tests.browser.conftest import LOOKS, App, Visit
from tests.browser.test_pages import PAPER, findings, sideways
from tests.browser.thumb import unhandy

PLAN = {
    "/next-visits": ("Next visits", "visits"),
    "/next-visits?view=map": ("Next visits", "visits"),
    "/next-visits?view=alerts": ("Next visits", ""),
    "/how-good": ("How good is this?", ""),
}
FAST = ("/next-visits", "/how-good")

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def ranked(start: Callable[..., App], small_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> App:
    """The app over a copy of the small market that has a run."""
    folder = tmp_path_factory.mktemp("ranked") / "demo"
    shutil.copytree(small_demo, folder, ignore=shutil.ignore_patterns("worker", "*.lock"))
    home = Home.open(Settings(home=folder))
    bring_up_to_date(home, lambda share, doing: None)
    home.close()
    return start(demo=folder)


def test_accept_decline_with_a_reason_and_take_it_back(visit: Callable[..., Visit], ranked: App) -> None:
    seen = visit(to=ranked)
    page = seen.open("/next-visits")
    assert page.locator("h1").inner_text() == "Next visits"
    cards = page.locator('[class*="st-key-card-"]')
    assert cards.count() == 10
    first, second = (cards.nth(n).locator("h4").inner_text() for n in (0, 1))
    seen.press("Accept")
    assert cards.first.locator(".tag").first.inner_text() == "Accepted"
    seen.press("Decline")
    assert page.get_by_role("button", name="Decline it").is_disabled()
    page.get_by_label("Why not?", exact=True).first.click()
    page.get_by_role("option", name="They do not want to be visited").click()
    seen.settle()
    seen.press("Decline it")
    assert second not in cards.locator("h4").all_inner_texts()
    assert first in cards.locator("h4").all_inner_texts()
    page = seen.open("/next-visits?view=out")
    out = page.locator('[class*="st-key-out-"]').first
    assert out.locator("h4").inner_text() == second
    assert "They do not want to be visited" in out.inner_text()
    seen.press("Take back")
    page = seen.open("/next-visits")
    assert second in cards.locator("h4").all_inner_texts()


def test_a_phone_goes_from_a_card_to_its_story_and_never_scrolls_sideways(
    visit: Callable[..., Visit], ranked: App
) -> None:
    seen = visit("phone", to=ranked)
    page = seen.open("/next-visits")
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0
    card = page.locator('[class*="st-key-card-"]').nth(2)  # the first ones were decided on above
    button = card.get_by_role("button", name="Accept").bounding_box()
    assert button
    assert button["height"] >= 44
    card.get_by_role("link", name="Story").click()
    seen.until_url("list=next-visits")
    page.get_by_text("in Next visits").wait_for()
    assert page.get_by_text("in the list of next visits").count() == 1


def plan() -> list[object]:
    """The list in the light in every run; every view in every look before something is called done."""
    every = [(path, look) for path in PLAN for look in LOOKS]
    return [pair if pair == (FAST[0], "light") else pytest.param(*pair, marks=pytest.mark.audit) for pair in every]


@pytest.mark.parametrize(("path", "look"), plan())
def test_the_plan_hides_nothing_from_axe(visit: Callable[..., Visit], ranked: App, path: str, look: str) -> None:
    seen = visit(look, to=ranked)
    page = seen.open(path)
    name, sentence = PLAN[path]
    assert page.locator("h1").inner_text() == name
    assert sentence in seen.sentence()
    assert page.locator('[data-testid="stException"], [role="alert"]').count() == 0
    assert sideways(seen) <= 0, "the page scrolls sideways"
    assert findings(seen) == []
    if look == "phone":
        assert unhandy(page) == []


@pytest.mark.audit
@pytest.mark.parametrize("path", FAST)
def test_the_plan_fits_on_paper(visit: Callable[..., Visit], ranked: App, path: str) -> None:
    seen = visit(to=ranked)
    page = seen.open(path)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": PAPER, "height": 1000})
    page.wait_for_timeout(600)
    assert sideways(seen) <= 0, "the paper is too narrow"
    assert page.locator("h2").first.is_visible()
