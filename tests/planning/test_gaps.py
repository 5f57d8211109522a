"""Calls for the gaps of a day, and what logged drives say of the estimate; numbers worked by hand."""

from dataclasses import replace

import pytest

from liaison.facts.home import Home
from liaison.fieldwork.panels import panels
from liaison.fieldwork.syntax import DAYS
from liaison.planning.problem import HOUR, MINUTE, Window
from liaison.planning.stored.gaps import Call, calls, gaps
from liaison.planning.stored.logged import legs, logged_drives
from liaison.planning.stored.offices import Office, offices
from liaison.planning.stored.plans import StoredDay, StoredLeft, StoredPlan, StoredStop
from liaison.planning.stored.workday import Workday, workday
from liaison.planning.timing import timed_plan
from liaison.store import reading
from tests.planning.team import MONDAY, TUESDAY, keep, rows, visit, week

ALL_WEEK = {day: [(8 * 60, 17 * 60)] for day in DAYS[:5]}
MORNINGS = {day: [(8 * 60, 11 * 60)] for day in DAYS[:5]}
OFFICES = {
    "elm": Office("elm", "Elm Street", phone="828-555-0101", open=MORNINGS),
    "oak": Office("oak", "Oak Street", phone="828-555-0102", open=ALL_WEEK),
    "ash": Office("ash", "Ash Street", phone="", open=ALL_WEEK),
}


@pytest.fixture
def work(home: Home) -> Workday:
    return workday(home.settings, "08:00", "17:00", None)


def a_plan(*left: str) -> StoredPlan:
    """Tuesday: one waits from 09:30 to 10:00, is at yew until 11:00, and back at 16:00."""
    stop = StoredStop(
        "s", "yew", "planned", TUESDAY, 0, False, False, None, "follow_up", 10 * HOUR, 11 * HOUR, 90 * MINUTE,
        30 * MINUTE, 1.0, (),
    )  # fmt: skip
    day = StoredDay(TUESDAY, leave=8 * HOUR, back=16 * HOUR, pause=Window(12 * HOUR, 12 * HOUR + HOUR // 2))
    papers: dict[str, object] = {}
    lefts = tuple(StoredLeft(name, 5.0 - n) for n, name in enumerate(left))
    return StoredPlan("p", "L1", MONDAY, 1, "America/New_York", "r", "x", "", "", papers, (day,), (stop,), lefts)


def test_a_gap_is_a_wait_or_the_end_of_the_day_and_never_a_drive(work: Workday) -> None:
    found = list(gaps(a_plan(), TUESDAY, work, 20 * MINUTE))
    assert found == [Window(9 * HOUR + HOUR // 2, 10 * HOUR), Window(16 * HOUR, 17 * HOUR)]
    assert list(gaps(a_plan(), MONDAY, work, 20 * MINUTE)) == []


def test_whom_to_call_is_left_out_open_then_and_has_a_number(work: Workday) -> None:
    found = calls(a_plan("ash", "oak", "elm"), TUESDAY, work, OFFICES, 30)
    assert found == [Call("oak", 9 * HOUR + HOUR // 2, 10 * HOUR)]  # elm is open in the morning only, and that is taken
    found = calls(a_plan("elm", "oak"), TUESDAY, work, OFFICES, 30)
    assert [(call.practice_id, call.at) for call in found] == [("elm", 9 * HOUR + HOUR // 2), ("oak", 16 * HOUR)]
    later = calls(a_plan("elm", "oak"), TUESDAY, work, OFFICES, 30, now=10 * HOUR)
    assert [(call.practice_id, call.at) for call in later] == [("oak", 16 * HOUR)]


def test_logged_drives_calibrate_the_estimate_from_thirty_on(home: Home) -> None:
    """Elm to oak are 1.38 straight miles; each day one leaves elm at 09:20 and is at oak 20 minutes later."""
    places = {row["practice_id"]: row for row in rows()}
    keep(home, "practices", places["elm"], {**places["oak"], "lat": places["elm"]["lat"] + 0.02})
    for n in range(29):
        day = f"2026-{9 if n < 15 else 10:02d}-{n % 15 + 1:02d}"
        arrived = {"minutes": 20.0}
        keep(home, "visits", visit(f"e{n}", "elm", day, arrived_at="09:00", **arrived))
        keep(home, "visits", visit(f"o{n}", "oak", day, arrived_at="09:40", **arrived))
    with reading(home.store) as connection:
        few = logged_drives(connection, home.settings)
        assert {leg.minutes for leg in legs(connection, home.settings)} == {20.0}
    assert (few.calibration.legs, few.proposed) == (29, None)
    keep(home, "visits", visit("e", "elm", "2026-11-02", arrived_at="09:00", minutes=20.0))
    keep(home, "visits", visit("o", "oak", "2026-11-02", arrived_at="09:40", minutes=20.0))
    keep(
        home, "visits", visit("lunch", "elm", "2026-11-02", arrived_at="13:00", minutes=20.0)
    )  # over the pause: no leg
    with reading(home.store) as connection:
        found = logged_drives(connection, home.settings)
    # 0.02 degrees are 1.382 miles, times 1.5 on roads at 18 and 27 miles an hour: 6.83 minutes, and 3 to park.
    assert found.calibration.legs == 30
    assert found.proposed == pytest.approx(20 / (2 / 18 * 60 + 0.0729 / 27 * 60 + 3), abs=0.01)
    assert "LIAISON_TRAVEL_FACTOR=" in found.says


def test_an_order_by_hand_is_timed_within_ten_milliseconds(home: Home) -> None:
    of = week(home)
    orders = [tuple(stop.id for stop in of.problem.stops)[:3], *((),) * (len(of.problem.days) - 1)]
    took = min(timed_plan(of.problem, orders).seconds for _ in range(5))
    assert took < 0.010


def test_an_office_without_a_place_in_the_store_is_never_called(home: Home, work: Workday) -> None:
    with reading(home.store) as connection:
        known = offices(connection, ["nobody"], panels(connection, MONDAY.isoformat()))
    assert calls(replace(a_plan("nobody")), TUESDAY, work, known, 20) == []
