"""The rows of a panel's CSV as text, each knowing where in the file it stood."""

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from liaison.errors import LiaisonError, Where


@dataclass(frozen=True)
class Rows:
    """The cells as text without surrounding blanks, and the row of each in the file (the header is row 1)."""

    file: str
    cells: pd.DataFrame
    rows: npt.NDArray[np.int64]

    @property
    def columns(self) -> list[str]:
        return list(self.cells.columns)

    def __contains__(self, name: str) -> bool:
        return name in self.cells

    def __getitem__(self, name: str) -> pd.Series:
        return self.cells[name]

    def row(self, place: int) -> int:
        """The row of the file at which the cells of this place stood."""
        return int(self.rows[place])

    def refuse_where(self, wrong: pd.Series | npt.NDArray[np.bool_], column: str, what: str, remedy: str) -> None:
        """Raise about the first wrong row. `what` may name {column}, {value} and {practice}."""
        places = np.flatnonzero(np.asarray(wrong))
        if not len(places):
            return
        place = int(places[0])
        value, practice = (self.cells[name].iloc[place] for name in (column, "practice_id"))
        more = f" {len(places) - 1:,} more rows have the same fault." if len(places) > 1 else ""
        raise LiaisonError(
            what.format(column=column, value=value, practice=practice) + more,
            Where(self.file, self.row(place), column),
            remedy,
        )


def read_rows(path: Path) -> Rows:
    """Read a CSV with a header (UTF-8, commas). Raises LiaisonError where it cannot be read as one."""
    name = path.name
    try:
        with path.open(encoding="utf-8-sig", newline="") as opened:
            lines = list(enumerate(csv.reader(opened, strict=True), start=1))
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        raise LiaisonError(f"{path} cannot be read: {reason}.", Where(str(path)), "Check the path.") from error
    except UnicodeDecodeError as error:
        raise LiaisonError(f"{name} is not UTF-8.", Where(name), "Save it as CSV UTF-8.") from error
    except csv.Error as error:
        raise LiaisonError(f"{name} is not a CSV: {error}.", Where(name), "Save it as CSV with commas.") from error
    if not lines or not any(cell.strip() for cell in lines[0][1]):
        raise LiaisonError(
            f"{name} has no header.", Where(name, 1), "Start with: practice_id,month,referrals_in,visits."
        )
    header = [cell.strip() for cell in lines[0][1]]
    twice = next((cell for cell in header if header.count(cell) > 1), None)
    if twice is not None:
        raise LiaisonError(f"{name} has the column {twice} twice.", Where(name, 1, twice), "Keep one of them.")
    held = [(row, cells) for row, cells in lines[1:] if any(cell.strip() for cell in cells)]
    ragged = next(((row, cells) for row, cells in held if len(cells) != len(header)), None)
    if ragged is not None:
        says = f"The row has {len(ragged[1])} cells, the header {len(header)}."
        raise LiaisonError(says, Where(name, ragged[0]), "Give every row as many cells as the header.")
    if not held:
        raise LiaisonError(f"{name} has no rows.", Where(name), "Write one row a practice and month.")
    cells = pd.DataFrame([cells for _, cells in held], columns=header, dtype=object)
    stripped = cells.apply(lambda column: column.str.strip())
    return Rows(name, stripped, np.array([row for row, _ in held], dtype=np.int64))
