"""Promises and cadence: what is still owed and by whom, who was seen in time; merged ids followed."""

import pytest
from sqlalchemy import Engine

from liaison import fieldwork
from liaison.errors import LiaisonError
from liaison.fieldwork import merges
from liaison.fieldwork.barrier_steps import report_barrier, resolved, save
from liaison.fieldwork.barriers_due import barriers_due
from liaison.fieldwork.cadence import cadences
from liaison.fieldwork.panels import panels
from liaison.fieldwork.promises import keep_promise, open_promises
from liaison.store import reading, writing

TODAY = "2026-12-01"


def begun(store: Engine) -> Engine:
    """Two of the team, a practice that changed hands, one that is Bob's, one of each cadence."""
    plain = {"person_id": "ann", "channel": "in_person"}
    visits = [
        {"visit_id": "v1", "practice_id": "elm", "date": "2026-10-01", "next_step": "Older", **plain},
        {"visit_id": "v2", "practice_id": "elm", "date": "2026-11-02", "next_step": "Send the card", **plain},
        {"visit_id": "v3", "practice_id": "elm", "date": "2026-11-20", "person_id": "bob", "channel": "phone"},
        {"visit_id": "v4", "practice_id": "oak", "date": "2026-11-24", "next_step": "Call", **plain},
        {"visit_id": "v5", "npi": "1234567893", "date": "2026-11-03", "next_step": "Write", **plain},
    ]
    visits[1]["next_step_on"], visits[3]["next_step_on"] = "2026-11-28", "2026-12-09"
    with writing(store) as conn:
        places = [("elm", "weekly"), ("oak", "weekly"), ("ash", "monthly"), ("yew", None), ("old", None)]
        named = [{"practice_id": p, "name": p.title(), "frequency": every} for p, every in places]
        fieldwork.write(conn, "practices", named, "ann")
        people = [{"person_id": p, "name": p.title()} for p in ("ann", "bob")]
        fieldwork.write(conn, "people", people, "ann")
        whose = [
            {"practice_id": "elm", "person_id": "ann", "starts": "2026-01-01", "ends": "2026-11-15"},
            {"practice_id": "elm", "person_id": "bob", "starts": "2026-11-16"},
            {"practice_id": "oak", "person_id": "ann"},
        ]
        fieldwork.write(conn, "assignments", whose, "ann")
        fieldwork.write(conn, "visits", visits, "ann")
    return store


def test_the_newest_next_step_of_each_practice_is_open_until_it_is_kept(any_store: Engine) -> None:
    store = begun(any_store)
    with reading(store) as conn:
        found = open_promises(conn)
        owed = {p.what: p.owed_by(panels(conn, TODAY).of) for p in found}
    assert [(p.what, p.practice, p.late(TODAY)) for p in found] == [
        ("Send the card", "Elm", 3),
        ("Call", "Oak", 0),
        ("Write", "1234567893", 0),
    ]
    # Elm changed hands: its promise goes along. Oak is still Ann's; Write is to a provider alone.
    assert owed == {"Send the card": ("bob",), "Call": ("ann",), "Write": ("ann",)}
    keep_promise(store, "v2", found[0].version, TODAY, actor="bob")
    with reading(store) as conn:
        assert [p.what for p in open_promises(conn, ["elm", "oak"])] == ["Call"]
    with pytest.raises(LiaisonError, match="bob changed the visit v2"):
        keep_promise(store, "v2", found[0].version, None, actor="ann")


def test_a_promise_to_a_merged_practice_is_one_to_what_it_became(store: Engine) -> None:
    begun(store)
    merges.merge_into(store, "practice", "oak", "elm", actor="ann")
    with reading(store) as conn:
        assert [(p.what, p.practice_id) for p in open_promises(conn, ["elm"])] == [("Call", "elm")]


def test_a_cadence_is_kept_by_a_visit_in_person_within_its_days(any_store: Engine) -> None:
    store = begun(any_store)
    with reading(store) as conn:
        found = cadences(conn, TODAY)
    told = [(c.practice_id, c.last, c.due_on, c.kept(TODAY), c.late(TODAY)) for c in found]
    assert told == [
        ("ash", None, None, False, 0),
        ("elm", "2026-11-02", "2026-11-09", False, 22),  # the call of 20 Nov is no visit
        ("oak", "2026-11-24", "2026-12-01", True, 0),  # seven days to the day
    ]


def test_barriers_that_want_something_are_open_or_solved_and_not_told(store: Engine) -> None:
    begun(store)
    plain = {"practice_id": "elm", "kind": "access", "raised_on": "2026-11-01"}
    report_barrier(store, {**plain, "what": "Fax is down", "owner": "bob", "due_on": "2026-11-21"}, actor="ann")
    solved = report_barrier(store, {**plain, "what": "No slots", "raised_on": "2026-11-10"}, actor="ann")
    save(store, solved, resolved("Two more a week", "2026-11-29"), expected_version=1, actor="ann")
    with reading(store) as conn:
        found = barriers_due(conn, ["elm"])
        assert barriers_due(conn, ["oak"]) == ()
    assert [each.says(TODAY) for each in found] == [
        "“Fax is down”, open 30 days, Bob, 10 days overdue",
        "“No slots”, solved, they have not been told, no owner",
    ]
