"""Travel times that a team has from elsewhere: a CSV with from, to, minutes, one row a pair and direction."""

import csv
import math
from collections.abc import Mapping
from pathlib import Path

from liaison.errors import LiaisonError, Where

COLUMNS = ("from", "to", "minutes")
MOST = 24 * 60.0


def read_matrix(path: Path) -> Mapping[tuple[str, str], float]:
    """(from, to) -> minutes, as stated: nothing is added for parking. Raises LiaisonError naming row and column."""
    name = path.name
    try:
        with path.open(encoding="utf-8-sig", newline="") as opened:
            lines = list(csv.reader(opened, strict=True))
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        raise LiaisonError(f"{path} cannot be read: {reason}.", Where(str(path)), "Check the path.") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise LiaisonError(f"{name} is no CSV in UTF-8: {error}.", Where(name), "Save it as CSV UTF-8.") from error
    header = [cell.strip() for cell in lines[0]] if lines else []
    for column in COLUMNS:
        if column not in header:
            raise LiaisonError(
                f"{name} has no column {column}.", Where(name, 1, column), "Start with: from,to,minutes."
            )
    first, last, minutes = (header.index(column) for column in COLUMNS)
    found: dict[tuple[str, str], float] = {}
    for row, cells in enumerate(lines[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            raise LiaisonError(
                f"The row has {len(cells)} cells, the header {len(header)}.",
                Where(name, row),
                "Give every row as many cells as the header.",
            )
        pair = (cells[first].strip(), cells[last].strip())
        if pair in found:
            raise LiaisonError(f"{pair[0]} to {pair[1]} is there twice.", Where(name, row), "Keep one of the rows.")
        found[pair] = _minutes(cells[minutes].strip(), Where(name, row, "minutes"))
    return found


def _minutes(text: str, where: Where) -> float:
    try:
        minutes = float(text)
    except ValueError:
        minutes = math.nan
    if not 0 <= minutes <= MOST:
        raise LiaisonError(f"minutes is {text or 'empty'}.", where, f"Write minutes from 0 to {MOST:.0f}.")
    return minutes
