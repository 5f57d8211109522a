"""A visit and the route: its stop is done as long as the visit stands; who else goes there is told beforehand."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine

from liaison import fieldwork
from liaison.fieldwork import merges
from liaison.planning.stored import visited
from liaison.planning.stored.clashes import clashes
from liaison.planning.stored.plans import StoredDay, StoredPlan, StoredStop, planned_on, save, stored_plan
from liaison.store import open_store, reading, writing
from liaison.store.migrate import upgrade

MONDAY, TUESDAY = date(2026, 11, 30), date(2026, 12, 1)
ONE = {"visit_id": "v1", "person_id": "L1", "practice_id": "P1", "date": "2026-12-01", "channel": "in_person"}


@pytest.fixture
def store(sqlite_url: str) -> Iterator[Engine]:
    """Ann is to see P1, then P2, on Tuesday."""
    engine = open_store(sqlite_url)
    upgrade(engine)
    with writing(engine) as conn:
        practices = [{"practice_id": p, "name": p} for p in ("P1", "P2", "P3")]
        fieldwork.write(conn, "practices", practices, "ann")
        fieldwork.write(conn, "people", [{"person_id": "L1", "name": "Ann"}, {"person_id": "L2", "name": "Bo"}], "ann")
    first = StoredStop("s1", "P1", "planned", TUESDAY, 0, False, False, None, "ask", 54_000, 57_000, 0, 0, 1.0, ())
    stops = (first, replace(first, stop_id="s2", practice_id="P2", position=1))
    save(
        engine,
        StoredPlan("", "L1", MONDAY, 0, "UTC", "r", "greedy", "", "", {}, (StoredDay(TUESDAY),), stops),
        None,
        "a",
    )
    yield engine
    engine.dispose()


def left(store: Engine) -> tuple[str, ...]:
    with reading(store) as conn:
        return planned_on(conn, "L1", TUESDAY)


def log(store: Engine, **more: str) -> None:
    visited.log(store, ONE | more, actor="Ann", today=TUESDAY)


def test_a_logged_visit_does_its_stop_and_a_void_opens_it(store: Engine) -> None:
    log(store)
    assert left(store) == ("P2",)
    with reading(store) as conn:
        plan = stored_plan(conn, "L1", MONDAY)
    assert plan is not None
    assert (plan.revision, plan.by_hand) == (2, 1)  # who has the page open may go on with it
    log(store, visit_id="v2")
    visited.void(store, "v1", "twice", expected_version=1, actor="Ann")
    assert left(store) == ("P2",)  # the other one stands
    visited.void(store, "v2", "not at all", expected_version=1, actor="Ann")
    assert left(store) == ("P1", "P2")


def test_a_call_and_another_day_do_no_stop(store: Engine) -> None:
    log(store, channel="phone")
    log(store, visit_id="v2", date="2026-11-30")
    assert left(store) == ("P1", "P2")


def test_a_visit_moved_to_the_right_day_does_the_stop_of_that_day(store: Engine) -> None:
    log(store, date="2026-11-30")
    visited.change(store, "v1", {"date": "2026-12-01"}, expected_version=1, actor="Ann", today=TUESDAY)
    assert left(store) == ("P2",)


def test_others_within_a_week_are_told_before_one_goes(store: Engine) -> None:
    log(store, visit_id="v0", date="2026-11-23", channel="virtual")
    log(store, visit_id="v9", date="2026-11-22")  # nine days before
    merges.merge_into(store, "practice", "P2", "P3", actor="ann")
    with reading(store) as conn:
        found = clashes(conn, ["P1", "P3"], "L2", date(2026, 11, 30))
        mine = clashes(conn, ["P1", "P3"], "L1", date(2026, 11, 23))
    assert [each.says for each in found["P1"]] == [
        "Ann logged a visit here on Mon 23 Nov (virtual).",
        "Ann plans to come on Tue 1 Dec.",
    ]
    assert [each.says for each in found["P3"]] == ["Ann plans to come on Tue 1 Dec."]
    assert [each.says for each in mine["P1"]] == ["You logged a visit here on Mon 23 Nov already."]
    assert "P3" not in mine
