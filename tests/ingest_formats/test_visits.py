"""Visits leave as a CSV that imports back unchanged; a CRM's export comes in with every bad row named."""

import csv
import io
import random
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liaison import fieldwork
from liaison.config import Settings
from liaison.errors import LiaisonError
from liaison.facts.home import Home
from liaison.fieldwork.one_practice import practice_file
from liaison.ingest.export import export
from liaison.ingest.guarded import bare, guarded
from liaison.ingest.run import import_files
from liaison.store import reading, writing

ODD = (
    "=1+1",
    "'=1+1",
    "''-x",
    "- called",
    "@all",
    'said "no"',
    "a;b, c",
    "two\nlines",
    "caf\u00e9 \u2013 ok",
    "n" * 8_000,
)


@pytest.fixture
def homes(tmp_path: Path) -> Iterator[tuple[Home, Home]]:
    """Two teams with the same practices and people."""
    made = [Home.open(Settings(home=tmp_path / name)) for name in ("one", "other")]
    for home in made:
        with writing(home.store) as conn:
            fieldwork.write(conn, "practices", [{"practice_id": f"P{n}", "name": f"P{n}"} for n in range(50)], "ann")
            fieldwork.write(conn, "people", [{"person_id": "L1", "name": "Ann"}], "ann")
    yield made[0], made[1]
    for home in made:
        home.close()


@given(st.text())
def test_a_guarded_text_comes_back_and_runs_in_no_spreadsheet(text: str) -> None:
    assert bare(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@"))


def test_visits_leave_and_come_back_as_they_were(homes: tuple[Home, Home], tmp_path: Path) -> None:
    one, other = homes
    rows = [
        {
            "visit_id": f"V{n}", "person_id": "L1", "practice_id": "P1", "date": f"2026-11-{n + 1:02d}",
            "channel": "in_person", "purpose": "ask", "notes": text, "outcome": text[:200], "people_met": "Ida;Bo",
            "next_step": text[:100], "next_step_on": "2026-12-01", "minutes": 12.5, "miles": 3.0,
            "logged_at": "2026-11-02T10:00:00+00:00", "voided": text[:50] if n % 2 else None,
        }
        for n, text in enumerate(ODD)
    ]  # fmt: skip
    with writing(one.store) as conn:
        fieldwork.write(conn, "visits", rows, "ann")
    file = tmp_path / "visits.csv"
    with reading(one.store) as conn:
        assert export(conn, "visits", file).rows == len(ODD)
        before = fieldwork.all_records(conn, "visits")
        with pytest.raises(LiaisonError, match="no records"):
            export(conn, "referrals", tmp_path / "x.csv")
    told = import_files(other, "visits", [file])
    assert (told.rows_accepted, told.rows_rejected) == (len(ODD), 0)
    with reading(other.store) as conn:
        assert fieldwork.all_records(conn, "visits") == before


MAPPING = """
format = "visits"
encoding = "cp1252"
[columns]
visit_id = "Activity Id"
person_id = "Owner"
date = "Activity Date"
practice_id = "Account"
channel = "Type"
notes = "Description"
[dates]
date = "%m/%d/%Y"
[values.channel]
"Site Visit" = "in_person"
"Call" = "phone"
"Web" = "virtual"
"""
HEADER = ["Activity Id", "Owner", "Activity Date", "Account", "Type", "Description"]


def crm(rows: int, seed: int = 8) -> tuple[bytes, dict[str, int]]:
    """An export of a CRM in cp1252, and how many rows are bad by which column, counted as they are drawn."""
    draw, bad = random.Random(seed), dict.fromkeys(("date", "practice_id", "channel", "notes"), 0)
    bad |= {"doubled": 0, "stray": 0, "good": 0}
    text = io.StringIO(newline="")
    out = csv.writer(text, lineterminator="\r\n")
    out.writerow(HEADER)
    for n in range(rows):
        on = date(2023, 1, 1) + timedelta(days=draw.randrange(1_000))
        said = draw.choice(
            ["Met the manager\u2019s deputy", 'asked "why"', "caf\xe9 visit; all well", "two\nlines", ""]
        )
        row = [
            f"A{n}",
            "L1",
            f"{on:%m/%d/%Y}",
            f"P{draw.randrange(50)}",
            draw.choice(["Site Visit", "Call", "Web"]),
            said,
        ]
        match draw.randrange(100):
            case 0:
                row[2], at = draw.choice(["2024-01-05", "13/45/2024", "last week"]), "date"
            case 1:
                row[3], at = f"X{n}", "practice_id"
            case 2:
                row[4], at = draw.choice(["Fax", "Pigeon"]), "channel"
            case 3:
                row[5], at = "n" * 10_001, "notes"
            case 4:
                row[5], at = "n" * 8_000, "good"
            case 5 if n:
                row[0], at = f"A{n - 1}", "doubled"
            case 6:  # a quote that nobody doubled
                text.write(f'{row[0]},L1,{row[2]},{row[3]},Call,a 6" sign\r\n')
                bad["stray"] += 1
                continue
            case _:
                at = "good"
        bad[at] += 1
        out.writerow(row)
    return text.getvalue().encode("cp1252"), bad


@pytest.mark.parametrize("rows", [600, pytest.param(50_000, marks=pytest.mark.audit)])
def test_an_export_of_a_crm_comes_in_with_every_bad_row_named(
    homes: tuple[Home, Home], tmp_path: Path, rows: int
) -> None:
    home, (text, drawn) = homes[0], crm(rows)
    file, mapping = tmp_path / "crm.csv", tmp_path / "crm.toml"
    file.write_bytes(text)
    mapping.write_text(MAPPING)
    began = time.process_time()
    told = import_files(home, "visits", [file], mapping=mapping, allow_rejects=True)
    imported = time.process_time() - began
    named = [each.column or "" for each in told.rejects]
    at = {"Activity Date": "date", "Account": "practice_id", "Type": "channel", "Description": "notes"}
    counted = {name: sum(at.get(column, column) == name for column in named) for name in at.values()}
    if rows < 1_000:  # the first thousand rejects are in the answer, all of them in the file
        assert counted == {name: drawn[name] for name in at.values()}
        assert all(each.row > 1 and each.remedy for each in told.rejects)
    assert told.rows_rejected == sum(drawn[name] for name in at.values())
    assert told.rows_accepted == drawn["good"] + drawn["doubled"] + drawn["stray"]  # a lone quote is a letter
    with reading(home.store) as conn:
        began = time.process_time()
        kept = practice_file(conn, "P7")
        read = time.process_time() - began
    print(f"{rows:,} rows in {imported:.1f} s of CPU; {len(kept.touches):,} visits of one practice in {read:.3f} s")
    assert len(kept.touches) > rows / 50 * 0.7
    assert read < 0.3
