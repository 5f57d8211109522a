"""A visit that was voided counts nowhere, and is never gone."""

from datetime import date

import pytest
from sqlalchemy import Engine

from liaison import fieldwork
from liaison.errors import LiaisonError
from liaison.fieldwork.counted import log_of_visits
from liaison.fieldwork.due import due, touches_of_all, visits_since
from liaison.fieldwork.one_practice import last_touches, practice_file
from liaison.models.programme import _first_purposes
from liaison.models.stored.guards import guards_on
from liaison.planning.stored.offices import seen
from liaison.store import reading, writing
from liaison.vocabulary import month_id

TODAY = "2026-11-18"  # a Wednesday
WHY = "logged at the wrong practice"


@pytest.fixture
def logged(store: Engine) -> Engine:
    """P1 was seen on 2 November and, by mistake of somebody else, on Monday the 16th with a promise for the 17th."""
    visits = [
        ("V1", "L1", "2026-11-02", "ask", None),
        ("V2", "L2", "2026-11-16", "introduction", "2026-11-17"),
    ]
    with writing(store) as conn:
        fieldwork.write(conn, "practices", [{"practice_id": "P1", "name": "Elm St", "frequency": "weekly"}], "ann")
        fieldwork.write(conn, "people", [{"person_id": p, "name": p} for p in ("L1", "L2")], "ann")
        rows = [
            {
                "visit_id": v,
                "person_id": who,
                "practice_id": "P1",
                "date": on,
                "channel": "in_person",
                "purpose": purpose,
                "next_step": "Call back" if by else None,
                "next_step_on": by,
            }
            for v, who, on, purpose, by in visits
        ]
        fieldwork.write(conn, "visits", rows, "ann")
    return store


def test_every_reader_leaves_it_out(logged: Engine) -> None:
    with reading(logged) as conn:
        assert due(conn, ["P1"], TODAY)["P1"].overdue == ("Promised for 17 Nov: call back",)
        assert guards_on(conn, TODAY, liaison="L1").visited_by_another == {"P1"}
    fieldwork.edit(logged, "visits", "V2", {"voided": WHY}, expected_version=1, actor="ann")
    with reading(logged) as conn:
        assert log_of_visits(conn).visits == {("P1", month_id("2026-11")): 1}
        assert due(conn, ["P1"], TODAY)["P1"].overdue == ("Weekly visit 9 days late",)
        assert touches_of_all(conn) == {"P1": ["2026-11-02"]}
        assert visits_since(conn, "2026-11-01") == {"P1": 1}
        assert last_touches(conn) == {"P1": "2026-11-02"}
        assert seen(conn, date(2026, 11, 18)).last == {"P1": date(2026, 11, 2)}
        assert _first_purposes(conn) == {"P1": "ask"}
        guards = guards_on(conn, TODAY, liaison="L1")
        assert (guards.visited_by_another, guards.months_since["P1"]) == (set(), 16 / 30.44)
        kept = practice_file(conn, "P1")
        assert [t.visit_id for t in kept.touches] == ["V1"]
        assert [(t.visit_id, t.voided) for t in kept.voided] == [("V2", WHY)]


def test_it_can_stand_again_and_is_never_removed(logged: Engine) -> None:
    fieldwork.edit(logged, "visits", "V1", {"voided": WHY}, expected_version=1, actor="ann")
    with pytest.raises(LiaisonError, match=r"never removed.*Void it"):
        fieldwork.remove(logged, "visits", "V1", expected_version=2, actor="ann")
    fieldwork.edit(logged, "visits", "V1", {"voided": None}, expected_version=2, actor="bo")
    with reading(logged) as conn:
        assert visits_since(conn, "2026-11-01") == {"P1": 2}
        said = [(v.actor, (v.values or {}).get("voided")) for v in fieldwork.history_of(conn, "visits", "V1")]
    assert said == [("ann", None), ("ann", WHY), ("bo", None)]


def test_a_kept_promise_is_not_late(logged: Engine) -> None:
    fieldwork.edit(logged, "visits", "V2", {"next_step_done_on": "2026-11-18"}, expected_version=1, actor="ann")
    with reading(logged) as conn:
        assert due(conn, ["P1"], TODAY)["P1"].overdue == ()


def test_what_is_too_long_is_refused_by_its_name(logged: Engine) -> None:
    with pytest.raises(LiaisonError, match=r"notes.*is longer than 10,000 characters"):
        fieldwork.edit(logged, "visits", "V1", {"notes": "n" * 10_001}, expected_version=1, actor="ann")
