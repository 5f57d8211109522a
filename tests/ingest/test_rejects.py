"""Every kind of bad row is named by file, row and column, with what is wrong and what would mend it."""

import csv
import random
from pathlib import Path

import pytest

from liaison.errors import LiaisonError
from liaison.facts.home import Home
from liaison.ingest.rejects import Reject, RejectsFile, kind_of, read_back
from liaison.ingest.result import BatchRefusedError
from tests.ingest.helpers import GOOD, HEADER, WRONG, by_id, csv_text, facts, file, good_rows, npi, places, take

WIDE = (
    "referral_id,created_on,referring_npi,referring_practice,vantage,seen_on,priority,network_status,exit,margin,"
    "referred_to_npi"
)
BAD = [
    # (line, column, words of the reason)
    (f",2026-01-05,{GOOD},Elm,,,,,,,", "referral_id", "is missing"),
    (f"B2,,{GOOD},Elm,,,,,,,", "created_on", "is missing"),
    (f"B3,05.01.2026,{GOOD},Elm,,,,,,,", "created_on", "is not a date"),
    (f"B4,2026-02-30,{GOOD},Elm,,,,,,,", "created_on", "is not a date"),
    (f"B5,1989-12-31,{GOOD},Elm,,,,,,,", "created_on", "from 1990 to 2100"),
    (f"B6,2101-01-01,{GOOD},Elm,,,,,,,", "created_on", "from 1990 to 2100"),
    (f"B7,2026-01-05,{GOOD},Elm,seen,,,,,,", "vantage", "is not one of ordered, received, claims"),
    (f"B8,2026-01-05,{GOOD},Elm,,tomorrow,,,,,", "seen_on", "is not a date"),
    (f"B9,2026-01-05,{GOOD},Elm,,,soon,,,,", "priority", "is not one of routine, urgent, stat"),
    (f"B10,2026-01-05,{GOOD},Elm,,,,outside,,,", "network_status", "is not one of in, out, unknown"),
    (f"B11,2026-01-05,{GOOD},Elm,,,,,died,,", "exit", "is not one of declined, cancelled, no_show, expired"),
    (f"B12,2026-01-05,{GOOD},Elm,,,,,,much,", "margin", "is not a number"),
    (f"B13,2026-01-05,{GOOD},Elm,,,,,,nan,", "margin", "is not a number"),
    (f"B14,2026-01-05,{WRONG},,,,,,,,", "referring_npi", "is not a valid NPI"),
    ("B15,2026-01-05,12345,,,,,,,,", "referring_npi", "is not a valid NPI"),
    ("B16,2026-01-05,", None, "has 3 columns where the header has 11"),
    (f"B17,2026-01-05,{GOOD},Elm,,,,,,,,", None, "has 12 columns where the header has 11"),
    (f'B18,2026-01-05,{GOOD},"Elm" Street,,,,,,,', None, "has a quote that is not closed"),
    (f'B19,2026-01-05,{GOOD},"Elm Street,,,,,,,', None, "has a quote that is not closed"),
]


def test_every_kind_of_bad_row_is_named_exactly(home: Home, tmp_path: Path) -> None:
    """Between good rows, blank lines and quoted line breaks, so that every way of counting rows wrongly would show."""
    lines, expected, row = [WIDE], [], 1
    for number, (line, column, reason) in enumerate(BAD):
        lines += [f'G{number},2026-01-05,{GOOD},"Elm\nStreet",,,,,,,', "", line]
        row += 3
        expected.append((row, column, reason))
    found = take(home, file(tmp_path, "\n".join(lines) + "\n"), allow_rejects=True)
    assert [(r.row, r.column) for r in found.rejects] == [(row, column) for row, column, _ in expected]
    for reject, (_, _, reason) in zip(found.rejects, expected, strict=True):
        assert reason in reject.reason
        assert reject.remedy
        assert reject.file == "referrals.csv"
    assert (found.rows_read, found.rows_accepted, found.rows_rejected) == (2 * len(BAD), len(BAD), len(BAD))
    assert set(by_id(home)) == {f"G{i}" for i in range(len(BAD))}


