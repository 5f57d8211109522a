"""Events on a phone: who comes is typed as codes, one after another, and each is in at once."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from liaison import fieldwork
from liaison.config import Settings
from liaison.facts.home import Home
from liaison.fieldwork.inviting import invite_person
from liaison.fieldwork.one_event import event_file
from liaison.store import reading, writing
from tests.browser.conftest import App, Visit
from tests.browser.test_pages import findings, sideways
from tests.browser.thumb import unhandy

pytestmark = [pytest.mark.browser, pytest.mark.audit]  # its parts are tested in the fast suite


def test_a_phone_records_attendance_by_typing_codes(
    visit: Callable[..., Visit], start: Callable[..., App], small_demo: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "demo"
    shutil.copytree(small_demo, folder, ignore=shutil.ignore_patterns("worker", "*.lock"))
    home = Home.open(Settings(home=folder))
    with reading(home.store) as connection:
        practices = [row["practice_id"] for row in fieldwork.all_records(connection, "practices")]
        host = fieldwork.all_records(connection, "people")[0]["person_id"]
    today = datetime.now(UTC).date().isoformat()
    event = {"event_id": "E1", "kind": "meet_up", "title": "Meet-up", "starts_at": f"{today}T00:30", "zone": "UTC"}
    with writing(home.store) as connection:
        fieldwork.write(connection, "events", [event | {"person_id": host}], "ann")
    for place, name in ((practices[0], "Jane Roe"), (practices[1], "Peter Poe")):
        invite_person(home.store, "E1", place, name, None, today, actor="ann")
    with reading(home.store) as connection:
        codes = {each.invitee: each.code for each in event_file(connection, "E1").invited}

    seen = visit("phone", to=start(demo=folder))
    page = seen.open("/events?event=E1&view=came&home=demo")
    for name in ("Jane Roe", "Peter Poe"):
        field = page.get_by_label("Scan or type who came")
        field.fill(codes[name].lower())
        field.press("Enter")
        page.get_by_text(f"{name}, ").first.wait_for()
        seen.settle()
    assert "2 people of 2 practices came" in seen.sentence()
    with reading(home.store) as connection:
        came = [(each.name, each.recorded) for each in event_file(connection, "E1").attended]
    assert came == [("Jane Roe", "scanned"), ("Peter Poe", "scanned")]
    assert sideways(seen) <= 0
    assert unhandy(page) == []
    assert findings(seen) == []
    assert seen.outside == []
    home.close()
