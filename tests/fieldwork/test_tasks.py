"""What somebody has to do: listed by due day, done, taken back, voided; and refused where it is written wrongly."""

import pytest
from sqlalchemy import Engine

from liaison import fieldwork
from liaison.errors import LiaisonError
from liaison.fieldwork.to_do import add_task, finish, open_tasks, tasks_of, void
from liaison.store import reading, writing


def begun(store: Engine) -> Engine:
    """A practice and two of the team."""
    with writing(store) as conn:
        fieldwork.write(conn, "practices", [{"practice_id": "P1", "name": "Elm Street"}], "ann")
        people = [{"person_id": "ann", "name": "Ann Lee"}, {"person_id": "bob", "name": "Bob Ray"}]
        fieldwork.write(conn, "people", people, "ann")
    return store


def test_tasks_come_by_due_day_and_leave_when_they_are_done(any_store: Engine) -> None:
    kept = begun(any_store)
    add_task(kept, "ann", "Order pens", actor="ann")
    add_task(kept, "ann", "Send the slides", actor="ann", practice_id="P1", due_on="2026-12-04", source="event:E1")
    add_task(kept, "bob", "Call the coordinator", actor="ann", practice_id="P1", due_on="2026-12-02")
    with reading(kept) as conn:
        every, hers = open_tasks(conn), open_tasks(conn, "ann")
        of_event = tasks_of(conn, "event:E1")
    assert [(t.who, t.practice, t.what) for t in every] == [
        ("Bob Ray", "Elm Street", "Call the coordinator"),
        ("Ann Lee", "Elm Street", "Send the slides"),
        ("Ann Lee", None, "Order pens"),
    ]
    assert [t.late("2026-12-05") for t in every] == [3, 1, 0]
    assert [t.what for t in hers] == ["Send the slides", "Order pens"]
    finish(kept, of_event[0], "2026-12-03", actor="ann")
    void(kept, every[2], "Marketing sends them", actor="bob")
    with reading(kept) as conn:
        assert [t.what for t in open_tasks(conn)] == ["Call the coordinator"]
        done = tasks_of(conn, "event:E1")[0]
        versions = fieldwork.history_of(conn, "tasks", every[2].task_id)
    assert (done.done_on, done.late("2027-01-01")) == ("2026-12-03", 0)
    assert [(v.values or {}).get("voided") for v in versions] == [None, "Marketing sends them"]
    with pytest.raises(LiaisonError, match="ann changed the task"):
        finish(kept, of_event[0], None, actor="bob")


def test_a_task_that_is_written_wrongly_is_refused(store: Engine) -> None:
    kept = begun(store)
    for wrong, said in (
        ({"what": "x" * 201}, "longer than 200 characters"),
        ({"due_on": "tomorrow"}, "is not a date"),
        ({"source": "gossip"}, "is no source of a task"),
        ({"practice_id": "P9"}, "is not the id of a practice"),
        ({"what": " "}, "is missing"),
    ):
        given = {"what": "Call", **wrong}
        with pytest.raises(LiaisonError, match=said):
            add_task(kept, "ann", given.pop("what"), actor="ann", **given)
