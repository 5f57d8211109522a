"""The page Barriers: reported, found in the data, changed by two, and what other pages say of it."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from liaison import fieldwork
from liaison.config import Settings
from liaison.facts.home import Home
from liaison.fieldwork.barrier_steps import barrier_now, save
from liaison.fieldwork.bridging import introductions
from liaison.fieldwork.specialists import specialists
from liaison.store import reading, writing
from liaison.store.tables import practice
from tests.ui.conftest import said

PAGE = "pages/do/barriers.py"
App = Callable[..., AppTest]
SLOW: dict[str, Any] = {
    "barrier_id": "B1",
    "raised_on": "2026-01-05",
    "due_on": "2026-01-12",
    "kind": "scheduling",
    "department": "Front desk",
    "what": "Engaged all morning.",
}


@pytest.fixture
def small_market(quiet_market: Path) -> Path:
    """What these tests put on a page is all that is there."""
    return quiet_market


@pytest.fixture
def at(
    small_market: Path, tmp_path: Path, app: App, monkeypatch: pytest.MonkeyPatch
) -> tuple[Callable[..., AppTest], Home, str]:
    """Opens a page over a market of this test's own, with one barrier; its home; the practice that has it."""
    folder = tmp_path / "demo"
    shutil.copytree(small_market, folder, ignore=shutil.ignore_patterns("worker", "*.lock"))
    monkeypatch.setenv("LIAISON_DEMO_HOME", str(folder))
    monkeypatch.setenv("LIAISON_BARRIER_STUCK_FROM", "3")
    home = Home.open(Settings(home=folder))
    with reading(home.store) as conn:
        place = str(conn.scalar(select(practice.c.practice_id).order_by(practice.c.key)))
    with writing(home.store) as conn:
        fieldwork.write(conn, "barriers", [SLOW | {"practice_id": place}], "ann")

    def opened(page: str = PAGE, **params: str) -> AppTest:
        test = app()
        test.switch_page(page)
        for name, value in params.items():
            test.query_params[name] = value
        found = test.run()
        assert not found.exception
        return found

    return opened, home, place


def test_a_report_that_names_a_patient_is_refused_and_stays_as_it_was_typed(at: Any) -> None:
    opened, home, place = at
    page = opened(new="1", practice=place)
    page.text_area(key="new-what").set_value("MRN 0048291 was sent away")
    page.selectbox(key="new-kind").set_value("access")
    page.button(key="report-barrier").click().run()
    assert "looks like a record number" in said(page)
    assert page.text_area(key="new-what").value == "MRN 0048291 was sent away"
    page.text_area(key="new-what").set_value("Sent away twice")
    page.button(key="report-barrier").click().run()
    with reading(home.store) as conn:
        (made,) = [b for b in fieldwork.all_records(conn, "barriers") if b["key"] != "B1"]
    assert (made["practice_id"], made["kind"], made["what"]) == (place, "access", "Sent away twice")
    assert page.query_params["barrier"] == [made["key"]] or page.query_params["barrier"] == made["key"]


def test_an_introduction_is_followed_up_and_its_history_is_told(at: Any) -> None:
    _, home, place = at
    asked = {"introduction_id": "I1", "practice_id": place, "specialist_npi": "1234567893", "asked_on": "2026-01-05"}
    with writing(home.store) as conn:
        fieldwork.write(conn, "introductions", [asked], "ann")

    def picked() -> None:  # a pick cannot be set in a test of this kind
        from liaison.fieldwork.bridging import introductions
        from liaison.ui.ask import ask_records
        from liaison.ui.barriers import met_one

        met_one.show(ask_records(introductions)[0][0], {})

    page = AppTest.from_function(picked, default_timeout=60).run()
    page.selectbox(key="introduction-I1-1-outcome").set_value("will_refer").run()
    page.button(key="save-introduction").click().run()
    assert page.session_state["lz-kept-error"].what == "Met on is missing."
    page.date_input(key="introduction-I1-1-met_on").set_value(date(2026, 1, 9)).run()
    page.button(key="save-introduction").click().run()
    assert not page.exception
    with reading(home.store) as conn:
        now = introductions(conn)[0]
    assert (now.outcome, now.met_on, now.version) == ("will_refer", "2026-01-09", 2)
    assert "Outcome: blank" in said(page)


