"""The brief's page: one practice by its link, a promise kept by one press, and who is asked when none is named."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from liaison.facts.home import Home
from liaison.fieldwork.panels import panels
from liaison.fieldwork.promises import open_promises
from liaison.store import reading
from liaison.ui.clock import today
from tests.ui.conftest import said

PAGE = "pages/do/brief.py"
App = Callable[..., AppTest]


@pytest.fixture
def small_market(quiet_market: Path) -> Path:
    """What these tests put on a page is all that is there."""
    return quiet_market


def opened(app: App, **params: str) -> AppTest:
    test = app()
    test.switch_page(PAGE)
    for name, value in params.items():
        test.query_params[name] = value
    return test.run()


def test_a_brief_by_its_link_and_its_promise_kept_by_one_press(app: App, home: Home) -> None:
    with reading(home.store) as connection:
        promise = open_promises(connection)[0]
    assert promise.practice_id
    test = opened(app, practice=promise.practice_id)
    assert not test.exception
    words = said(test)
    assert f"Brief: {promise.practice}" in words
    assert f"“{promise.what}”. Say where it stands." in words
    for part in ("How to begin", "Why now", "Last touches", "Who is there", "in today"):
        assert part in words
    test.button(key="brief-kept").click().run()
    assert not test.exception
    assert "Promised by" not in said(test)
    with reading(home.store) as connection:
        assert open_promises(connection, [promise.practice_id]) == ()


def test_without_a_practice_or_with_one_that_nobody_knows_it_asks_which(app: App, home: Home) -> None:
    test = opened(app, practice="nowhere")
    assert "Which practice are you about to see?" in said(test)
    assert "practice" not in test.query_params
    assert "The link named a practice that is not on record here. It was left away." in said(test)
    first = test.selectbox(key="brief-which").options[0]
    test.selectbox(key="brief-which").select_index(0).run()
    assert f"Brief: {first}" in said(test)


def test_my_day_lists_what_is_late_and_one_press_keeps_a_promise_and_takes_it_back(app: App, home: Home) -> None:
    with reading(home.store) as connection:
        before = len(open_promises(connection))
    test = app()
    test.switch_page("pages/do/my_day.py").run()
    assert not test.exception
    assert "things are late" in said(test) or "thing is late" in said(test)
    test.button(key="settle-late-0").click().run()
    assert not test.exception
    assert "Settled: " in said(test)
    with reading(home.store) as connection:
        assert len(open_promises(connection)) == before - 1
    test.button(key="my-day-undo").click().run()
    with reading(home.store) as connection:
        assert len(open_promises(connection)) == before
    test.query_params["view"] = "week"
    assert "My week" in said(test.run())


def test_the_team_is_listed_by_name_and_a_picked_one_shows_what_is_overdue(app: App, home: Home) -> None:
    test = app()
    test.switch_page("pages/do/team.py").run()
    assert not test.exception
    assert "seen in cadence" in said(test)
    names = test.dataframe[0].value["name"].tolist()
    assert names == sorted(names)
    assert len(names) > 1
    test.query_params["liaison"] = "L1"
    test.run()
    assert not test.exception
    assert " overdue" in said(test)
    assert "The longest late first" in said(test)


def test_a_panel_is_handed_over_as_it_was_shown_and_the_page_says_so(app: App, home: Home) -> None:
    with reading(home.store) as connection:
        before = panels(connection, today()).of
    hers = {place for place, who in before.items() if who == ("L1",)}
    test = app()
    test.switch_page("pages/do/team.py").run()
    test.button(key="hand-over-open").click().run()
    test.query_params["hand-over"] = "L1"
    test.run()
    now = date.fromisoformat(today())
    test.date_input(key="hand-over-until").set_value(now).run()
    assert "hand-over-go" not in [button.key for button in test.button]  # nobody takes it yet
    test.selectbox(key="hand-over-to-L1").set_value("L2").run()
    assert "The last day away is before the first" in said(test)
    test.date_input(key="hand-over-on").set_value(now).run()
    assert f"takes {len(hers):,} practices from" in said(test)
    test.button(key="hand-over-go").click().run()
    assert not test.exception
    assert f"Handed over: {len(hers):,} practices of" in said(test)
    with reading(home.store) as connection:
        assert {panels(connection, today()).of[place] for place in hers} == {("L2",)}
        back = panels(connection, (now + timedelta(days=1)).isoformat()).of
    assert {back[place] for place in hers} == {("L1",)}
