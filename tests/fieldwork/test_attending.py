"""Who came: exact matches are taken, the rest is for a person; a practice that came was touched, and once."""

from typing import Any

import pytest
from sqlalchemy import Engine, select

from liaison import fieldwork
from liaison.errors import LiaisonError
from liaison.fieldwork.attending import attend, claim, did_not_come, take
from liaison.fieldwork.due import touches_of_all
from liaison.fieldwork.inviting import answer, change_event, follow_up, invite
from liaison.fieldwork.merges import merge_into
from liaison.fieldwork.one_event import EventFile, code_of, event_file, events
from liaison.fieldwork.roster import Person
from liaison.fieldwork.to_do import finish, open_tasks
from liaison.store import reading, writing
from liaison.store.tables import visit
from liaison.vocabulary import Answer, Recorded
from tests.fieldwork.attended import LEE, NOON, POE, ROE, planned


def about(store: Engine) -> EventFile:
    with reading(store) as conn:
        return event_file(conn, "E1")


def touches(store: Engine) -> dict[str, list[str]]:
    with reading(store) as conn:
        return touches_of_all(conn)


def test_lines_that_name_somebody_exactly_are_taken_and_the_rest_is_listed(store: Engine) -> None:
    planned(store)
    nowak = next(each for each in about(store).invited if each.invitee)
    elm = next(each for each in about(store).invited if each.practice_id == "P1")
    assert len({each.code for each in about(store).invited}) == 3
    lines = [
        ROE,  # scanned
        "Poe, Peter",  # works at two practices, of which one was invited
        f"{nowak.code[:4].lower()}-{nowak.code[4:].lower()}",  # her own invitation, typed by hand
        "Kim Lee\tBirch",  # pasted, the practice by an alias
        "Ann Sun",  # a contact of both; the invited one counts
        "jane roe",  # a second time
        elm.code,  # the practice's invitation names nobody
        "1234567890",  # no NPI
        "1922000009",  # an NPI that nobody has
        "Jane Row",  # looks like one
        "Sam New, Oak Hill",  # nobody of that name there
    ]
    taken = take(store, "E1", [*lines, "  "], Recorded.scanned, NOON, actor="ann")
    assert [(who.name, who.practice_id) for who in taken.recorded] == [
        ("Jane Roe, MD", "P1"),
        ("Peter Poe", "P1"),
        ("Olga Nowak", "P2"),
        ("Kim Lee", "P3"),
        ("Ann Sun", "P1"),
    ]
    assert [who.name for who in taken.already] == ["Jane Roe, MD"]
    why = {read.line: (read.why.split(":")[0], [who.name for who in read.could_be][:1]) for read in taken.decide}
    assert why == {
        elm.code: ("The invitation is for the practice", ["Jane Roe, MD"]),
        "1234567890": ("This is no NPI", []),
        "1922000009": ("No provider with this NPI is on record.", [""]),
        "Jane Row": ("Nobody of this name is on record.", ["Jane Roe, MD"]),
        "Sam New, Oak Hill": ("Nobody of this name is on record there.", ["Sam New"]),
    }
    found = about(store)
    assert {(each.name, each.arrived_at, each.npi) for each in found.attended} >= {("Jane Roe, MD", "12:20", ROE)}
    assert (found.row.came, found.row.practices, found.row.invited) == (5, 3, 2)
    assert found.row.cost_each == 80.0  # 240 dollars over three practices
    again = take(store, "E1", lines, Recorded.scanned, NOON, actor="ann")
    assert (again.recorded, len(again.already)) == ((), 6)


def test_a_name_that_two_people_have_is_for_a_person_to_decide(store: Engine) -> None:
    planned(store)
    invite(store, "E1", ["P3"], "2026-11-21", actor="ann")
    (read,) = take(store, "E1", ["Peter Poe"], Recorded.pasted, NOON, actor="ann").decide
    assert (read.why, [who.practice for who in read.could_be]) == (
        "More than one person is called so.",
        ["Elm Street", "Birch Lane"],
    )
    assert take(store, "E1", [f"Peter Poe; Birch Lane; {POE}"], Recorded.pasted, NOON, actor="ann").recorded


def test_a_practice_that_came_was_touched_once_until_nobody_of_it_came(any_store: Engine) -> None:
    planned(any_store)
    take(any_store, "E1", [ROE, "Peter Poe", "Mia Fox"], Recorded.typed, NOON, actor="ann")
    assert touches(any_store) == {"P1": ["2026-12-03"], "P2": ["2026-12-03"]}
    with reading(any_store) as conn:
        row = dict(conn.execute(select(visit).where(visit.c.visit_id == "event:E1:P1")).mappings().one())
    assert (row["channel"], row["purpose"], row["person_id"]) == ("event", "education", "ann")
    first = next(each for each in about(any_store).attended if each.npi == ROE)
    did_not_come(any_store, first, "Left a message only", actor="ann")
    assert set(touches(any_store)) == {"P1", "P2"}  # Dr. Poe is still there
    (fox,) = (each for each in about(any_store).attended if each.name == "Mia Fox")
    did_not_come(any_store, fox, "Somebody else", actor="ann")
    assert touches(any_store) == {"P1": ["2026-12-03"]}
    with pytest.raises(LiaisonError, match="while you had it open"):
        did_not_come(any_store, fox, "Twice", actor="bob")
    change_event(any_store, about(any_store), {"starts_at": "2026-12-10T12:15"}, actor="ann")
    assert touches(any_store) == {"P1": ["2026-12-10"]}
    change_event(any_store, about(any_store), {"cancelled": "Speaker ill"}, actor="ann")
    assert touches(any_store) == {}
    change_event(any_store, about(any_store), {"cancelled": None}, actor="ann")
    take(any_store, "E1", ["Mia Fox"], Recorded.typed, NOON.replace(day=10), actor="ann")
    assert set(touches(any_store)) == {"P1", "P2"}
    with reading(any_store) as conn:
        said = [(v.values or {}).get("voided") for v in fieldwork.history_of(conn, "visits", "event:E1:P2")]
    assert said == [
        None,
        "Nobody of the practice attended",
        None,
    ]


