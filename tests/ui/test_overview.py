"""The Overview in this process: what it says is what the commands count, and every sentence leads on."""

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from liaison.access import owner
from liaison.config import Settings
from liaison.facts.home import Home
from liaison.metrics.changes import changes
from liaison.metrics.filters import Filters
from liaison.metrics.findings.changes import what_moved
from liaison.metrics.leakage import leakage
from liaison.metrics.stuck import stuck
from liaison.metrics.volume import volume
from liaison.ui.overview.changed import figure, words
from liaison.ui.overview.lines import round_up
from liaison.vocabulary import Audience
from tests.metrics.test_changes import pair
from tests.ui.conftest import said

App = Callable[..., AppTest]
INSIDE = Audience.inside


def text(test: AppTest) -> str:
    return unescape(re.sub(r"<[^>]+>", "", said(test)))


@pytest.mark.parametrize("params", [{}, {"territory": "T1"}, {"line": "neurology", "window": "6m"}])
def test_tiles_and_sentences_are_what_the_commands_count(app: App, small_market: Path, params: dict[str, str]) -> None:
    page = app(**params)
    assert not page.exception
    first = "2026-05" if params.get("window") == "6m" else "2025-11"
    asked = Filters(first=first, territory=params.get("territory"), service_line=params.get("line"))
    home = Home.open(Settings(home=small_market))
    live = home.live()
    shown = {metric.label: metric.value for metric in page.metric}
    assert shown["Referrals"] == str(volume(live, owner(), INSIDE, asked).total)
    assert shown["Leakage"] == str(leakage(live, owner(), INSIDE, asked).total)
    assert shown["Stuck referrals"] == str(stuck(live, owner(), INSIDE, asked).total)
    told = changes(live, owner(), INSIDE, asked)
    assert told.headline in text(page)
    for change in told.said[:8]:
        assert change.says in text(page)
    home.close()


def test_every_service_line_has_a_box_that_opens_its_leakage(app: App) -> None:
    page = app(territory="T1")
    boxes = said(page).count('<div class="lz-box">')
    ways = [link.proto.query_string for link in page.get("page_link") if "line=" in link.proto.query_string]
    assert boxes >= 10
    assert len(ways) >= boxes
    assert all("territory=T1" in way for way in ways)
    assert len(re.findall(r'<img alt="[^"]+: leakage by month, ', said(page))) == boxes


def test_lapsed_practices_lead_to_their_list(app: App) -> None:
    ways = [link.proto.query_string for link in app().get("page_link")]
    assert "movement=lapsed" in ways


def test_an_instance_for_outsiders_shows_the_figures_and_says_what_is_not_shown(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIAISON_AUDIENCE", "outside")
    page = app()
    assert not page.exception
    assert {metric.label for metric in page.metric} == {
        "Referrals",
        "Leakage",
        "Destination unknown",
        "Stuck referrals",
    }
    assert "not shown outside the team" in text(page)
    assert 'class="lz-box"' not in said(page)


def test_a_window_without_referrals_offers_to_clear_the_filters(app: App) -> None:
    page = app(window="2019-01_2019-02")
    assert "No referral matches these filters" in text(page)


def test_a_sentence_has_its_figure_and_its_part_before_the_interval_strong() -> None:
    (change,) = what_moved([pair((1000, 200, 1000, 0), (1000, 300, 1000, 0), "Ear & <nose>")])
    assert figure(change) == "\u2191 30%"
    html = words(change)
    assert "<strong>Ear &amp; &lt;nose&gt; leakage rose to 30% from 20% in Sep 2026</strong> (" in html


@pytest.mark.parametrize(("most", "end"), [(948, 1000), (1204, 1500), (1150, 1200), (7, 8), (0, 1), (10, 10)])
def test_a_scale_ends_at_a_round_number(most: int, end: int) -> None:
    assert round_up(most) == end
