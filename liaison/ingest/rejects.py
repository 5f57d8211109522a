"""Refused rows as people read them: where each stands, what is wrong with it, and what would mend it."""

import csv
import heapq
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from liaison.facts.engines.cells import ISO
from liaison.facts.engines.csv_load import Refused, Rule
from liaison.facts.engines.csv_rows import Late
from liaison.ingest.lines import BAD_QUOTES, Broken

KEPT = 1_000  # of the rejects in a result; the file has all
FORMULA = ("=", "+", "-", "@", "\t", "\r")
COLUMNS = ("file", "row", "column", "reason", "remedy")


@dataclass(frozen=True)
class Reject:
    """One refused row; `row` as a spreadsheet counts, `column` as the file names it, None where it is the whole row."""

    file: str
    row: int
    column: str | None
    reason: str
    remedy: str

    def as_json(self) -> dict[str, str | int | None]:
        return asdict(self)


def of_broken(file: str, broken: Broken, width: int) -> Reject:
    """A line that is no row of the table."""
    if broken.width == BAD_QUOTES:
        reason = "has a quote that is not closed, or closed in the middle of a value"
        return Reject(file, broken.row, None, reason, 'Double a quote within a value ("") or take it out.')
    found = f"{broken.width} column" + ("" if broken.width == 1 else "s")
    more = "Put quotes around a value that holds the delimiter." if broken.width > width else "Fill the row up."
    return Reject(file, broken.row, None, f"has {found} where the header has {width}", more)


def of_refused(file: str, row: int, refused: Refused, columns: Mapping[str, str]) -> Reject:
    """A row with cells that cannot be read; the first is named, the others mentioned."""
    first, *others = refused.rules
    column = columns.get(first.cell.name, first.cell.name)
    reason, remedy = _missing(first) if first.missing else _wrong(first, refused.value)
    if others:
        also = ", ".join(dict.fromkeys(columns.get(r.cell.name, r.cell.name) for r in others))
        reason += f"; wrong too: {also}"
    return Reject(file, row, column, reason, remedy)


def of_late(file: str, row: int, late: Late, columns: Mapping[str, str], groups: Iterable[tuple[str, ...]]) -> Reject:
    """A row whose keys do not hold."""
    column = columns.get(late.column, late.column)
    group = next((g for g in groups if late.column in g), ())
    others = [columns.get(f, f) for f in group if f != late.column]
    if late.missing:
        named = " and ".join([column, *others])
        return Reject(file, row, column, f"is missing: {named} are all blank", "Fill at least one of them.")
    reason = f"is not a valid NPI (ten digits, the last a check digit): {kind_of(late.value)}"
    if others:
        reason += f", and the row has no {' or '.join(others)}"
        return Reject(file, row, column, reason, f"Correct it, or give {' or '.join(others)}.")
    return Reject(file, row, column, reason, "Correct it.")


def _missing(rule: Rule) -> tuple[str, str]:
    return "is missing", "Fill it in; every row needs one."


def _wrong(rule: Rule, value: str | None) -> tuple[str, str]:
    cell, found = rule.cell, kind_of(value)
    if cell.kind == "date":
        written = " or ".join("YYYY-MM-DD" if f == ISO else f for f in cell.formats)
        return (
            f"is not a date as {written} from 1990 to 2100: {found}",
            "Correct it, or name the format of the column in a mapping under [dates].",
        )
    if cell.kind == "choice":
        listed = ", ".join(cell.choices)
        return f"is not one of {listed}: {found}", f"Use one of these, or map it: [values.{cell.name}]."
    said = {
        "month": ("is not a month as YYYY-MM", "Write it as 2026-03."),
        "number": ("is not a number", "Write it in digits, with a point before decimals."),
        "count": ("is not a whole number of zero or more", "Write it in digits."),
        "flag": ("is neither true nor false", "Write true or false."),
        "zip": ("is not a ZIP code", "Write five digits, such as 37203."),
    }
    reason, remedy = said[cell.kind]
    return f"{reason}: {found}", remedy


def kind_of(value: str | None) -> str:
    """What kind of thing a value is, and its beginning where it may be shown."""
    if value is None:
        return "a value that is not shown"
    kind = f"text of {len(value)} characters"
    if value.isdigit():
        kind = f"{len(value)} digits"
    elif value.replace(".", "", 1).replace("-", "", 1).isdigit():
        kind = "a number"
    elif sum(c.isdigit() for c in value) >= 4 and any(c in value for c in "/-.:"):
        kind = "digits written like a date"
    shown = " ".join(value.split())
    return f"{kind} ({shown[:30]}{'…' if len(shown) > 30 else ''})"


class RejectsFile:
    """All refused rows of an import: the first ones kept at hand, each of them in a file that no spreadsheet runs."""

    def __init__(self, path: Path | None) -> None:
        self.path, self.first, self.count = path, list[Reject](), 0

    def write(self, rejects: Iterable[Reject]) -> None:
        """Take rejects in their order; without a path only the first are kept."""
        if self.path is None:
            self._take(rejects, None)
            return
        with self.path.open("a", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            if not file.tell():
                writer.writerow(COLUMNS)
            self._take(rejects, lambda r: writer.writerow([_safe(v) for v in asdict(r).values()]))
            file.flush()
            os.fsync(file.fileno())

    def _take(self, rejects: Iterable[Reject], write: Callable[[Reject], object] | None) -> None:
        for reject in rejects:
            self.count += 1
            if len(self.first) < KEPT:
                self.first.append(reject)
            if write:
                write(reject)


def _safe(value: object) -> str:
    """Text that a spreadsheet takes as text."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def read_back(path: Path) -> list[Reject]:
    """The first rejects of a file that `RejectsFile` wrote; none where it is gone."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        rows = (row for _, row in zip(range(KEPT), csv.DictReader(file), strict=False))
        return [_read(row) for row in rows]


def _read(row: dict[str, str]) -> Reject:
    plain = {k: v[1:] if v[:1] == "'" and v[1:].startswith(FORMULA) else v for k, v in row.items()}
    return Reject(plain["file"], int(plain["row"]), plain["column"] or None, plain["reason"], plain["remedy"])


def in_order(*parts: Iterable[Reject]) -> Iterator[Reject]:
    """Rejects of one file from several sources, each in order of rows, as one."""
    return heapq.merge(*parts, key=lambda r: r.row)
