"""What is late at a practice: its own frequency, a promise that was not kept, merged ids followed."""

from sqlalchemy import Engine

from liaison import fieldwork
from liaison.fieldwork import merges
from liaison.fieldwork.due import Due, due
from liaison.store import reading, writing

TODAY = "2026-11-15"


def kept(store: Engine, visits: list[dict[str, str]]) -> None:
    with writing(store) as conn:
        practices = [{"practice_id": p, "name": p, "city": "Boone", "frequency": "monthly"} for p in ("P1", "P2", "P3")]
        fieldwork.write(conn, "practices", practices, "ann")
        fieldwork.write(conn, "people", [{"person_id": "L1", "name": "Ann"}], "ann")
        numbered = [{"visit_id": f"V{n}", "person_id": "L1", **each} for n, each in enumerate(visits)]
        fieldwork.write(conn, "visits", numbered, "ann")


def asked(store: Engine, *ids: str) -> dict[str, Due]:
    with reading(store) as conn:
        return due(conn, ids, TODAY)


def test_a_monthly_visit_is_late_after_31_days_and_calls_do_not_count(store: Engine) -> None:
    kept(
        store,
        [
            {"practice_id": "P1", "date": "2026-10-10", "channel": "in_person"},
            {"practice_id": "P1", "date": "2026-11-10", "channel": "phone"},
            {"practice_id": "P2", "date": "2026-10-15", "channel": "in_person"},
        ],
    )
    found = asked(store, "P1", "P2", "P3")
    assert found["P1"].overdue == ("Monthly visit 5 days late",)
    assert found["P1"].seen == "seen 36 days ago"
    assert found["P2"].overdue == ()  # 31 days to the day
    assert (found["P3"].seen, found["P3"].overdue, found["P3"].town) == ("no visit on record", (), "Boone")


def test_the_newest_promise_is_late_once_its_day_is_over(store: Engine) -> None:
    promise = {"practice_id": "P1", "channel": "in_person", "next_step": "Bring the specialist"}
    kept(
        store,
        [
            {**promise, "date": "2026-10-20", "next_step_on": "2026-10-30"},
            {**promise, "date": "2026-11-01", "next_step_on": "2026-11-14"},
            {**promise, "practice_id": "P2", "date": "2026-11-01", "next_step_on": "2026-11-15"},
        ],
    )
    found = asked(store, "P1", "P2")
    assert found["P1"].overdue == ("Promised for 14 Nov: bring the specialist",)
    assert found["P2"].overdue == ()


def test_visits_to_a_merged_practice_count_for_the_one_it_became(store: Engine) -> None:
    kept(store, [{"practice_id": "P2", "date": "2026-11-14", "channel": "in_person"}])
    merges.merge_into(store, "practice", "P2", "P1", actor="ann")
    assert asked(store, "P1")["P1"].seen == "seen yesterday"


def test_a_practice_that_is_known_by_name_only_has_no_town(store: Engine) -> None:
    kept(store, [])
    assert asked(store, "nobody")["nobody"] == Due("", None, ())