def test_a_row_with_several_bad_cells_is_one_reject_that_names_them_all(home: Home, tmp_path: Path) -> None:
    text = csv_text([["", "nonsense", GOOD, "Elm"], *good_rows(30)])
    found = take(home, file(tmp_path, text))
    assert [(r.row, r.column, r.reason) for r in found.rejects] == [
        (2, "referral_id", "is missing; wrong too: created_on")
    ]


def test_an_invalid_npi_is_emptied_where_the_practice_carries_the_row(home: Home, tmp_path: Path) -> None:
    text = csv_text(
        [
            ["R1", "2026-01-05", WRONG, "Elm", GOOD],
            ["R2", "2026-01-05", GOOD, "Elm", WRONG],
            ["R3", "2026-01-05", WRONG, "Elm", WRONG],
            ["R4", "2026-01-05", "", "", GOOD],
        ],
        HEADER + ",referred_to_npi",
    )
    found = take(home, file(tmp_path, text))
    assert (found.rows_rejected, found.npi_invalid, found.without_referrer) == (0, 3, 1)
    kept = {name: (row["referring_npi"], row["referred_to_npi"]) for name, row in by_id(home).items()}
    assert kept == {"R1": (None, GOOD), "R2": (GOOD, None), "R3": (None, None), "R4": (None, GOOD)}


def test_every_npi_is_judged_by_its_check_digit(home: Home, tmp_path: Path) -> None:
    chosen = random.Random(3)
    rows, wrong = [], set()
    for i in range(300):
        valid = npi(chosen.randrange(10**8))
        given = valid if i % 3 else valid[:-1] + str((int(valid[-1]) + chosen.randrange(1, 10)) % 10)
        rows.append([f"R{i}", "2026-01-05", given, "Elm"])
        wrong |= {f"R{i}"} if i % 3 == 0 else set()
    found = take(home, file(tmp_path, csv_text(rows)))
    assert found.npi_invalid == len(wrong)
    assert {name for name, row in by_id(home).items() if row["referring_npi"] is None} == wrong


def test_words_of_closed_lists_may_be_written_as_people_do(home: Home, tmp_path: Path) -> None:
    text = csv_text(
        [
            ["R1", "2026-01-05", "Elm", " Urgent ", "No Show", "OUT", "Received"],
            ["R2", "2026-01-05", "Elm", "", "", "", ""],
        ],
        "referral_id,created_on,referring_practice,priority,exit,network_status,vantage",
    )
    take(home, file(tmp_path, text))
    rows = by_id(home)
    names = ("priority", "exit", "network_status", "vantage")
    assert [rows["R1"][n] for n in names] == ["urgent", "no_show", "out", "received"]
    assert [rows["R2"][n] for n in names] == [None, None, None, "ordered"]


def test_too_many_bad_rows_refuse_the_whole_batch_and_leave_the_store_as_it_was(home: Home, tmp_path: Path) -> None:
    take(home, file(tmp_path, csv_text(good_rows(10))))
    before = _bytes(home)
    bad = file(tmp_path, csv_text([*good_rows(18, 10), ["X1", "?", GOOD, ""], ["X2", "?", GOOD, ""]]), "bad.csv")
    with pytest.raises(BatchRefusedError) as refused:
        take(home, bad)
    told = refused.value.as_json()
    assert "2 of 20 rows are bad, more than 5%; nothing was stored." in told["message"]
    assert told["where"] == "bad.csv, row 20, column created_on"
    assert (told["rows_read"], told["rows_rejected"], len(told["rejects"])) == (20, 2, 2)
    assert len(read_back(Path(told["rejects_file"]))) == 2
    assert _bytes(home) == before
    assert take(home, bad, allow_rejects=True).rows_accepted == 18


def test_one_bad_row_in_twenty_is_not_too_many(home: Home, tmp_path: Path) -> None:
    found = take(home, file(tmp_path, csv_text([*good_rows(19), ["X1", "?", GOOD, ""]])))
    assert (found.rows_accepted, found.rows_rejected) == (19, 1)


def test_no_usable_row_is_refused_whatever_is_allowed(home: Home, tmp_path: Path) -> None:
    with pytest.raises(LiaisonError, match="None of the 1 rows can be used"):
        take(home, file(tmp_path, csv_text([["X", "?", "", ""]])), allow_rejects=True)


