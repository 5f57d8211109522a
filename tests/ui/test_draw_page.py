"""Draw territories: drawn by the worker, changed at once, brought up to date, adopted from a day on."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from liaison.config import Settings
from liaison.facts.home import Home
from liaison.fieldwork import write
from liaison.fieldwork.hand_over import in_charge
from liaison.jobs import queue
from liaison.jobs.work import work
from liaison.planning.territories.areas import DrawnFrom
from liaison.planning.territories.drafts import Draft, stored_draft
from liaison.planning.territories.made import Editor, draw_up
from liaison.store import reading, writing
from liaison.ui.draw.adoption import first_days
from tests.ui.conftest import said

PAGE = "pages/plan/draw.py"
App = Callable[..., AppTest]


@pytest.fixture(scope="module")
def drawn(small_market: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small market with a proposal."""
    folder = tmp_path_factory.mktemp("draw") / "demo"
    shutil.copytree(small_market, folder, ignore=shutil.ignore_patterns("worker", "*.lock"))
    home = Home.open(Settings(home=folder))
    draw_up(home, lambda share, words: None, by=DrawnFrom.county, actor="owner")
    home.close()
    return folder


@pytest.fixture
def home(drawn: Path, tmp_path: Path, app: App, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A market of this test's own."""
    folder = tmp_path / "demo"
    shutil.copytree(drawn, folder, ignore=shutil.ignore_patterns("worker", "*.lock"))
    monkeypatch.setenv("LIAISON_DEMO_HOME", str(folder))
    return Home.open(Settings(home=folder))


def standing(home: Home) -> Draft:
    with reading(home.store) as connection:
        found = stored_draft(connection)
    assert found is not None
    return found


def test_nothing_is_drawn_yet_and_one_button_asks_the_worker(app: App) -> None:
    test = app(PAGE)
    assert "No territories have been drawn yet" in said(test)
    assert test.button(key="draw-first").label == "Draw territories"


def test_the_job_draws_a_proposal(home: Home) -> None:
    asks = {"by": "county", "people": ["L1", "L2"], "tolerance": 0.1, "hand_over": 0.0, "split": True}
    job = queue.get(home, queue.enqueue(home, "territories", asks, asked_by="ann"))
    told = work(home, job, lambda share, words: None)
    now = standing(home)
    assert told == {"draft": now.draft_id, "revision": 1}
    assert (len(now.market.people), now.by, now.changed_by) == (2, DrawnFrom.county, "ann")


def test_an_area_given_away_is_weighed_at_once_and_others_changes_are_not_lost(app: App, home: Home) -> None:
    draft, test = standing(home), app(PAGE)
    area = draft.market.areas[0].id
    key = f"draw-pick-{draft.revision}-None"
    test.selectbox(key=key).set_value(area).run()
    other = next(one.id for n, one in enumerate(draft.market.people) if n != draft.of[0])
    test.button_group(key=f"draw-to-{draft.revision}-{area}").set_value(other).run()
    test.button(key="draw-give").click().run()
    assert not test.exception
    now = standing(home)
    assert (now.revision, now.market.people[now.of[0]].id) == (2, other)
    back = draft.market.people[draft.of[0]].id
    test.button_group(key=f"draw-to-2-{area}").set_value(back).run()
    Editor(home, now.draft_id, now.revision, "Dan").move_area(area, back)
    test.button(key="draw-give").click().run()
    assert "Dan changed this proposal while you had it open" in said(test)


def test_it_is_adopted_from_the_first_of_a_month_and_says_so(app: App, home: Home) -> None:
    draft = standing(home)
    with writing(home.store) as connection:
        write(connection, "people", [{"person_id": "L9", "name": "New"}], "ann")
    test = app(PAGE)
    assert "have changed since this was drawn" in said(test)
    assert test.button(key="draw-adopt-go").disabled
    test.button(key="draw-up-to-date").click().run()
    test.button(key="draw-adopt-go").click().run()
    assert not test.exception
    assert "Adopted: it holds from" in said(test)
    with reading(home.store) as connection:
        held = in_charge(connection, "2100-01-01")
    assert {practice: held[practice] for practice in draft.whose} == dict(standing(home).whose)
    assert [job.kind for job in queue.jobs(home) if job.kind == "recount"] == ["recount"]


def test_days_to_adopt_from_are_the_first_of_the_coming_months() -> None:
    days = first_days("2026-11-17")
    assert (days[0], days[1], days[-1], len(days)) == (date(2026, 12, 1), date(2027, 1, 1), date(2027, 11, 1), 12)


def test_the_page_is_for_the_team_only(app: App, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIAISON_AUDIENCE", "outside")
    assert "Single practices are not shown outside the team" in said(app(PAGE))
