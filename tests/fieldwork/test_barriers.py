"""A barrier from its report to the practice's ear: what each step needs, and what stays when it comes back."""

from typing import Any

import pytest
from sqlalchemy import Engine

from liaison import fieldwork
from liaison.errors import LiaisonError
from liaison.fieldwork import barrier_steps as steps
from liaison.fieldwork.barriers import BARRIERS, status_of
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


def now(store: Engine, key: str) -> dict[str, Any]:
    return steps.barrier_now(store, key)


def test_solved_and_told_are_two_steps(team: Engine) -> None:
    key = fieldwork.report_barrier(team, SLOW, actor="ann")
    with pytest.raises(LiaisonError, match="not resolved"):
        steps.close_loop(team, key, "ann", "2026-10-09", expected_version=1, actor="ann")
    steps.resolve(team, key, "A second line from eight on.", "2026-10-08", expected_version=1, actor="bo")
    assert status_of(now(team, key)).value == "resolved"
    steps.close_loop(team, key, "ann", "2026-10-09", expected_version=2, actor="ann")
    assert status_of(now(team, key)).value == "loop_closed"


def test_a_loop_closes_without_a_solution_only_with_the_reason(team: Engine) -> None:
    key = fieldwork.report_barrier(team, SLOW, actor="ann")
    steps.close_loop(
        team, key, "ann", "2026-10-09", expected_version=1, actor="ann", unresolved="The desk will not be staffed."
    )
    assert status_of(now(team, key)).value == "loop_closed"


def test_one_that_comes_back_is_open_and_keeps_what_was_said(team: Engine) -> None:
    key = fieldwork.report_barrier(team, SLOW, actor="ann")
    steps.resolve(team, key, "A second line.", "2026-10-08", expected_version=1, actor="bo")
    with pytest.raises(LiaisonError, match="without a reason"):
        steps.reopen(team, key, " ", "2026-11-02", expected_version=2, actor="ann")
    steps.reopen(team, key, "Engaged again.", "2026-11-02", expected_version=2, actor="ann")
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
    steps.void(team, key, "The same as last week's.", expected_version=1, actor="bo")
    assert status_of(now(team, key)).value == "voided"


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
