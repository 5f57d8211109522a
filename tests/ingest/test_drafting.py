"""A first mapping is guessed from headers and ten rows: good enough that people only correct it."""

from pathlib import Path

import pytest

from liaison.facts.home import Home
from liaison.ingest.drafting import date_format, draft
from liaison.ingest.formats import format_named
from liaison.ingest.preview import look
from tests.ingest.helpers import GOOD, by_id, csv_text, file, take

REFERRALS = format_named("referrals")
THEIRS = csv_text(
    [
        [
            f"{i}",
            f"01/{i + 10}/2026 08:00",
            GOOD,
            "Elm Clinic",
            "Non-Preferred",
            "High",
            "Jane",
            "North Hospital",
            "88.5",
        ]
        for i in range(12)
    ],
    "Referral Number,Order Date,Referring Provider NPI,ReferringClinic,Network,Urgency,Patient Name,Facility Name,Area",
)


def test_a_hospitals_export_is_understood(tmp_path: Path) -> None:
    drafted = draft(file(tmp_path, THEIRS), REFERRALS)
    assert drafted.columns == {
        "referral_id": "Referral Number",
        "created_on": "Order Date",
        "referring_npi": "Referring Provider NPI",
        "referring_practice": "ReferringClinic",
        "destination_organisation": "Facility Name",
        "network_status": "Network",
        "priority": "Urgency",
    }
    assert drafted.dates == {"created_on": "%m/%d/%Y"}
    assert drafted.values == {"network_status": {"Non-Preferred": "out"}, "priority": {"High": "urgent"}}
    assert drafted.identifiers == {"Patient Name": "drop"}


def test_what_is_drafted_imports(home: Home, tmp_path: Path) -> None:
    path = file(tmp_path, THEIRS)
    assert take(home, path, mapping=draft(path, REFERRALS)).rows_accepted == 12
    assert {row["network_status"] for row in by_id(home).values()} == {"out"}


def test_our_own_file_needs_no_words(tmp_path: Path) -> None:
    drafted = draft(file(tmp_path, csv_text([["1", "2026-01-05", GOOD, "Elm"]])), REFERRALS)
    assert drafted.columns == {n: n for n in ("referral_id", "created_on", "referring_npi", "referring_practice")}
    assert (drafted.dates, drafted.values, drafted.identifiers) == ({}, {}, {})


def test_a_column_of_a_like_name_but_other_values_is_not_taken(tmp_path: Path) -> None:
    text = csv_text([["1", "soon", "Dr Who"]], "referral_id,referral_date,physician_npi")
    drafted = draft(file(tmp_path, text), REFERRALS)
    assert not {"created_on", "referring_npi"} & set(drafted.columns)


@pytest.mark.parametrize(
    ("values", "pattern"),
    [
        (["2026-01-31"], "%Y-%m-%d"),
        (["2026-01-31T10:00:00Z"], "%Y-%m-%d"),
        (["01/31/2026"], "%m/%d/%Y"),
        (["31/01/2026"], "%d/%m/%Y"),
        (["01/02/2026", "13/02/2026"], "%d/%m/%Y"),
        (["01/02/2026"], "%m/%d/%Y"),
        (["20260131"], "%Y%m%d"),
        (["31-Jan-2026"], "%d-%b-%Y"),
        (["Elm"], None),
        (["12345678"], None),
        ([], None),
    ],
)
def test_date_formats_are_told_apart(values: list[str], pattern: str | None) -> None:
    assert date_format(values) == pattern


def test_the_preview_shows_the_first_ten_filled_rows(tmp_path: Path) -> None:
    rows = [[str(i), "2026-01-05", GOOD, "Elm\nStreet"] for i in range(20)]
    (head,) = look(file(tmp_path, csv_text(rows).replace("\n1,", "\n\n1,", 1)))
    assert head.columns == ("referral_id", "created_on", "referring_npi", "referring_practice")
    assert [row[0] for row in head.rows] == [str(i) for i in range(10)]
    assert head.rows[0][3] == "Elm\nStreet"
