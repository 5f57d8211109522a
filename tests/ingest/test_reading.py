"""Whatever a file is packed and written in, the same rows come out of it, or a sentence says why not."""

import csv
import gzip
import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from liaison.config import Settings
from liaison.errors import LiaisonError
from liaison.facts.home import Home
from liaison.ingest.heading import Shape
from liaison.ingest.reading import Table, read_all
from tests.ingest.helpers import GOOD, by_id, csv_text, facts, file, good_rows, take

ROWS = [
    ["R1", "2026-01-05", GOOD, "Café Clinic"],
    ["R2", "2026-01-06", GOOD, 'Oak, "East"'],
    ["R3", "2026-01-07", GOOD, ""],
]
TEXT = csv_text(ROWS)


def zipped(members: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in members.items():
            target.writestr(name, data)
    return packed.getvalue()


def workbook(path: Path) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "mm/dd/yyyy"})
        sheet.write_row(0, 0, ["referral_id", "created_on", "referring_npi", "referring_practice"])
        for number, row in enumerate(ROWS, 1):
            sheet.write_string(number, 0, row[0])
            sheet.write_datetime(number, 1, datetime.fromisoformat(row[1]), day)
            sheet.write_number(number, 2, int(row[2]))
            sheet.write_string(number, 3, row[3])
    return path


FORMS: dict[str, Callable[[Path], Path]] = {
    "utf-8": lambda folder: file(folder, TEXT),
    "utf-8 with a mark": lambda folder: file(folder, "\ufeff" + TEXT),
    "windows-1252": lambda folder: file(folder, TEXT.encode("cp1252")),
    "line ends of windows": lambda folder: file(folder, TEXT.replace("\n", "\r\n")),
    "line ends of old macs": lambda folder: file(folder, TEXT.replace("\n", "\r")),
    "line ends mixed": lambda folder: file(folder, TEXT.replace("\n", "\r\n", 2)),
    "no last line end": lambda folder: file(folder, TEXT.rstrip("\n")),
    "semicolons": lambda folder: file(folder, csv_text(ROWS, delimiter=";")),
    "tabs": lambda folder: file(folder, csv_text(ROWS, delimiter="\t")),
    "bars": lambda folder: file(folder, csv_text(ROWS, delimiter="|")),
    "all quoted": lambda folder: file(folder, csv_text(ROWS, quoting=csv.QUOTE_ALL)),
    "padded": lambda folder: file(folder, TEXT.replace("R1,", " R1 ,").replace(f",{GOOD},", f", {GOOD}\t,")),
    "with NUL": lambda folder: file(folder, TEXT.replace("R2", "R\x002")),
    "blank lines above": lambda folder: file(folder, "\n\n" + TEXT),
    "gz": lambda folder: file(folder, gzip.compress(TEXT.encode(), mtime=0), "r.csv.gz"),
    "zip": lambda folder: file(folder, zipped({"in/r.csv": TEXT.encode(), "__MACOSX/r.csv": b"x"}), "r.zip"),
    "xlsx": lambda folder: workbook(folder / "r.xlsx"),
}


@pytest.mark.parametrize("form", FORMS)
def test_the_same_rows_come_out_of_every_form(form: str, home: Home, tmp_path: Path) -> None:
    found = take(home, FORMS[form](tmp_path))
    assert (found.rows_read, found.rows_accepted, found.rows_rejected) == (3, 3, 0)
    rows = by_id(home)
    days = {name: row["created_day"] - (date(2026, 1, 1) - date(1970, 1, 1)).days for name, row in rows.items()}
    assert days == {"R1": 4, "R2": 5, "R3": 6}
    assert [rows[r]["referring_practice"] for r in ("R1", "R2", "R3")] == ["Café Clinic", 'Oak, "East"', None]
    assert {row["referring_npi"] for row in rows.values()} == {GOOD}
    assert list((home.path / "spill").rglob("*.csv")) == []  # nothing is left of what was unpacked


