"""The first filled sheet of a workbook as CSV, line for row, so that row numbers stay those of the spreadsheet."""

import csv
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    XmlError,
    ZipError,
)

from liaison.errors import LiaisonError

MAX_BYTES = 1 << 30  # of a workbook unzipped: its reader holds a sheet whole in memory
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"


def is_workbook(path: Path) -> bool:
    """Is the zip an XLSX, or the file a workbook of Excel before 2007?"""
    with path.open("rb") as file:
        if file.read(4) == OLD_WORKBOOK:
            return True
    with zipfile.ZipFile(path) as packed:
        return any(name.startswith(("xl/workbook", "xl/_rels/workbook")) for name in packed.namelist())


def to_csv(path: Path, name: str, target: Path) -> list[str]:
    """Write the sheet to `target`; sentences about what was left out. LiaisonError where it cannot be read."""
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        others: list[str] = []
        for cells in rows(path, name, others):
            if any(cells):
                writer.writerow(cells)
            else:
                file.write("\n")
    return [f"{name}: its first filled sheet was read, not {', '.join(others)}."] if others else []


def rows(path: Path, name: str, others: list[str]) -> Iterator[list[str]]:
    """The rows of the first filled sheet, from its first one, filled or not; `others` hears of further sheets."""
    _guard(path, name)
    try:
        with CalamineWorkbook.from_path(path) as book:
            sheet, more = _first_filled(book, name)
            others += more
            for row in sheet.iter_rows():
                yield [_text(cell) for cell in row]
    except PasswordError as error:
        raise LiaisonError(f"{name} is protected by a password.", remedy="Save it without one.") from error
    except (CalamineError, XmlError, ZipError, OSError, ValueError) as error:
        raise LiaisonError(f"{name} cannot be read as a workbook.", remedy="Save it again, or as CSV.") from error


def _guard(path: Path, name: str) -> None:
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as packed:
            size = sum(member.file_size for member in packed.infolist())
        if size > MAX_BYTES:
            raise LiaisonError(f"{name} unpacks to {size:,} bytes, too much for a workbook.", remedy="Save it as CSV.")


def _first_filled(book: CalamineWorkbook, name: str) -> tuple[CalamineSheet, list[str]]:
    kinds = {m.name: m for m in book.sheets_metadata}
    shown = [
        n
        for n in book.sheet_names
        if kinds[n].typ == SheetTypeEnum.WorkSheet and kinds[n].visible == SheetVisibleEnum.Visible
    ]
    filled = [n for n in shown if book.get_sheet_by_name(n).start is not None]
    if not filled:
        raise LiaisonError(f"{name} has no filled sheet.", remedy="Give a workbook whose first sheet is the table.")
    return book.get_sheet_by_name(filled[0]), filled[1:]


def _text(cell: Any) -> str:
    """A cell as a CSV holds it: ISO dates, whole numbers without '.0', true and false."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    return str(cell).strip() if cell is not None else ""
