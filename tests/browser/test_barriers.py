"""Two browsers change one barrier: the second is told, sees both, chooses, and loses nothing."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from liaison import fieldwork
from liaison.config import Settings
from liaison.facts.home import Home
from liaison.fieldwork.barrier_steps import barrier_now
from liaison.store import writing
from tests.browser.conftest import App, Visit

pytestmark = pytest.mark.browser


def test_the_second_of_two_browsers_loses_nothing(
    visit: Callable[..., Visit], start: Callable[..., App], small_demo: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "demo"
    shutil.copytree(small_demo, folder, ignore=shutil.ignore_patterns("worker", "*.lock"))
    home = Home.open(Settings(home=folder))
    given = {"barrier_id": "B1", "practice_id": "P0001", "raised_on": "2026-01-05", "kind": "scheduling"}
    with writing(home.store) as conn:
        fieldwork.write(conn, "barriers", [given | {"what": "Engaged all morning.", "department": "Desk"}], "ann")
    app = start(demo=folder)
    first, second = visit(to=app), visit("phone", to=app)
    one, two = first.open("/barriers?barrier=B1"), second.open("/barriers?barrier=B1")
    two.get_by_label("What is wrong").fill("Engaged until ten.")
    one.get_by_label("Department").fill("Call centre")
    one.get_by_label("What is wrong").focus()  # a person takes longer than the run that leaving a field begins
    first.settle()
    one.get_by_label("What is wrong").fill("Nobody picks up.")
    first.press("Save")
    expect(one.get_by_text("Saved.")).to_be_visible()
    second.press("Save")
    expect(two.get_by_role("alert")).to_contain_text("while you had it open. Nothing that you typed is lost.")
    expect(two.locator(".lz-both")).to_have_text(
        ["Theirs, savedNobody picks up.", "Yours, not savedEngaged until ten."]
    )
    two.get_by_text("Both, one after the other").click()
    second.settle()
    second.press("Save my choices")
    expect(two.get_by_text("Saved.")).to_be_visible()
    now = barrier_now(home.store, "B1")
    assert (now["what"], now["department"]) == ("Nobody picks up.\nEngaged until ten.", "Call centre")
    home.close()