def read(path: Path, folder: Path, max_bytes: int = 50 << 30, max_members: int = 50) -> list[Table]:
    work = folder / "work"
    work.mkdir()
    return read_all([path], Settings(max_bytes=max_bytes, max_members=max_members), work, Shape(), [])


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty"),
        (b"\n \n\n", "is empty"),
        (b"a,b\n", "a header and no rows"),
        (b"a,b\n\n\n", "a header and no rows"),
        ("a,b\n1,2\n".encode("utf-16"), "UTF-16"),
        ("a,b\n1,2\n".encode("utf-16-le"), "UTF-16"),
        (b"a,b\n1,\x81\n", "not text in utf-8 and cp1252"),
        (b"%PDF-1.7 ...", "a PDF"),
        (bytes(range(256)) * 8, "not a text file"),
        (b"PK\x03\x04 is no zip", "damaged"),
        (gzip.compress(b"a,b\n1,2\n", mtime=0)[:-9], "damaged"),
        (gzip.compress(b"a,b\n" + bytes(range(65, 91)) * 9, mtime=0)[:30], "damaged"),
        (b"PAR1 is no Parquet", "damaged"),
        (b"\xd0\xcf\x11\xe0 is no workbook", "cannot be read as a workbook"),
        (b'a,"b' + b"\n" * 30 + b"c", "never closed"),
        (zipped({"readme.pdf": b"%PDF"}), "holds no table"),
    ],
)
def test_what_is_no_table_is_refused_by_name(data: bytes, says: str, tmp_path: Path) -> None:
    with pytest.raises(LiaisonError) as refused:
        read(file(tmp_path, data, "odd.csv"), tmp_path)
    assert says in refused.value.what
    assert "odd.csv" in refused.value.what
    assert refused.value.remedy


def test_a_missing_file_is_told_without_its_folder(tmp_path: Path) -> None:
    with pytest.raises(LiaisonError) as refused:
        read(tmp_path / "gone.csv", tmp_path)
    assert str(refused.value) == "There is no file gone.csv. Check the path."


def test_an_unpacked_file_may_not_grow_beyond_the_limit(tmp_path: Path) -> None:
    packed = file(tmp_path, gzip.compress(b"a,b\n" + b"1,2\n" * 5_000, mtime=0), "big.csv.gz")
    with pytest.raises(LiaisonError, match=r"more than 10,000 bytes unpacked"):
        read(packed, tmp_path, max_bytes=10_000)


def test_a_zip_that_lies_about_its_size_is_refused_while_it_unpacks(tmp_path: Path) -> None:
    data = zipped({"a.csv": b"a,b\n" + b"1,2\n" * 5_000})
    honest = (20_004).to_bytes(4, "little")
    packed = file(tmp_path, data.replace(honest, (9).to_bytes(4, "little")), "bomb.zip")
    with pytest.raises(LiaisonError):
        read(packed, tmp_path, max_bytes=10_000)


def test_a_bomb_is_refused_by_its_ratio(tmp_path: Path) -> None:
    row = b"1," + b"x" * 998 + b"\n"
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=9) as target:
        target.write(b"a,b\n")
        for _ in range(230):
            target.write(row * 1_000)
    with pytest.raises(LiaisonError, match="times its size"):
        read(file(tmp_path, packed.getvalue(), "bomb.csv.gz"), tmp_path)


def test_a_zip_of_too_many_files_is_refused(tmp_path: Path) -> None:
    packed = file(tmp_path, zipped({f"{i}.csv": b"a\n1\n" for i in range(5)}), "many.zip")
    with pytest.raises(LiaisonError, match="holds 5 files"):
        read(packed, tmp_path, max_members=4)


def test_members_of_a_zip_are_one_batch_and_named_one_by_one(home: Home, tmp_path: Path) -> None:
    one, two = csv_text(good_rows(30)), csv_text([*good_rows(30, 30), ["", "2026-01-05", GOOD, "Elm"]])
    found = take(home, file(tmp_path, zipped({"a.csv": one.encode(), "b.csv": two.encode()}), "week.zip"))
    assert (found.rows_read, found.rows_accepted) == (61, 60)
    assert [(r.file, r.row, r.column) for r in found.rejects] == [("week.zip/b.csv", 32, "referral_id")]


def test_rows_of_a_workbook_are_those_of_the_sheet(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "sheet.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(2, 0, ["referral_id", "created_on", "referring_practice"])  # two blank rows above
        for number in range(40):
            sheet.write_row(4 + number, 0, [f"R{number}", "2026-01-05", "Line one\nline two"])
        sheet.write_row(50, 0, ["R99", "not a day", "Elm"])
    found = take(home, path)
    assert (found.rows_read, found.rows_accepted) == (41, 40)
    assert [(r.row, r.column) for r in found.rejects] == [(51, "created_on")]


def test_parquet_typed_or_as_text_goes_through_the_same_checks(home: Home, tmp_path: Path) -> None:
    typed = {
        "referral_id": [f"R{i}" for i in range(30)],
        "created_on": [date(2026, 1, 5)] * 29 + [date(1980, 1, 1)],
        "seen_on": ["2026-02-01"] * 28 + ["2026-02-30", None],
        "referring_practice": ["Elm"] * 30,
        "margin": [1.5] * 30,
    }
    pq.write_table(pa.table(typed), tmp_path / "r.parquet")
    found = take(home, tmp_path / "r.parquet", allow_rejects=True)
    assert [(r.row, r.column) for r in found.rejects] == [(30, "seen_on"), (31, "created_on")]
    assert {row["margin"] for row in facts(home)} == {1.5}
    assert len(facts(home)) == 28