def test_the_result_has_a_thousand_rejects_and_the_file_has_all(home: Home, tmp_path: Path) -> None:
    rows = [*good_rows(50), *([f"X{i}", "2026-99-99", "", "Elm"] for i in range(1_500))]
    found = take(home, file(tmp_path, csv_text(rows)), allow_rejects=True)
    assert (found.rows_rejected, len(found.rejects)) == (1_500, 1_000)
    with found.rejects_file.open(newline="") as written:
        listed = list(csv.DictReader(written))
    assert [int(row["row"]) for row in listed] == list(range(52, 1_552))
    assert found.as_json()["rejects_file"] == str(found.rejects_file)


def test_the_rejects_file_holds_no_formula(tmp_path: Path) -> None:
    odd = Reject("=1+1.csv", 2, "@x", "-1 is no date", "+fix")
    path = tmp_path / "rejects.csv"
    RejectsFile(path).write([odd])
    cells = path.read_text().splitlines()[1].split(",")
    assert cells == ["'=1+1.csv", "2", "'@x", "'-1 is no date", "'+fix"]
    assert read_back(path) == [odd]


def test_values_are_told_by_their_kind_and_cut() -> None:
    assert kind_of("2026-13-05") == "digits written like a date (2026-13-05)"
    assert kind_of("x" * 40) == f"text of 40 characters ({'x' * 30}…)"
    assert kind_of("123") == "3 digits (123)"
    assert kind_of(None) == "a value that is not shown"


def test_rejects_of_several_files_name_their_own(home: Home, tmp_path: Path) -> None:
    one = file(tmp_path, csv_text([*good_rows(30), ["X", "?", GOOD, ""]]), "one.csv")
    two = file(tmp_path, csv_text([*good_rows(30, 30), ["Y", "2026-01-05", WRONG, ""]]), "two.csv")
    found = take(home, [one, two])
    assert [(r.file, r.row, r.column) for r in found.rejects] == [
        ("one.csv", 32, "created_on"),
        ("two.csv", 32, "referring_npi"),
    ]
    assert len(facts(home)) == 60


def test_rows_are_exact_where_quoted_breaks_look_like_records(home: Home, tmp_path: Path) -> None:
    """Enough of them that the engine's threads begin within one."""
    lines, expected, chosen = [HEADER], [], random.Random(5)
    for i in range(150_000):
        within = "\n".join(f"X{j},2026-01-0{j + 1},{GOOD},Fake" for j in range(chosen.randrange(9)))
        bad = chosen.random() < 0.0005
        lines.append(f'R{i},{"never" if bad else "2026-01-05"},{GOOD},"{within}"')
        expected += [i + 2] if bad else []
    found = take(home, file(tmp_path, "\n".join(lines)), dry_run=True)
    assert found.rows_read == 150_000
    assert places(found) == [(row, "created_on") for row in expected]


def test_records_that_the_store_does_not_know_are_named_by_row(home: Home, tmp_path: Path) -> None:
    take(home, file(tmp_path, "person_id,name\nP1,Ann\n"), "people")
    take(home, file(tmp_path, "practice_id,name\nE1,Elm\n"), "practices")
    visits = [
        "visit_id,person_id,date,practice_id",
        *(f"V{i},P1,2026-01-05,E1" for i in range(30)),
        "",
        "W,P9,2026-01-05,E1",
    ]
    found = take(home, file(tmp_path, "\n".join([*visits, "Z,P1,2026-01-05,", ""])), "visits", allow_rejects=True)
    assert places(found) == [(33, "person_id"), (34, "practice_id")]
    assert (found.rows_accepted, found.rows_new) == (30, 30)


def _bytes(home: Home) -> dict[str, bytes]:
    """The store as a backup would hold it, and all facts."""
    home.close()
    kept = [p for p in home.path.rglob("*") if p.is_file() and "rejects" not in p.parts and "writer" not in p.name]
    return {str(p): p.read_bytes() for p in kept if not p.name.endswith(("-shm", "-wal"))}
