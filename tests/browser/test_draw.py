"""A manager draws territories, gives an area away, sees what it costs, and adopts from the first of a month."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from liaison.config import Settings
from liaison.facts.home import Home
from liaison.planning.territories.areas import DrawnFrom
from liaison.planning.territories.made import draw_up
from tests.browser.conftest import App, Visit
from tests.browser.thumb import unhandy

pytestmark = [pytest.mark.browser, pytest.mark.audit]  # its parts are tested in the fast suite


def test_a_proposal_is_changed_and_adopted_and_fits_a_thumb(
    visit: Callable[..., Visit], start: Callable[..., App], small_demo: Path, tmp_path: Path
) -> None:
    demo = tmp_path / "demo"
    shutil.copytree(small_demo, demo, ignore=shutil.ignore_patterns("worker", "*.lock"))
    home = Home.open(Settings(home=demo))
    draft = draw_up(home, lambda share, words: None, by=DrawnFrom.county, actor="owner")
    home.close()
    app = start(demo=demo)
    area, people = draft.market.areas[0], [one.name for one in draft.market.people]
    seen = visit(to=app)
    page = seen.open("/draw-territories")
    assert "from what is due" in seen.sentence()
    seen.choose("Area or practice", area.name)
    other = next(name for name in people if name != people[draft.of[0]])
    page.get_by_role("radio", name=other).or_(page.get_by_role("button", name=other, exact=True)).first.click()
    seen.settle()
    seen.press(f"Give to {other}")
    page.get_by_text(f"{area.name} is with {other}").first.wait_for()
    seen.press("Adopt")
    page.get_by_text("Adopted: it holds from").first.wait_for()
    phone = visit("phone", to=app)
    assert unhandy(phone.open("/draw-territories")) == []