def test_attendance_from_a_file_touches_and_goes_with_the_file(store: Engine) -> None:
    planned(store)
    row: dict[str, Any] = {"event_id": "E1", "attendee": ROE, "name": "Jane Roe", "practice_id": "P1"}
    other = {"event_id": "E1", "attendee": LEE, "name": "Kim Lee", "practice_id": "P3"}
    with writing(store) as conn:
        fieldwork.write(conn, "attendance", [row, other], "ann", "b1")
    take(store, "E1", ["Peter Poe"], Recorded.typed, NOON, actor="ann")
    assert set(touches(store)) == {"P1", "P3"}
    with writing(store) as conn:
        fieldwork.forget(conn, "b1")
    assert set(touches(store)) == {"P1"}
    with writing(store) as conn:
        fieldwork.write(conn, "attendance", [row, other], "ann", "b2")
    assert set(touches(store)) == {"P1", "P3"}


def test_nobody_comes_before_the_day_or_to_what_was_cancelled(store: Engine) -> None:
    planned(store)
    with pytest.raises(LiaisonError, match="is on 2026-12-03: nobody can have come yet"):
        take(store, "E1", [ROE], Recorded.typed, NOON.replace(day=2), actor="ann")
    change_event(store, about(store), {"cancelled": "Speaker ill"}, actor="ann")
    with pytest.raises(LiaisonError, match="was cancelled: Speaker ill"):
        attend(store, "E1", Person("Sam New", "P2", None), NOON, actor="ann")
    with pytest.raises(LiaisonError, match="was cancelled"):
        invite(store, "E1", ["P3"], "2026-11-20", actor="ann")


def test_answers_credit_and_capacity_are_held_to_what_the_event_is(store: Engine) -> None:
    planned(store)
    assert invite(store, "E1", ["P1", "P3", "P3"], "2026-11-22", actor="ann") == 1
    for one in about(store).invited:
        answer(store, one, Answer.accepted, "2026-11-25", actor="ann")
    change_event(store, about(store), {"capacity": 3}, actor="ann")
    assert (about(store).row.accepted, about(store).row.full) == (4, True)
    take(store, "E1", [ROE], Recorded.typed, NOON, actor="ann")
    (roe,) = about(store).attended
    with pytest.raises(LiaisonError, match="carries no credit"):
        claim(store, about(store), roe, 1.0, actor="ann")
    change_event(store, about(store), {"credit_maximum": 1.0}, actor="ann")
    with pytest.raises(LiaisonError, match="at most 1 hours of credit"):
        claim(store, about(store), roe, 1.25, actor="ann")
    with pytest.raises(LiaisonError, match="no number of quarter hours"):
        claim(store, about(store), roe, 0.6, actor="ann")
    claim(store, about(store), roe, 0.75, actor="ann")
    assert about(store).attended[0].credits_claimed == 0.75


def test_a_follow_up_is_one_task_a_practice_however_often_it_is_asked_for(store: Engine) -> None:
    planned(store)
    with writing(store) as conn:
        fieldwork.write(conn, "people", [{"person_id": "bob", "name": "Bob Ray"}], "ann")
        fieldwork.write(conn, "assignments", [{"practice_id": "P2", "person_id": "bob"}], "ann")
    take(store, "E1", [ROE, "Peter Poe", "Mia Fox"], Recorded.typed, NOON, actor="ann")
    assert follow_up(store, "E1", "Send the slides", "2026-12-10", "2026-12-04", actor="ann") == 2
    with reading(store) as conn:
        tasks = open_tasks(conn)
    assert [(t.who, t.practice_id, t.due_on, t.source) for t in tasks] == [
        ("Ann Lee", "P1", "2026-12-10", "event:E1"),
        ("Bob Ray", "P2", "2026-12-10", "event:E1"),
    ]
    finish(store, tasks[0], "2026-12-05", actor="ann")
    assert follow_up(store, "E1", "Send the slides", "2026-12-11", "2026-12-04", actor="bob") == 0
    assert [t.done_on for t in about(store).tasks] == ["2026-12-05", None]


def test_merged_practices_count_as_one_in_numbers_and_lists(store: Engine) -> None:
    planned(store)
    take(store, "E1", [ROE, "Kim Lee"], Recorded.typed, NOON, actor="ann")
    merge_into(store, "practice", "P3", "P1", actor="ann")
    with reading(store) as conn:
        (row,) = events(conn)
    assert (row.came, row.practices, row.host) == (2, 1, "Ann Lee")
    assert about(store).came_from == ("P1",)


def test_the_code_of_an_invitation_stays_the_same() -> None:
    # sha256sum of "E1|P1|" begins 2c93cd270, written in base 32 by another program.
    assert code_of("E1|P1|") == "5J9WT9R3"
