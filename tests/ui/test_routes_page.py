"""Routes: a week planned at once, changed with what it costs, locked, and never over somebody else's change."""

import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from liaison.config import Settings
from liaison.facts.home import Home
from liaison.jobs import queue
from liaison.jobs.ranked import bring_up_to_date
from liaison.planning.stored.edits import Editor
from liaison.planning.stored.made import plan_at_once
from liaison.planning.stored.plans import StoredPlan, monday, stored_plan
from liaison.reports.calendar_feed import calendar_feed_file
from liaison.store import reading
from liaison.ui import calendar_route
from tests.ui.conftest import said

PAGE = "pages/plan/routes.py"
App = Callable[..., AppTest]


@pytest.fixture(scope="module")
def made(small_market: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small market with a list of next visits."""
    folder = tmp_path_factory.mktemp("routes") / "demo"
    shutil.copytree(small_market, folder, ignore=shutil.ignore_patterns("worker", "*.lock"))
    home = Home.open(Settings(home=folder))
    bring_up_to_date(home, lambda share, doing: None, looks_back=False)
    home.close()
    return folder


@pytest.fixture
def home(made: Path, tmp_path: Path, app: App, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A market of this test's own, whose worker searches for a moment only."""
    folder = tmp_path / "demo"
    shutil.copytree(made, folder, ignore=shutil.ignore_patterns("worker", "*.lock"))
    monkeypatch.setenv("LIAISON_DEMO_HOME", str(folder))
    monkeypatch.setenv("LIAISON_ROUTE_SECONDS", "0.05")
    return Home.open(Settings(home=folder))


def opened(app: App, **params: str) -> AppTest:
    test = app()
    test.switch_page(PAGE)
    for name, value in params.items():
        test.query_params[name] = value
    return test.run()


def first_view(home: Home, test: AppTest) -> tuple[str, date]:
    """Whose week the page shows: the person and its Monday."""
    person = str(test.selectbox(key="option-liaison").value)
    day = str(test.selectbox(key="option-day").value)
    return person, monday(date.fromisoformat(day))


def standing(home: Home, test: AppTest) -> StoredPlan:
    with reading(home.store) as connection:
        found = stored_plan(connection, *first_view(home, test))
    assert found is not None
    return found


def planned(app: App, home: Home) -> AppTest:
    """The page over a plan that stands."""
    test = opened(app)
    plan_at_once(home, *first_view(home, test), actor="owner")
    return test.run()


def shown(test: AppTest, home: Home) -> list[str]:
    """Practices of the day that is shown, in order."""
    day = date.fromisoformat(str(test.selectbox(key="option-day").value))
    return [stop.practice_id for stop in standing(home, test).of(day)]


def test_a_week_that_nobody_planned_is_planned_at_once_and_searched_on(app: App, home: Home) -> None:
    test = opened(app)
    assert "has no plan for this week yet" in said(test)
    test.button(key="plan-week").click().run()
    assert not test.exception
    assert "of driving, back at" in said(test)
    assert shown(test, home)
    assert [job.kind for job in queue.jobs(home) if job.kind == "route"] == ["route"]


def test_a_stop_is_dropped_with_what_it_costs_and_taken_back(app: App, home: Home) -> None:
    test = planned(app, home)
    first = shown(test, home)[0]
    test.button(key=f"open-{first}").click().run()
    test.button(key=f"drop-{first}").click().run()
    assert first not in shown(test, home)
    assert "Without" in said(test)
    assert "less driving" in said(test) or "value" in said(test)
    test.button(key=f"back-{first}").click().run()
    assert first in shown(test, home)
    assert not test.exception


def test_an_order_by_hand_stays_as_it_was_made(app: App, home: Home) -> None:
    test = planned(app, home)
    before = shown(test, home)
    test.button(key=f"open-{before[0]}").click().run()
    test.button(key=f"later-{before[0]}").click().run()
    assert shown(test, home) == [before[1], before[0], *before[2:]]


def test_a_locked_day_says_so_and_its_plan_is_shown_for_the_week_too(app: App, home: Home) -> None:
    test = planned(app, home)
    test.button(key="lock").click().run()
    assert "Locked: nothing planned anew touches it." in said(test)
    week = first_view(home, test)[1]
    test = opened(app, day=f"week-{week.isoformat()}")
    assert "stops in the week of" in said(test)
    assert said(test).count("Locked") == 1


def test_a_change_over_somebody_elses_is_told_and_not_made(app: App, home: Home) -> None:
    test = planned(app, home)
    mine, theirs = shown(test, home)[:2]
    test.button(key=f"open-{mine}").click().run()
    Editor(home, *first_view(home, test), standing(home, test).revision, "Dan").drop(theirs)
    test.button(key=f"drop-{mine}").click().run()
    assert "Dan changed this plan while you had it open" in said(test)
    assert mine in shown(test, home)


def test_ways_into_ones_own_map_are_links_and_drive_times_say_that_they_are_estimated(app: App, home: Home) -> None:
    words = said(planned(app, home))
    for start in ("https://www.google.com/maps/dir/", "https://maps.apple.com/", "https://waze.com/ul"):
        assert f'href="{start}' in words
    assert 'rel="noopener noreferrer"' in words
    assert "Drive times are estimated from the distance" in words


def test_the_page_is_for_the_team_only(app: App, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIAISON_AUDIENCE", "outside")
    assert "Single practices are not shown outside the team" in said(opened(app))


def test_a_calendar_subscribes_where_a_server_runs_and_is_told_where_none_does(
    app: App, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calendar_route, "_served", [])
    test = planned(app, home)
    assert "started by: python -m liaison serve" in said(test)
    calendar_route.route(lambda: [home])
    test.run()
    assert "has no address yet" in said(test)
    test.button(key="feed-new").click().run()
    assert not test.exception
    token = test.code[0].value.rsplit("/calendar/", 1)[1].removesuffix(".ics")
    assert calendar_feed_file(home, token, datetime.now(UTC)) is not None
    test.button(key="feed-revoke").click().run()
    assert not test.code
    assert calendar_feed_file(home, token, datetime.now(UTC)) is None


def test_the_teams_week_says_who_has_no_plan_and_what_each_day_holds(app: App, home: Home) -> None:
    person, week = first_view(home, opened(app))
    plan = plan_at_once(home, person, week, actor="owner")
    test = app()
    test.switch_page("pages/plan/week.py")
    test.query_params["week"] = week.isoformat()
    words = said(test.run())
    assert not test.exception
    assert f"{len(plan.made)} visits by one person" in words
    assert "have no plan yet" in words
    assert f"<b>{len(plan.made)} stops</b>" in words
