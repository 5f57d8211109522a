"""Formats that come in several files, or become something else than referrals, go the same way."""

from datetime import date
from pathlib import Path

import pytest

from liaison.errors import LiaisonError
from liaison.facts.home import Home
from liaison.fieldwork import all_records
from liaison.store import reading
from tests.ingest.helpers import GOOD, by_id, facts, file, npi, take

EPOCH = date(1970, 1, 1)
EPIC = (
    "REFERRAL_ID,PAT_ID,ENTRY_DATE,RFL_CLASS_C_NAME,RFL_STATUS_C_NAME,REFERRING_PROV_ID,REFERRING_PROV_ID_REFERRING_PROV_NAM\n"
    "1,P1,2026-01-05 08:00:00,Outgoing,Authorized,77,Elm\n"
    "2,P2,20260106,Incoming,Denied,78,Oak\n"
)
VISITS = "REFERRAL_ID,SERVICE_DATE,SERVICE_TYPE_C_NAME,EXT_APPT_STATUS_C_NAME\n1,2026-02-01 09:00,New,Completed\n"
SOURCES = f"REFERRING_PROV_ID,NPI\n77,{GOOD}\n"


def test_epics_three_files_are_one_batch_in_any_order(home: Home, tmp_path: Path) -> None:
    paths = [file(tmp_path, VISITS, "apt.csv"), file(tmp_path, SOURCES, "src.csv"), file(tmp_path, EPIC, "rfl.csv")]
    found = take(home, paths, "epic-referral")
    rows = by_id(home)
    assert found.rows_read == 4
    assert (found.rows_new, found.rows_rejected) == (2, 0)
    assert rows["1"]["seen_day"] == (date(2026, 2, 1) - EPOCH).days
    assert (rows["1"]["referring_npi"], rows["2"]["referring_npi"]) == (GOOD, None)
    assert (rows["1"]["vantage"], rows["2"]["vantage"]) == ("ordered", "received")
    assert {row["patient_key"] for row in rows.values()} == {None}
    assert {row["source"] for row in rows.values()} == {"epic-referral"}


def test_a_part_alone_is_refused_where_the_main_file_is_needed(home: Home, tmp_path: Path) -> None:
    with pytest.raises(LiaisonError):
        take(home, file(tmp_path, VISITS), "epic-referral")


def test_a_bad_row_of_a_part_is_told_with_its_file(home: Home, tmp_path: Path) -> None:
    more = "".join(f"{i},P,2026-01-05,Outgoing,Authorized,77,Elm\n" for i in range(3, 40))
    sources = SOURCES + "78,1234567890\n"
    found = take(home, [file(tmp_path, EPIC + more, "rfl.csv"), file(tmp_path, sources, "src.csv")], "epic-referral")
    assert [(r.file, r.row, r.column) for r in found.rejects] == [("src.csv", 3, "NPI")]


def test_shared_patients_without_a_header(home: Home, tmp_path: Path) -> None:
    lines = [f"{npi(i)},{npi(i + 1)}, {i + 20},  {i + 11}, 0\n" for i in range(40)] + [f"{GOOD},1234567890,1,1,1\n"]
    found = take(home, file(tmp_path, "".join(lines)), "cms-shared-patients")
    assert [(r.row, r.column) for r in found.rejects] == [(41, "npi2")]
    kept = facts(home, "edge")
    assert sum(row["transactions"] for row in kept) == sum(i + 20 for i in range(40))
    assert sum(row["patients"] for row in kept) == sum(i + 11 for i in range(40))
    assert found.rows_new == 40


def test_an_option_that_the_format_has_not_is_refused(home: Home, tmp_path: Path) -> None:
    with pytest.raises(LiaisonError, match="referrals has no use for states"):
        take(home, file(tmp_path, "a\n1\n"), known={"states": "TN"})


def test_an_unknown_format_is_answered_with_the_nearest(home: Home, tmp_path: Path) -> None:
    with pytest.raises(LiaisonError, match="Did you mean referrals"):
        take(home, file(tmp_path, "a\n1\n"), "referals")


def test_records_keep_what_a_file_does_not_speak_of(home: Home, tmp_path: Path) -> None:
    take(home, file(tmp_path, "practice_id,name,city\nE1,Elm,Nashville\n"), "practices")
    found = take(home, file(tmp_path, "practice_id,name,rural\nE1,Elm,yes\n", "b.csv"), "practices")
    assert (found.rows_new, found.rows_updated) == (0, 1)
    with reading(home.store) as connection:
        (kept,) = all_records(connection, "practices")
    assert (kept["city"], kept["rural"]) == ("Nashville", True)
