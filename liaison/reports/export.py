"""The one way out for rows: CSV and XLSX in which no text can act as a formula."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import pandas as pd

from liaison.ingest.guarded import guarded

_SHEET_ROWS = 1_048_576
EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001  the file format knows no zone


def safe(value: Any) -> Any:
    """The value as a spreadsheet may open it: a text that would act as a formula is led by an apostrophe."""
    if isinstance(value, str):
        return guarded(value)
    if isinstance(value, list | tuple):
        return safe(", ".join(str(part) for part in value))
    return None if pd.isna(value) else value


def as_csv(frame: pd.DataFrame) -> bytes:
    """The frame as CSV, UTF-8 with a mark that spreadsheets need to read it as such; nulls are empty."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([safe(str(name)) for name in frame.columns])
    for row in frame.itertuples(index=False, name=None):
        writer.writerow(["" if (cell := safe(value)) is None else cell for value in row])
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(frame: pd.DataFrame, papers: Sequence[str] = ()) -> bytes:
    """The frame as a workbook: the rows, and on a second sheet the sentences that say what they are."""
    return as_book({"Rows": frame}, papers)


def as_book(frames: Mapping[str, pd.DataFrame], papers: Sequence[str] = ()) -> bytes:
    """A workbook with a sheet a frame, and a last one for the sentences that say what they are.

    The same rows give the same bytes. Raises ValueError for more rows than a sheet can hold.
    """
    import xlsxwriter  # slow to import, and only needed on a download

    for frame in frames.values():
        if len(frame) >= _SHEET_ROWS:
            raise ValueError(f"A sheet holds {_SHEET_ROWS - 1:,} rows; this has {len(frame):,}.")
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "default_date_format": "yyyy-mm-dd",
    }
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"created": EPOCH})
        bold = book.add_format({"bold": True})
        for name, frame in frames.items():
            _sheet(book.add_worksheet(name), frame, bold)
        if papers:
            about = book.add_worksheet("About")
            about.set_column(0, 0, 110)
            for line, sentence in enumerate(papers):
                about.write_string(line, 0, safe(sentence))
    return out.getvalue()


def _sheet(sheet: Any, frame: pd.DataFrame, bold: Any) -> None:
    """Names in bold, kept in sight; columns as wide as what stands in them."""
    for place, name in enumerate(frame.columns):
        sheet.write_string(0, place, safe(str(name)), bold)
        width = max([len(str(name)), *(len(str(v)) for v in frame.iloc[:200, place])])
        sheet.set_column(place, place, min(width + 2, 50))
    for line, row in enumerate(frame.itertuples(index=False, name=None), start=1):
        for place, value in enumerate(row):
            _write(sheet, line, place, safe(value))
    sheet.freeze_panes(1, 0)


def _write(sheet: Any, line: int, place: int, value: Any) -> None:
    if value is None:
        return
    if isinstance(value, str):
        sheet.write_string(line, place, value)
    elif hasattr(value, "isoformat"):
        sheet.write_string(line, place, value.isoformat()[:10])
    elif isinstance(value, bool):
        sheet.write_boolean(line, place, value)
    elif hasattr(value, "__float__"):
        sheet.write_number(line, place, float(value))
    else:
        sheet.write_string(line, place, safe(str(value)))
