"""Programme effect and Executive summary over a market with a figure: seen by everybody, on a phone, on one sheet."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.conftest import LOOKS, App, Visit
from tests.browser.test_pages import PAPER, findings, sideways
from tests.browser.thumb import unhandy

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def estimated(start: Callable[..., App], estimated_market: Path, tmp_path_factory: pytest.TempPathFactory) -> App:
    folder = tmp_path_factory.mktemp("estimated") / "demo"
    shutil.copytree(estimated_market, folder, ignore=shutil.ignore_patterns("worker", "*.lock"))
    return start(demo=folder)


def looked_at(seen: Visit, path: str, look: str) -> None:
    page = seen.open(path)
    assert "cannot tell" in seen.sentence()
    assert page.locator('[data-testid="stException"], [role="alert"]').count() == 0
    assert page.locator('[data-testid="stMetric"]').count() == 4
    assert sideways(seen) <= 0
    assert findings(seen) == []
    if look == "phone":
        assert unhandy(page) == []


def test_a_phone_reads_the_figure_and_its_checks(visit: Callable[..., Visit], estimated: App) -> None:
    seen = visit("phone", to=estimated)
    looked_at(seen, "/effect", "phone")
    assert seen.page.locator(".lz-checks [role=listitem]").count() >= 12


@pytest.mark.audit
def test_the_summary_is_one_sheet_of_paper(visit: Callable[..., Visit], estimated: App) -> None:
    seen = visit(to=estimated)
    page = seen.open("/summary")
    assert "These data cannot tell yet" in seen.sentence()
    page.emulate_media(media="print")
    page.set_viewport_size({"width": PAPER, "height": 1000})
    page.wait_for_timeout(600)
    assert sideways(seen) <= 0
    assert not page.locator(".st-key-on-screen").first.is_visible()
    assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 1


@pytest.mark.audit
@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("path", ["/effect", "/effect?span=year&by=service", "/summary", "/summary?span=year"])
def test_every_look_hides_nothing_from_axe(visit: Callable[..., Visit], estimated: App, path: str, look: str) -> None:
    looked_at(visit(look, to=estimated), path, look)
