"""Rows of the small CSVs as records: mended where that is sure, refused with the remedy where it is not."""

from collections.abc import Iterator
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Engine

from liaison import fieldwork
from liaison.fieldwork.kinds import KINDS
from liaison.ingest.formats import all_formats, records
from liaison.ingest.formats.base import Accepted
from liaison.store import open_store, reading, writing
from liaison.store.migrate import upgrade

SEEN = {"visit_id": "V", "person_id": "ann", "date": "2026-03-01", "practice_id": "P1"}
FORMATS = {name: form for name, form in all_formats().items() if isinstance(form, records.RecordFormat)}


@pytest.fixture
def store(sqlite_url: str) -> Iterator[Engine]:
    engine = open_store(sqlite_url)
    upgrade(engine)
    with writing(engine) as conn:
        fieldwork.write(conn, "practices", [{"practice_id": "P1", "name": "Elm Street"}], "ann")
        fieldwork.write(conn, "people", [{"person_id": "ann", "name": "Ann"}], "ann")
    yield engine
    engine.dispose()


def accept(store: Engine, name: str, *rows: dict[str, Any]) -> Accepted:
    """The rows as the common reader hands them over: every field a column, labels are their rows in the file."""
    frame = pd.DataFrame(list(rows), columns=[f.name for f in FORMATS[name].fields], dtype=object)
    frame.index = pd.RangeIndex(2, len(rows) + 2)
    with reading(store) as conn:
        return FORMATS[name].accept(conn, frame.where(frame.notna(), None))


def problems(accepted: Accepted) -> list[tuple[int, str, str]]:
    return [(p.index, p.column, p.reason) for p in accepted.problems]


def test_every_field_of_a_format_has_its_column_in_the_store() -> None:
    for name, form in FORMATS.items():
        fields = {records.COLUMN.get(f.name, f.name) for f in form.fields}
        assert fields == set(KINDS[name].columns), name


def test_rows_are_stored_as_their_columns_hold_them(store: Engine) -> None:
    row = {"practice_id": "P7", "name": " Oak Hill ", "lat": "36.15", "rural": "true", "do_not_visit": "false"}
    accepted = accept(store, "practices", row)
    (given,) = accepted.rows
    assert (given["name"], given["lat"], given["rural"], given["do_not_visit"]) == ("Oak Hill", 36.15, True, False)
    with writing(store) as conn:
        assert fieldwork.write(conn, "practices", accepted.rows, "ann", "b1").new == 1


def test_from_and_to_are_the_period_of_an_assignment(store: Engine) -> None:
    row = {"practice_id": "P1", "person_id": "ann", "from": "2026-01-01", "to": "2026-06-30"}
    (given,) = accept(store, "assignments", row).rows
    assert (given["starts"], given["ends"]) == ("2026-01-01", "2026-06-30")


def test_a_zip_that_lost_its_zero_gets_it_back_with_a_note(store: Engine) -> None:
    accepted = accept(
        store,
        "practices",
        {"practice_id": "P1", "name": "A", "zip": "3801"},
        {"practice_id": "P2", "name": "B", "zip": "03801-1234"},
        {"practice_id": "P3", "name": "C", "zip": "372031234"},
    )
    assert [row["zip"] for row in accepted.rows] == ["03801", "03801", "37203"]
    assert accepted.notes == ["1 values of zip had lost a leading zero; it was put back."]


def test_whole_zips_get_no_note(store: Engine) -> None:
    assert accept(store, "practices", {"practice_id": "P1", "name": "A", "zip": "03801-1234"}).notes == []


def test_a_countys_code_that_lost_its_zero_gets_it_back(store: Engine) -> None:
    rows = [{"territory_id": "T", "name": "T", "kind": "county", "code": c} for c in ("1001", "47037", "4703x")]
    accepted = accept(store, "territories", *rows)
    assert [row["code"] for row in accepted.rows] == ["01001", "47037"]
    assert problems(accepted) == [(4, "code", "is not a county's code")]


