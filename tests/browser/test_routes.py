"""Routes on a phone: plan today, drop a stop, find the way, open the practice; and the planned page for everybody."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from liaison.config import Settings
from liaison.facts.home import Home
from liaison.jobs.ranked import bring_up_to_date
from liaison.planning.stored.made import plan_everybody
from tests.browser.conftest import LOOKS, App, Visit
from tests.browser.test_pages import findings, sideways
from tests.browser.thumb import unhandy

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def ranked(start: Callable[..., App], small_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> App:
    """The app over a copy of the small market that has a list, and no plan."""
    folder = tmp_path_factory.mktemp("routes") / "demo"
    shutil.copytree(small_demo, folder, ignore=shutil.ignore_patterns("worker", "*.lock"))
    home = Home.open(Settings(home=folder))
    bring_up_to_date(home, lambda share, doing: None, looks_back=False)
    home.close()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LIAISON_ROUTE_SECONDS", "0.1")
        return start(demo=folder)


def test_a_phone_plans_today_drops_a_stop_finds_the_way_and_opens_the_practice(
    visit: Callable[..., Visit], ranked: App
) -> None:
    seen = visit("phone", to=ranked)
    page = seen.open("/routes")
    seen.press("Plan this week")
    stops = page.locator('[class*="st-key-stop-"]')
    stops.first.wait_for()
    name = stops.first.locator("h4").inner_text()
    stops.first.get_by_role("button", name="Change").click()
    seen.settle()
    seen.press("Drop")
    page.get_by_text(f"Without {name}").first.wait_for()
    seen.settle()
    assert name not in stops.locator("h4").all_inner_texts()
    asked = len(seen.outside)
    way = stops.first.get_by_role("link", name="in Google")
    assert str(way.get_attribute("href")).startswith("https://www.google.com/maps/dir/?api=1&destination=")
    assert way.get_attribute("target") == "_blank"
    assert len(seen.outside) == asked == 0, "nothing is asked of a map before a click"
    assert unhandy(page) == []
    _plans_on_from_here(seen)
    next_one = stops.first.locator("h4").inner_text()
    stops.first.get_by_test_id("stPageLink-NavLink").filter(has_text="Practice").click()
    seen.until_url("list=route")
    page.get_by_role("heading", level=1, name=next_one).wait_for()


def _plans_on_from_here(seen: Visit) -> None:
    """Where the plan is for today: the rest of it is planned anew from where one is. Late in the day it is not."""
    page = seen.page
    here = page.get_by_role("button", name="I am here")
    if not here.count():
        return
    here.click()
    page.get_by_label("It is").first.fill("08:30")
    page.get_by_label("It is").first.press("Enter")
    seen.settle()
    seen.press("Plan the rest of today")
    page.get_by_text("from 08:30").first.wait_for()
    seen.settle()


@pytest.mark.audit
@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("path", ["/routes?liaison=L1", "/routes?liaison=L1&day=week"])
def test_a_planned_day_hides_nothing_from_axe(visit: Callable[..., Visit], ranked: App, path: str, look: str) -> None:
    home = Home.open(Settings(home=ranked.demo))
    plans = plan_everybody(home, actor="owner")
    home.close()
    week = plans["L1"].week.isoformat()
    seen = visit(look, to=ranked)
    page = seen.open(path.replace("day=week", f"day=week-{week}"))
    assert "of driving" in seen.sentence()
    assert page.locator('[data-testid="stException"], [role="alert"]').count() == 0
    assert sideways(seen) <= 0, "the page scrolls sideways"
    assert findings(seen) == []
    if look == "phone":
        assert unhandy(page) == []
