"""Every page in every look: it says its sentence, draws its picture, and people without a mouse or sight can use it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import LOOKS, App, Visit
from tests.browser.thumb import unhandy

pytestmark = pytest.mark.browser
PAPER = 760  # px of a printed page

PAGES = {
    "/": ("Overview", "practices"),
    "/territories": ("Territories", "the largest share"),
    "/log": ("Log a visit", "Where were you, and what happened?"),
    "/leakage": ("Leakage", "went out of network"),
    "/funnel": ("Funnel", "of referrals have been seen so far"),
    "/practice": ("Practices", "referred in twelve months"),
    "/practice?practice=P0016": ("Brindle Creek Family Health", ""),
    "/my-day": ("My day", "overdue"),
    "/team": ("Team", "seen in cadence"),
    "/brief?practice=P0016": ("Brief: Brindle Creek Family Health", "een"),
    "/organisations": ("Organisations", "of what is lost"),
    "/organisations?organisation=northgate": ("Northgate Medical Center", "took"),
    "/network": ("Network", "largest flow out of network"),
    "/routes": ("Routes", "has no plan for this week yet"),
    "/events": ("Events", "came to the last event"),
    "/week": ("Week", "Nobody has a plan for the week of"),
    "/staffing": ("Staffing and goals", "visits a year"),
    "/draw-territories": ("Draw territories", "No territories have been drawn yet"),
    "/feedback": ("Feedback", "answers of"),
    "/effect": ("Programme effect", "There is no number"),  # a small market: the refusal is what must be right
    "/summary": ("Executive summary, Nov 2023 to Oct 2026", "There is no number"),
    "/materials": ("Materials", "hold something that is out of date"),
    "/campaigns": ("Campaigns", "practices introduced"),
    "/gifts?year=2026": ("Gifts", "of the limit"),
    "/barriers": ("Barriers", "barriers are open"),
    "/data": ("Data", "referrals from Nov 2023 to Oct 2026"),
}
PARTS = ("bring", "imports", "quality", "merges", "records", "market", "definitions")
# What Streamlit's own elements do; named, so that a finding of ours is never among them.
FRAMEWORK = {
    ("color-contrast", "stMetricDeltaDescription"),  # its words are the text at 60%: 4.3 to 1
    ("list", "stSidebarNavItems"),  # the phone's menu: a list with other things in it
    ("listitem", "stSidebarNavItems"),
}


# A map and a heat map: what a wide window shows, and a phone does not.
WIDE = ("/territories", "/leakage")


def looks() -> list[object]:
    """Every page on a phone, and what is drawn wide in the light, in every run; the rest before something is done."""
    every = [(path, look) for path in PAGES for look in LOOKS]
    always = [(path, look) for path, look in every if look == "phone" or (look == "light" and path in WIDE)]
    return [each if each in always else pytest.param(*each, marks=pytest.mark.audit) for each in every]


@pytest.mark.parametrize(("path", "look"), looks())
def test_a_page_says_its_sentence_and_hides_nothing_from_axe(visit: Callable[..., Visit], path: str, look: str) -> None:
    seen = visit(look)
    page = seen.open(path)
    name, sentence = PAGES[path]
    assert page.locator("h1").inner_text() == name
    assert sentence in seen.sentence()
    assert page.locator('[data-testid="stException"], [role="alert"]').count() == 0
    assert "fictional" in page.locator(".st-key-banner").inner_text()
    assert sideways(seen) <= 0, "the page scrolls sideways"
    assert findings(seen) == []
    if look == "phone":
        assert unhandy(page) == []


@pytest.mark.audit
@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_on_paper_without_what_only_a_screen_needs(visit: Callable[..., Visit], path: str) -> None:
    seen = visit()
    page = seen.open(path)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": PAPER, "height": 1000})
    page.wait_for_timeout(600)
    assert sideways(seen) <= 0, "the paper is too narrow"
    assert page.locator("h2").first.is_visible()
    for screen_only in ('[data-testid="stHeader"]', ".st-key-filters", '[data-testid="stDeckGlJsonChart"]'):
        assert not page.locator(screen_only).first.is_visible()


def sideways(seen: Visit) -> int:
    """px by which the page is wider than its window."""
    found: int = seen.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return found


# The rectangle that one drags on a chart, and its ground: Vega draws them, and gives them no words.
DRAGGED = ("svg-img-alt", "box_brush")


def findings(seen: Visit) -> list[str]:
    """What axe finds that is not the framework's: rule and place."""
    found = Axe().run(seen.page).response["violations"]
    told = []
    for rule in found:
        for node in rule["nodes"]:
            place = " ".join(str(part) for part in node["target"])
            if not framework(seen, rule["id"], place):
                told.append(f"{rule['id']} at {place}: {node['html'][:120]}")
    return told


def framework(seen: Visit, rule: str, place: str) -> bool:
    inside = seen.page.locator(place).first
    if (rule, DRAGGED[1]) == DRAGGED and DRAGGED[1] in place:
        return True
    owners = {owner for name, owner in FRAMEWORK if name == rule}
    return any(inside.locator(f'xpath=ancestor-or-self::*[@data-testid="{owner}"]').count() for owner in owners)


@pytest.mark.audit
def test_every_part_of_the_data_page_is_clean_for_axe(visit: Callable[..., Visit]) -> None:
    seen = visit("dark")
    for part in PARTS:
        page = seen.open(f"/data?part={part}")
        assert page.get_by_test_id("stException").count() == 0
        assert [f"{part}: {told}" for told in findings(seen)] == []


@pytest.mark.parametrize("look", ["light", "dark"])
def test_the_ground_has_the_colour_of_its_theme(visit: Callable[..., Visit], look: str) -> None:
    page = visit(look).open("/")
    colour = page.evaluate("getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor")
    assert colour == {"light": "rgb(255, 255, 255)", "dark": "rgb(16, 23, 30)"}[look]
    font = page.evaluate("getComputedStyle(document.querySelector('h2')).fontFamily")
    assert font.startswith("Plex")
    assert page.evaluate("document.fonts.check('16px Plex')")


def test_on_a_phone_filters_are_one_popover_and_the_heat_map_is_a_list(visit: Callable[..., Visit]) -> None:
    seen = visit("phone")
    page = seen.open("/leakage")
    assert page.locator('[data-testid="stVegaLiteChart"] path[aria-label*="row:"]').count() == 0
    assert page.locator(".lz-lose").count() >= 5
    page.get_by_role("button", name="Filters").click()
    seen.choose("Territory", "Western counties")
    seen.until_url("territory=T5")


def test_a_first_start_makes_the_demo_market_with_a_bar_and_opens_on_it(
    visit: Callable[..., Visit], start: Callable[..., App], tmp_path: Path
) -> None:
    seen = visit(to=start(own=tmp_path / "own", demo=tmp_path / "demo"))
    page = seen.open("/")
    page.get_by_role("progressbar").first.wait_for()
    assert "A fictional market is being made" in seen.sentence()
    page.get_by_text("went out of network").first.wait_for(timeout=90_000)
    assert page.locator("h1").inner_text() == "Overview"
