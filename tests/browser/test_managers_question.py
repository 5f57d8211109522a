"""Where do we lose neurology, to whom, why, and which three practices first? From a cold start, in six clicks."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from liaison.access import owner
from liaison.config import Settings
from liaison.facts.home import Home
from liaison.metrics.come_home import come_home
from liaison.metrics.filters import Filters
from liaison.metrics.leakage import leakage
from liaison.vocabulary import Audience
from tests.browser.conftest import App, Visit

pytestmark = pytest.mark.browser
ASKED = Filters(first="2025-11", last="2026-10", service_line="neurology")
CLICKS, SECONDS = 6, 60


def answers(home: Home) -> dict[str, str]:
    """What the commands print to the same question."""
    live, viewer = home.live(), owner()
    whom = leakage(live, viewer, Audience.inside, ASKED, "organisation").rows[0]
    why = next(r for r in leakage(live, viewer, Audience.inside, ASKED, "cause").rows if r.key != "(none)")
    first = [row.label for row in come_home(live, viewer, Audience.inside, ASKED).rows[:3]]
    total = leakage(live, viewer, Audience.inside, ASKED).total
    return {"where": f"{total.numerator:,}", "whom": whom.label, "why": why.label, "first": ", ".join(first)}


@pytest.mark.audit
def test_the_managers_question_is_answered_in_six_clicks_and_a_minute(
    visit: Callable[..., Visit], start: Callable[..., App], small_demo: Path
) -> None:
    home = Home.open(Settings(home=small_demo))
    known = answers(home)
    home.close()
    began = time.monotonic()
    seen = visit(to=start())  # a process that nobody has asked anything yet
    page = seen.open("/")
    clicks = 0

    def click(what: Callable[[], object]) -> None:
        nonlocal clicks
        clicks += 1
        what()
        seen.settle()

    click(page.get_by_test_id("stTopNavSection").first.click)
    click(page.get_by_role("menuitem", name="Leakage").click)
    line = page.locator('[data-testid="stSelectbox"]').filter(has=page.get_by_label("Service line", exact=True)).first
    click(line.click)
    click(page.get_by_role("option", name="Neurology", exact=True).click)
    # Where: the tile; to whom and why: the findings; which three first: the head of the table below.
    assert page.get_by_test_id("stMetricValue").nth(1).inner_text() == known["where"]
    said = page.locator("h3").all_inner_texts()
    assert any(known["whom"] in finding for finding in said)
    assert any(known["why"] in finding for finding in said)
    by_name = " ".join(said)
    table = page.get_by_test_id("stDataFrame").last
    shown = " ".join(table.locator("td, [role=gridcell]").all_text_contents()) + by_name
    assert [name for name in known["first"].split(", ") if name not in shown] == []
    assert clicks <= CLICKS
    assert time.monotonic() - began < SECONDS
