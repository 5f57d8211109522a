"""Downloads: what a spreadsheet opens is data, never a formula."""

import csv
import io
from datetime import date

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from liaison.reports.export import as_csv, as_xlsx, safe

ROWS = pd.DataFrame(
    {
        "practice": ['=HYPERLINK("http://x")', 'Elm, "old"', None],
        "@note": ["+1", "-5", "  =2"],
        "lost": [12, -3, 0],
        "share": [0.25, float("nan"), 1.0],
        "day": [date(2026, 3, 1), None, date(2026, 4, 2)],
    }
)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\uff1d1"])
def test_a_text_that_would_act_is_led_by_an_apostrophe(text: str) -> None:
    assert safe(text) == f"'{text}"


def test_numbers_and_plain_words_stay_what_they_are() -> None:
    assert [safe(-3), safe("a=b"), safe(0.5), safe(float("nan")), safe(None)] == [-3, "a=b", 0.5, None, None]


def test_a_csv_reads_back_with_every_formula_dead() -> None:
    data = as_csv(ROWS)
    assert data.startswith(b"\xef\xbb\xbf")
    header, *lines = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert header == ["practice", "'@note", "lost", "share", "day"]
    assert lines[0] == ['\'=HYPERLINK("http://x")', "'+1", "12", "0.25", "2026-03-01"]
    assert lines[1] == ['Elm, "old"', "'-5", "-3", "", ""]


def test_a_workbook_reads_back_with_numbers_and_its_papers() -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(as_xlsx(ROWS, ["Leakage: share of ...", "=not a formula"])))
    rows = book.get_sheet_by_name("Rows").to_python()
    assert rows[1] == ['\'=HYPERLINK("http://x")', "'+1", 12.0, 0.25, "2026-03-01"]
    assert rows[2][2:4] == [-3.0, ""]
    assert book.get_sheet_by_name("About").to_python() == [["Leakage: share of ..."], ["'=not a formula"]]
