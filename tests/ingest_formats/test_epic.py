"""Epic's export as referrals: a small export of each shape, read by hand beside it."""

from pathlib import Path
from typing import Any

import pytest

from liaison.ingest.formats.epic import EpicReferral
from tests.ingest_formats.luhn import npi
from tests.ingest_formats.staging import Staged, day

FILES = Path(__file__).parent / "files"
MAIN, SOURCES, APPOINTMENTS = (
    (FILES / name).read_text() for name in ("epic_referral.csv", "epic_sources.csv", "epic_appointments.csv")
)


@pytest.fixture(scope="module")
def whole() -> dict[str, dict[str, Any]]:
    files = {"main": MAIN, "sources": SOURCES, "appointments": APPOINTMENTS}
    return {r["referral_id"]: r for r in Staged(EpicReferral(), files).facts("referral")}


def test_every_row_of_the_export_is_one_referral_at_its_place(whole: dict[str, dict[str, Any]]) -> None:
    assert [(r["referral_id"], r["place"]) for r in whole.values()] == [(str(i), i) for i in range(1, 7)]


def test_dates_with_times_and_integers_of_days_are_read(whole: dict[str, dict[str, Any]]) -> None:
    entered = [whole[i]["created_day"] for i in "1234"]
    assert entered == [day("2026-03-02"), day("2026-03-03"), day("2026-03-04"), day("2026-03-05")]


def test_the_class_says_from_where_we_see_it(whole: dict[str, dict[str, Any]]) -> None:
    assert [whole[i]["vantage"] for i in "123"] == ["received", "ordered", "ordered"]


def test_the_payers_network_is_never_ours(whole: dict[str, dict[str, Any]]) -> None:
    assert {r["network_status"] for r in whole.values()} == {None}
    assert [whole[i]["destination_organisation"] for i in "12"] == ["Main Campus", "Rival Clinic"]


def test_a_decision_is_an_authorisation_only_where_the_status_says_so(whole: dict[str, dict[str, Any]]) -> None:
    assert [whole[i]["authorised_day"] for i in "123"] == [day("2026-03-05"), day("2026-03-04"), None]


def test_status_and_close_reason_say_how_it_ended_and_when(whole: dict[str, dict[str, Any]]) -> None:
    ended = {i: (whole[i]["exit"], whole[i]["exited_day"]) for i in "1234"}
    assert ended == {
        "1": (None, None),
        "2": ("declined", day("2026-03-09")),
        "3": ("no_show", day("2026-03-20")),
        "4": ("expired", day("2026-04-05")),
    }


def test_appointments_say_who_was_seen_and_who_never_came(whole: dict[str, dict[str, Any]]) -> None:
    assert [whole[i]["seen_day"] for i in "15"] == [day("2026-03-19"), day("2026-03-11")]
    assert whole["1"]["appointment_day"] == day("2026-03-19")
    assert (whole["5"]["exit"], whole["5"]["exited_day"]) == (
        None,
        None,
    )  # seen once; a later visit called off ends nothing
    assert (whole["6"]["exit"], whole["6"]["exited_day"]) == ("no_show", day("2026-03-15"))


def test_who_referred_is_the_mapped_npi_and_the_place_or_else_the_sources_name(
    whole: dict[str, dict[str, Any]],
) -> None:
    who = {i: (whole[i]["referring_npi"], whole[i]["referring_practice"]) for i in "1234"}
    assert who == {
        "1": (npi(501), None),
        "2": (npi(502), "Elm Street Clinic"),
        "3": (npi(501), "Oak Hill"),
        "4": (None, "POE, ANN"),
    }


def test_urgency_is_read_where_it_is_known(whole: dict[str, dict[str, Any]]) -> None:
    assert [whole[i]["priority"] for i in "12345"] == ["routine", "stat", "stat", None, None]


def test_what_is_not_understood_is_counted_with_the_remedy() -> None:
    said = Staged(EpicReferral(), {"main": MAIN}).remarks()
    assert [s.split(":")[0] for s in said] == [
        "1 rows have a status that is not known here and were taken as open",
        "1 rows have a priority that is not known here and was left blank",
        "1 closed rows do not say that they ended unseen (CLOSE_RSN_C_NAME)",
    ]


def test_the_preview_says_which_stages_can_be_seen() -> None:
    alone = Staged(EpicReferral(), {"main": MAIN}).notes()
    assert (
        alone[0]
        == "This export shows the stages created, authorised; it cannot show received, scheduled, loop closed, seen."
    )
    assert "REFERRAL_APT" in alone[1]
    assert "REFERRING_PROV_ID" in alone[2]
    whole = Staged(EpicReferral(), {"main": MAIN, "sources": SOURCES, "appointments": APPOINTMENTS}).notes()
    assert len(whole) == 1
    assert "seen (and the day of the appointment); it cannot show received, scheduled, loop closed." in whole[0]


def test_an_export_without_its_optional_columns_is_still_read() -> None:
    staged = Staged(EpicReferral(), {"main": "REFERRAL_ID,ENTRY_DATE\n9,03/02/2026\n"})
    (row,) = staged.facts("referral")
    assert (row["referral_id"], row["vantage"], row["exit"], row["seen_day"]) == ("9", "ordered", None, None)
    assert any("no leakage can be counted" in note for note in staged.notes())


def test_the_three_files_are_told_apart_by_their_headers_in_any_order() -> None:
    headers = [text.splitlines()[0].split(",") for text in (APPOINTMENTS, MAIN, SOURCES)]
    assert [EpicReferral().takes(header) for header in headers] == ["appointments", "main", "sources"]