def test_an_unknown_practice_or_person_refuses_the_row_with_the_remedy(store: Engine) -> None:
    accepted = accept(
        store,
        "visits",
        {"visit_id": "1", "person_id": "ann", "date": "2026-03-01", "practice_id": "P1"},
        {"visit_id": "2", "person_id": "ann", "date": "2026-03-01", "practice_id": "P9"},
        {"visit_id": "3", "person_id": "bob", "date": "2026-03-01", "practice_id": "P1"},
        {"visit_id": "4", "person_id": "ann", "date": "2026-03-01", "npi": "1234567893"},
        {"visit_id": "5", "person_id": "ann", "date": "2026-03-01"},
    )
    assert [row["visit_id"] for row in accepted.rows] == ["1", "4"]
    assert accepted.rows[1]["npi"] == "1234567893"
    assert problems(accepted) == [
        (3, "practice_id", "is not the id of a practice"),
        (4, "person_id", "is not the id of a person"),
        (6, "practice_id", "is missing, and so is npi"),
    ]
    assert accepted.problems[0].remedy == "Import practices first, or correct the id."


@pytest.mark.parametrize(
    ("form", "row", "column"),
    [
        ("practices", {"practice_id": "P", "name": "N", "lat": "91"}, "lat"),
        ("practices", {"practice_id": "P", "name": "N", "lon": "-180.5"}, "lon"),
        ("practices", {"practice_id": "P", "name": "N", "hours": "weekdays"}, "hours"),
        ("practices", {"practice_id": "P", "name": "N", "zip": "372"}, "zip"),
        ("practices", {"practice_id": "P", "name": "N", "zone": "Central"}, "zone"),
        ("providers", {"npi": "1234567893", "name": "N", "in_office": "Monday"}, "in_office"),
        ("providers", {"npi": "1234567893", "name": "N", "telehealth": "yes"}, "telehealth"),
        ("people", {"person_id": "P", "name": "N", "works_from": "8am"}, "works_from"),
        ("people", {"person_id": "P", "name": "N", "works_from": "08:00", "works_to": "07:00"}, "works_to"),
        ("people", {"person_id": "P", "name": "N", "days": "Mo-Xx"}, "days"),
        ("people", {"person_id": "P", "name": "N", "from": "2026-02-01", "to": "2026-01-01"}, "to"),
        ("visits", SEEN | {"arrived_at": "25:00"}, "arrived_at"),
        ("visits", SEEN | {"minutes": "-5"}, "minutes"),
        ("margins", {"service_line": "cardiology", "margin": "500", "low": "600"}, "low"),
        ("margins", {"service_line": "cardiology", "margin": "500", "high": "400"}, "high"),
    ],
)
def test_badly_written_values_refuse_the_row_by_column(
    store: Engine, form: str, row: dict[str, Any], column: str
) -> None:
    accepted = accept(store, form, row)
    assert accepted.rows == []
    assert [(p.index, p.column) for p in accepted.problems] == [(2, column)]
    assert accepted.problems[0].remedy


@pytest.mark.parametrize(
    ("form", "column", "value"),
    [
        ("practices", "hours", "Mo-Fr 08:00-12:00;13:00-17:00"),
        ("practices", "hours", "Mo-Th 08:00-17:00; Fr 08:00-12:00"),
        ("practices", "hours", "Mo,We 9:00-24:00"),
        ("practices", "zone", "America/Chicago"),
        ("people", "days", "Mo;We;Fr"),
        ("people", "days", "Fr-Mo"),
    ],
)
def test_ways_of_writing_hours_and_days(store: Engine, form: str, column: str, value: str) -> None:
    row = {"practice_id": "P", "person_id": "P", "name": "N", column: value}
    fields = {f.name for f in FORMATS[form].fields}
    assert len(accept(store, form, {c: v for c, v in row.items() if c in fields}).rows) == 1


def test_providers_of_practices_not_known_yet_come_in_with_a_note(store: Engine) -> None:
    rows = [{"npi": "1234567893", "name": "N", "practice_id": p} for p in ("P1", "P8", "P9")]
    accepted = accept(store, "providers", *rows)
    assert len(accepted.rows) == 3
    assert accepted.notes == ["practice_id: 2 ids are not known yet (P8, P9). Import practices to join them."]
