"""Log a visit: what the form says is saved with its barrier, a change keeps what it does not show, a void is struck."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from liaison import fieldwork
from liaison.config import Settings
from liaison.facts.home import Home
from liaison.fieldwork.logged import latest_visits
from liaison.store import reading, writing
from tests.ui.conftest import said

PAGE = "pages/do/log.py"


@pytest.fixture
def own(own_home: Path) -> Iterator[Home]:
    home = Home.open(Settings(home=own_home))
    with writing(home.store) as conn:
        places = [
            {"practice_id": "P1", "name": "Elm St", "city": "Boone", "zip": "28607"},
            {"practice_id": "P2", "name": "Ash Rd", "city": "Asheville", "zip": "28801"},
        ]
        fieldwork.write(conn, "practices", places, "ann")
        fieldwork.write(conn, "people", [{"person_id": "L1", "name": "Ann"}, {"person_id": "L2", "name": "Bo"}], "ann")
        fieldwork.write(conn, "contacts", [{"practice_id": "P1", "name": "Ida Moss"}], "ann")
        today = datetime.now(home.settings.time_zone).date().isoformat()
        theirs = {"visit_id": "V1", "person_id": "L2", "practice_id": "P1", "date": today, "materials": "M1"}
        fieldwork.write(conn, "visits", [theirs], "ann")
    yield home
    home.close()


def widget(test: AppTest, kind: str, label: str) -> Any:
    every: Any = test.get(kind)
    return next(each for each in every if each.label == label)


def press(test: AppTest, label: str) -> AppTest:
    widget(test, "button", label).click()
    return test.run()


def test_a_visit_is_logged_changed_and_voided(app: Callable[..., AppTest], own: Home) -> None:
    test = app(PAGE, home="own", practice="P1", liaison="L1")
    assert "What happened at Elm St?" in said(test)
    assert "Bo logged a visit here on" in said(test)
    widget(test, "text_input", "Next step").set_value("y" * 2_001)
    test.run()
    assert "Next step: 1 of 2,001 characters too many. At most 2,000 can be kept" in said(test)
    assert len(widget(test, "text_input", "Next step").value) == 2_001
    widget(test, "text_input", "Next step").set_value("Call back")
    test.run()
    assert "Begun and not logged" not in said(app(PAGE, home="own", practice="P1", liaison="L2"))  # not theirs
    test = app(PAGE, home="own", liaison="L1")  # the tab was closed
    assert "Begun and not logged: Elm St" in said(test)
    press(test, "Go on")
    assert "What happened at Elm St?" in said(test)
    assert widget(test, "text_input", "Next step").value == "Call back"
    press(test, "In a week")
    widget(test, "text_area", "What happened").set_value("Eight weeks")
    test.run()
    assert "The barrier lacks its kind" in said(press(test, "Log visit"))
    widget(test, "button_group", "What kind").set_value("access")
    test.run()
    assert "Logged: Elm St" in said(press(test, "Log visit"))
    assert "Begun and not logged" not in said(app(PAGE, home="own", liaison="L1"))
    with reading(own.store) as conn:
        (one,) = latest_visits(conn, "L1")
        assert [b["what"] for b in fieldwork.all_records(conn, "barriers")] == ["Eight weeks"]
    assert (one.values["next_step"], one.values["channel"]) == ("Call back", "in_person")

    test = app(PAGE, home="own", visit="V1", liaison="L2")
    assert "Changing the visit to Elm St" in said(test)
    widget(test, "text_area", "Notes").set_value("Brought lunch menus")
    test.run()
    assert "Saved: Elm St" in said(press(test, "Save changes"))
    press(test, "Void")
    widget(test, "text_input", "Why it does not count").set_value("Logged twice")
    test.run()
    assert "<s>Elm St</s>" in said(press(test, "Void this visit"))
    with reading(own.store) as conn:
        (two,) = latest_visits(conn, "L2")
    kept = (two.values["notes"], two.values["materials"], two.values["voided"], two.version)
    assert kept == ("Brought lunch menus", "M1", "Logged twice", 3)
    assert datetime.now(UTC).isoformat()[:4] in said(press(test, "History"))
