"""Events: planned, practices invited from a list that is cut, a list of who came taken, follow-ups made."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from liaison.config import Settings
from liaison.facts.home import Home
from liaison.fieldwork.inviting import change_event
from liaison.fieldwork.one_event import EventFile, event_file, events
from liaison.store import reading
from tests.ui.conftest import said

PAGE = "pages/do/events.py"


@pytest.fixture
def small_market(quiet_market: Path) -> Path:
    """What these tests put on a page is all that is there."""
    return quiet_market


def test_an_event_is_planned_invited_to_attended_and_followed_up(
    small_market: Path, app: Callable[..., AppTest], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "demo"
    shutil.copytree(small_market, folder, ignore=shutil.ignore_patterns("worker", "*.lock"))
    monkeypatch.setenv("LIAISON_DEMO_HOME", str(folder))
    home = Home.open(Settings(home=folder))

    def about() -> EventFile:
        with reading(home.store) as connection:
            return event_file(connection, events(connection)[0].event_id)

    test = app(PAGE)
    assert "No events are planned yet" in said(test)
    test.text_input(key="event-new-title").set_value("When to refer a tremor")
    test.button(key="FormSubmitter:event-new-Plan event").click().run()
    assert test.query_params["event"] == about().row.event_id
    assert "0 practices were invited" in said(test)
    territory = test.selectbox(key="event-cut-territory")
    every = test.button(key="event-invite").label
    territory.select_index(1).run()
    left = test.button(key="event-invite").label
    assert int(left.split()[1]) < int(every.split()[1])
    test.button(key="event-invite").click().run()
    assert left == f"Invite {len(about().invited)} practices"
    assert test.button(key="event-invite").disabled  # the rest of that territory: nobody is invited twice

    change_event(home.store, about(), {"starts_at": "2026-10-01T12:00", "capacity": 1}, actor="ann")
    test.query_params["view"] = "came"
    test.run()
    first = about().invited[0]
    test.text_area(key="event-paste").set_value(f"Somebody New, {first.practice}\nNobody at all")
    test.button(key="event-take").click().run()
    assert "2 to decide below" in said(test)
    assert about().attended == ()  # nothing doubtful is taken by itself
    test.button(key="event-is-0-0").click().run()
    (came,) = about().attended
    assert (came.name, came.practice_id, came.recorded) == ("Somebody New", first.practice_id, "typed")
    assert "1 person of 1 practice came" in said(test)
    test.button(key="event-out-0").click().run()
    assert "Nobody at all" not in said(test)

    test.query_params["view"] = "follow"
    test.run()
    test.button(key="FormSubmitter:event-follow-Make a task").click().run()
    (task,) = about().tasks
    assert (task.practice_id, task.what) == (first.practice_id, "Ask what they thought of it")
    test.button(key=f"done-{task.task_id}").click().run()
    assert about().tasks[0].done_on is not None
    home.close()
