"""A plan as a calendar file, read by another parser than the one that wrote it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, timedelta
from pathlib import Path

import pytest
import vobject

from liaison.facts.home import Home
from liaison.planning.problem import HOUR, Window
from liaison.planning.stored.edits import Editor
from liaison.planning.stored.made import plan_at_once
from liaison.planning.stored.offices import Office
from liaison.planning.stored.plans import GONE, PLANNED, StoredPlan, StoredStop, stop_id, stored_plan
from liaison.reports.route_calendar import route_calendar
from liaison.store import reading
from tests.planning.team import MONDAY, NOW, TUESDAY, team

FRIDAY_BEFORE, MONDAY_AFTER = date(2026, 10, 30), date(2026, 11, 2)  # clocks go back on Sunday, 1 November 2026
ELM = Office(
    "elm", "Elm Street; Suite 4, east", "12 Elm Street, Asheville 28801", phone="828-555-0100", lat=35.5, lon=-82.5
)


def a_plan(on: date, revision: int = 1, state: str = PLANNED, at: int = 14 * HOUR) -> StoredPlan:
    """One visit at 14:00 for half an hour."""
    week = on - timedelta(days=on.weekday())
    stop = StoredStop(
        stop_id("L1", week, "elm"), "elm", state, on, 0, False, False, None, "follow_up", at, at + HOUR // 2, 0, 0, 1.0,
        (Window(0, 24 * HOUR),),
    )  # fmt: skip
    changed = "2026-10-28T12:00:00+00:00"
    return StoredPlan("p", "L1", week, revision, "America/New_York", "run", "hand", changed, "maya", {}, (), (stop,))


def entries(*plans: StoredPlan) -> list[vobject.base.Component]:
    text = route_calendar(plans, {"elm": ELM}).decode()
    return list(vobject.readOne(text).vevent_list)


def test_two_in_the_afternoon_stays_two_in_the_afternoon_when_the_clocks_change() -> None:
    before, after = entries(a_plan(FRIDAY_BEFORE), a_plan(MONDAY_AFTER))
    starts = [each.dtstart.value for each in (before, after)]
    assert [(start.hour, start.utcoffset()) for start in starts] == [
        (14, timedelta(hours=-4)),
        (14, timedelta(hours=-5)),
    ]
    assert [start.astimezone(UTC).hour for start in starts] == [18, 19]
    assert [each.dtend.value - each.dtstart.value for each in (before, after)] == [timedelta(minutes=30)] * 2


def test_an_entry_says_whom_and_where_and_invites_nobody() -> None:
    (entry,) = entries(a_plan(FRIDAY_BEFORE))
    assert entry.summary.value == "Elm Street; Suite 4, east"
    assert entry.location.value == "12 Elm Street, Asheville 28801"
    assert entry.description.value == "Follow up\nPhone 828-555-0100"
    assert not {"attendee", "organizer", "valarm"} & set(entry.contents)


def client(*files: bytes) -> dict[str, vobject.base.Component]:
    """What a calendar holds after importing these in turn: a newer sequence replaces, cancelled goes (RFC 5546)."""
    held: dict[str, vobject.base.Component] = {}
    for file in files:
        for entry in vobject.readOne(file.decode()).vevent_list:
            known = held.get(entry.uid.value)
            if known is None or int(entry.sequence.value) >= int(known.sequence.value):
                held[entry.uid.value] = entry
    return {uid: entry for uid, entry in held.items() if entry.status.value != "CANCELLED"}


def test_a_changed_plan_replaces_its_entry_and_an_old_file_does_not_bring_it_back() -> None:
    first = route_calendar([a_plan(FRIDAY_BEFORE)], {"elm": ELM})
    moved = route_calendar([a_plan(FRIDAY_BEFORE, revision=2, at=15 * HOUR)], {"elm": ELM})
    for files in ((first, moved), (first, moved, first)):
        (entry,) = client(*files).values()
        assert entry.dtstart.value.hour == 15


def test_a_stop_that_left_the_plan_leaves_the_calendar() -> None:
    first = route_calendar([a_plan(FRIDAY_BEFORE)], {"elm": ELM})
    gone = route_calendar([a_plan(FRIDAY_BEFORE, revision=2, state=GONE)], {"elm": ELM})
    assert client(first, gone) == {}


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    opened = team(tmp_path)
    yield opened
    opened.close()


def test_a_plan_of_the_store_that_was_changed_keeps_its_entries(home: Home) -> None:
    offices = {"elm": ELM}

    def file() -> bytes:
        with reading(home.store) as connection:
            plan = stored_plan(connection, "L1", MONDAY)
        assert plan is not None
        return route_calendar([plan], offices)

    plan = plan_at_once(home, "L1", MONDAY, actor="maya", now=NOW)
    first = file()
    Editor(home, "L1", MONDAY, plan.revision, "maya", NOW).drop("oak")
    second = file()
    Editor(home, "L1", MONDAY, plan.revision + 1, "maya", NOW).add("oak", TUESDAY)
    third = file()
    assert [len(client(*files)) for files in ((first,), (first, second), (first, second, third))] == [3, 2, 3]
    assert {int(each.sequence.value) for each in vobject.readOne(third.decode()).vevent_list} == {3}


def test_times_between_minutes_are_rounded_to_the_minute() -> None:
    (entry,) = entries(replace(a_plan(FRIDAY_BEFORE, at=14 * HOUR + 51)))
    assert (entry.dtstart.value.hour, entry.dtstart.value.minute) == (14, 1)
