"""A barrier from its report to the practice's ear: what each step needs, and what stays when it comes back."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import Engine

from liaison import fieldwork
from liaison.errors import LiaisonError
from liaison.fieldwork import barrier_steps as steps
from liaison.fieldwork.barriers import BARRIERS, status_of
from liaison.fieldwork.bridging import by_specialist, introduce, introductions
from liaison.fieldwork.patient_words import patient_words
from liaison.store import reading, writing

SLOW: dict[str, Any] = {
    "practice_id": "P1",
    "raised_on": "2026-10-01",
    "raised_by": "ann",
    "kind": "scheduling",
    "department": "Neurology desk",
    "what": "Nobody picks up the scheduling line before ten.",
}


@pytest.fixture
def team(store: Engine) -> Engine:
    with writing(store) as conn:
        fieldwork.write(conn, "practices", [{"practice_id": "P1", "name": "Elm Street"}], "ann")
        fieldwork.write(conn, "people", [{"person_id": "ann", "name": "Ann"}, {"person_id": "bo", "name": "Bo"}], "ann")
    return store


def save(store: Engine, key: str, values: dict[str, Any], seen: int) -> None:
    steps.save(store, key, values, expected_version=seen, actor="bo")


def now(store: Engine, key: str) -> dict[str, Any]:
    return steps.barrier_now(store, key)


def test_solved_and_told_are_two_steps(team: Engine) -> None:
    key = fieldwork.report_barrier(team, SLOW, actor="ann")
    with pytest.raises(LiaisonError, match="not resolved"):
        save(team, key, steps.loop_closed("ann", "2026-10-09"), 1)
    save(team, key, steps.resolved("A second line from eight on.", "2026-10-08"), 1)
    assert status_of(now(team, key)).value == "resolved"
    save(team, key, steps.loop_closed("ann", "2026-10-09"), 2)
    assert status_of(now(team, key)).value == "loop_closed"


def test_a_loop_closes_without_a_solution_only_with_the_reason(team: Engine) -> None:
    key = fieldwork.report_barrier(team, SLOW, actor="ann")
    save(team, key, steps.loop_closed("ann", "2026-10-09", "The desk will not be staffed."), 1)
    assert status_of(now(team, key)).value == "loop_closed"


def test_one_that_comes_back_is_open_and_keeps_what_was_said(team: Engine) -> None:
    key = fieldwork.report_barrier(team, SLOW, actor="ann")
    save(team, key, steps.resolved("A second line.", "2026-10-08"), 1)
    with pytest.raises(LiaisonError, match="without a reason"):
        steps.reopened(" ", "2026-11-02")
    save(team, key, steps.reopened("Engaged again.", "2026-11-02"), 2)
    found = now(team, key)
    assert (status_of(found).value, found["resolution"], found["reopened"]) == ("open", None, "Engaged again.")
    with reading(team) as conn:
        said = [
            v.values["resolution"]
            for v in fieldwork.history_of(conn, "barriers", key)
            if v.values and "resolution" in v.values
        ]
    assert said == ["A second line."]


def test_a_voided_one_stays_on_record_with_its_reason(team: Engine) -> None:
    key = fieldwork.report_barrier(team, SLOW, actor="ann")
    save(team, key, steps.voided("The same as last week's."), 1)
    assert status_of(now(team, key)).value == "voided"
    with pytest.raises(LiaisonError, match="never removed"):
        fieldwork.remove(team, "barriers", key, expected_version=2, actor="bo")


def test_who_saves_over_another_is_told(team: Engine) -> None:
    key = fieldwork.report_barrier(team, SLOW, actor="ann")
    fieldwork.edit(team, "barriers", key, {"owner": "bo"}, expected_version=1, actor="bo")
    with pytest.raises(
        fieldwork.StaleSaveError, match=r"bo changed the barrier .* owner is now “bo”, you entered “ann”"
    ):
        fieldwork.edit(team, "barriers", key, {"owner": "ann"}, expected_version=1, actor="ann")


def test_a_barrier_saved_with_its_visit_goes_with_it(team: Engine) -> None:
    def dies() -> None:
        with writing(team) as conn:
            fieldwork.report(conn, SLOW | {"visit_id": "V1"}, actor="ann")
            raise LiaisonError("The line went dead.", remedy="Again.")

    with pytest.raises(LiaisonError, match="line went dead"):
        dies()
    with writing(team) as conn:
        key = fieldwork.report(conn, SLOW | {"visit_id": "V1"}, actor="ann")
    with reading(team) as conn:
        (kept,) = fieldwork.all_records(conn, "barriers")
    assert (kept["key"], kept["source"], kept["visit_id"]) == (key, "visit", "V1")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"practice_id": None}, "practice_id is missing, and so is npi"),
        ({"due_on": "2026-09-30"}, "due_on .* is before raised_on"),
        ({"resolved_on": "2026-10-02"}, "resolution is missing"),
        ({"resolution": "Done."}, "resolved_on is missing"),
        ({"kind": "weather"}, "is not one of scheduling"),
        ({"what": "x" * 2001}, "longer than 2,000"),
        ({"owner": "nobody"}, "not the id of a person"),
    ],
)
def test_what_is_wrong_is_said(team: Engine, wrong: dict[str, Any], said: str) -> None:
    given = {k: v for k, v in (SLOW | wrong).items() if v is not None}
    with pytest.raises(LiaisonError, match=said):
        fieldwork.report_barrier(team, given, actor="ann")


def test_a_refusal_does_not_repeat_a_patients_number(team: Engine) -> None:
    with pytest.raises(LiaisonError, match="looks like a record number") as refused:
        fieldwork.report_barrier(team, SLOW | {"what": "MRN 00482913 was turned away"}, actor="ann")
    assert "00482913" not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("SSN 123-45-6789", "a social security number"),
        ("her social security ends in 6789", "a social security number"),
        ("MRN: 4829131", "a record number"),
        ("patient 48291 waited", "a record number"),
        ("chart no. AB-48291", "a record number"),
        ("turned away 00482913 twice", "a record number"),
        ("born 3/14/61", "a birth date"),
        ("DOB 1961", "a birth date"),
        ("the one of 03/14/1961", "a birth date"),
        ("the one of 1961-03-14", "a birth date"),
        ("the one of 3/14/61", "a birth date"),
        ("Waiting since 10/12/2026, and since 9/1/26", None),
        ("Call 615 555 0101 or 615-555-0101, fax (615) 555-0102", None),
        ("NPI 1234567893 is listed in ZIP 37203", None),
        ("14 referrals stuck, 31 days, order R-2026-00123 of 12,500", None),
        ("Patients wait 45 days; the patient portal is down", None),
    ],
)
def test_what_names_a_patient_by_number_or_birth_date_is_seen(text: str, seen: str | None) -> None:
    assert patient_words(text, "2026-11-30") == seen


def test_every_word_that_people_write_is_looked_at_and_bounded() -> None:
    assert {"what", "resolution", "unresolved", "reopened", "voided", "department"} <= set(BARRIERS.longest)


@pytest.mark.parametrize("wrong", [{"specialist_npi": None}, {"practice_id": None}, {"met_on": None}])
def test_an_introduction_names_both_sides_and_the_day_they_met(team: Engine, wrong: dict[str, Any]) -> None:
    met = {"practice_id": "P1", "specialist_npi": "1234567893", "asked_on": "2026-10-01", "met_on": "2026-10-09"}
    met["outcome"] = "will_refer"
    introduce(team, met, actor="ann")
    with pytest.raises(LiaisonError, match="missing"):
        introduce(team, met | wrong, actor="ann")
    with reading(team) as conn:
        (found,) = introductions(conn)
        (whom,) = by_specialist([found])
    assert (found.who, found.to, found.came) == ("Elm Street", "1234567893", "Will refer")
    assert (whom.n, whom.met, whom.outcomes["will_refer"]) == (1, 1, 1)


WRITERS, SHARED = 8, 2


@pytest.mark.parametrize("new", [3, pytest.param(48, marks=pytest.mark.audit)])  # with SHARED: fifty saves each
def test_eight_people_save_at_once_and_all_of_it_is_there(any_store: Engine, new: int) -> None:
    with writing(any_store) as conn:
        fieldwork.write(conn, "practices", [{"practice_id": "P1", "name": "Elm Street"}], "ann")
        fieldwork.write(conn, "people", [{"person_id": "ann", "name": "Ann"}], "ann")
    key = fieldwork.report_barrier(any_store, SLOW | {"what": "Marks:"}, actor="ann")

    def work(who: int) -> None:
        """New ones, and a mark in the one that all write to: who is told that another was faster looks again."""
        for turn in range(new):
            fieldwork.report_barrier(any_store, SLOW | {"barrier_id": f"B{who}.{turn}"}, actor=f"w{who}")
        for turn in range(SHARED):
            while not _mark(any_store, key, f"{who}.{turn};"):
                continue

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(work, range(WRITERS)))
    with reading(any_store) as conn:
        kept = {row["key"] for row in fieldwork.all_records(conn, "barriers")}
    assert kept == {key} | {f"B{who}.{turn}" for who in range(WRITERS) for turn in range(new)}
    marks = now(any_store, key)["what"].removeprefix("Marks:").split(";")[:-1]
    assert sorted(marks) == sorted(f"{who}.{turn}" for who in range(WRITERS) for turn in range(SHARED))


def _mark(store: Engine, key: str, mark: str) -> bool:
    found = now(store, key)
    try:
        save(store, key, {"what": found["what"] + mark}, found["version"])
    except fieldwork.StaleSaveError:
        return False
    return True