def test_the_board_and_other_pages_say_what_is_overdue(at: Any) -> None:
    opened, home, place = at
    page = opened()
    assert "1 barrier is open, it is overdue" in said(page)
    assert "days overdue, escalated" in said(page)
    page.button(key="open-B1").click().run()
    assert "Engaged all morning." in page.text_area(key="barrier-B1-1-what").value
    page.button(key="do-resolve-B1").click().run()  # without a word
    assert "How it was resolved is missing" in said(page)
    page.text_area(key="step-B1-resolution").set_value("A second line.")
    page.button(key="do-resolve-B1").click().run()
    assert barrier_now(home.store, "B1")["resolution"] == "A second line."
    assert "the practice has not been told" in said(page)
    again = {"resolved_on": None, "resolution": None}
    save(home.store, "B1", again, expected_version=2, actor="ann")
    assert "1 barrier is overdue" in said(opened("pages/see/overview.py"))
    story = said(opened("pages/see/practice.py", practice=place))
    assert "1 open barrier, oldest" in story
    assert "Barrier reported: scheduling" in story


def test_stuck_referrals_propose_and_nothing_opens_by_itself(at: Any) -> None:
    opened, home, _ = at
    page = opened(view="found")
    keys = [str(b.key) for b in page.button if str(b.key).startswith("accept-")]
    assert len(keys) > 1
    page.button(key=keys[0].replace("accept", "decline")).click().run()
    assert keys[0] not in [b.key for b in page.button]
    with reading(home.store) as conn:
        assert len(fieldwork.all_records(conn, "barriers")) == 1
    page.button(key=keys[1]).click().run()
    with reading(home.store) as conn:
        (made,) = [b for b in fieldwork.all_records(conn, "barriers") if b["key"] != "B1"]
    assert (made["source"], made["at_stake"] >= 3) == ("data", True)
    assert "stuck" in made["what"]


def test_who_saves_second_chooses_field_by_field(at: Any) -> None:
    opened, home, _ = at
    page = opened(barrier="B1")
    page.text_area(key="barrier-B1-1-what").set_value("Engaged until ten.")
    page.text_input(key="barrier-B1-1-department").set_value("Call centre")
    theirs = {"what": "Nobody picks up.", "owner": "L1", "department": "Desk two"}
    save(home.store, "B1", theirs, expected_version=1, actor="Bo")
    page.button(key="save-barrier").click().run()
    words = said(page)
    assert "Bo saved this barrier while you had it open" in words
    assert "Nobody picks up." in words
    assert "Engaged until ten." in words
    assert "Owner: now" in words
    page.radio(key="clash-B1-2-what").set_value("Both, one after the other")
    page.radio(key="clash-B1-2-department").set_value("Theirs")
    page.button(key="clash-save").click().run()
    now = barrier_now(home.store, "B1")
    assert (now["what"], now["department"]) == ("Nobody picks up.\nEngaged until ten.", "Desk two")
    assert (now["owner"], now["version"]) == ("L1", 3)


def test_how_long_and_introductions_stand_when_there_are_few(at: Any) -> None:
    opened, home, place = at
    with reading(home.store) as conn:
        ours = specialists(conn, "2026-12-01")
    seen = {one.npi: one for one in ours if one.telehealth in ("video", "both")}
    assert 0 < len(seen) < len(ours)
    assert "Too few barriers have been resolved" in said(opened(view="back"))
    page = opened(view="introductions", telehealth="video")
    assert f"Our specialists · {len(seen)} of {len(ours)}" in [each.label for each in page.expander]
    offered = page.selectbox(key="met-specialist_npi").options
    assert len(offered) == len(seen)
    assert all("telehealth: video" in words for words in offered)
    page.selectbox(key="met-practice_id").set_value(place)
    page.selectbox(key="met-specialist_npi").set_value(next(iter(seen)))
    page.button(key="add-introduction").click().run()
    assert "1 introduction, 0 of them met" in said(page)
