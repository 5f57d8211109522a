"""A panel: what each practice sent, month by month, and when it was visited. Read and checked from a CSV."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from liaison.errors import LiaisonError, Where, nearest
from liaison.models.panel_file import Rows, read_rows
from liaison.vocabulary import month_words

Counts = npt.NDArray[np.float64]

KEYS = ("practice_id", "month")
COUNTED = ("referrals_in", "referrals_out", "visits")
RANDOMISED = "visit_randomised"
MEASURES, NAMES = ("size", "distance"), ("specialty", "region", "liaison")  # covariates: numbers, words
KNOWN = (*KEYS, *COUNTED, RANDOMISED, *MEASURES, *NAMES)
MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


@dataclass(frozen=True, eq=False)
class Panel:
    """Every practice in every month. Arrays are (practice, month), in the order of `practices` and `months`.

    `months` are month ids (year x 12 + month - 1), one after the other without a gap. `referrals_out` is nan where
    what a practice sends elsewhere is not observed. `visit_randomised` is 1 where the slot was drawn at random.
    `covariates` has one row a practice (index: practice id) and those of size, distance (numbers, nan where not
    known), specialty, region, liaison (words) that the source had.
    """

    practices: tuple[str, ...]
    months: tuple[int, ...]
    referrals_in: Counts
    referrals_out: Counts
    visits: Counts
    visit_randomised: Counts
    covariates: pd.DataFrame

    def __len__(self) -> int:
        return len(self.practices)

    @cached_property
    def visited(self) -> npt.NDArray[np.bool_]:
        """(practice, month): at least one visit."""
        return np.asarray(self.visits > 0)

    def asked(self, first: str | None, last: str | None) -> tuple[int, int]:
        """Months that are named (YYYY-MM), as ids; all of them where none is. Raises LiaisonError for others."""
        start, stop = self.months[0], self.months[-1]
        window = (month_id(first) if first else start, month_id(last) if last else stop)
        for month in window:
            if not start <= month <= stop:
                known = f"Referrals are known from {month_words(start)} to {month_words(stop)}"
                what = f"{known}, not of {month_words(month)}."
                raise LiaisonError(what, remedy="Name months among them, or leave --from and --to out.")
        return window

    def until(self, month: int) -> "Panel":
        """What was known at the end of `month`: nothing of a later one."""
        kept = sum(m <= month for m in self.months)
        cut = (self.referrals_in, self.referrals_out, self.visits, self.visit_randomised)
        inwards, outwards, visits, randomised = (values[:, :kept] for values in cut)
        return Panel(self.practices, self.months[:kept], inwards, outwards, visits, randomised, self.covariates)


def month_id(text: str) -> int:
    """2026-03 as a month id."""
    return int(text[:4]) * 12 + int(text[5:7]) - 1


def month_name(month: int) -> str:
    """A month id as 2026-03."""
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def read_panel(path: Path) -> Panel:
    """Read one row a practice and month, with the columns of `KNOWN`; referrals_out and what follows visits may lack.

    Raises LiaisonError, with file, row and column, where the panel has a gap, a row twice, or a value that is none.
    """
    rows = read_rows(path)
    _check_columns(rows)
    for name in KEYS:
        rows.refuse_where(rows[name] == "", name, "{column} is empty.", "Fill it in, or delete the row.")
    wrong = ~rows[name := "month"].str.fullmatch(MONTH.pattern)
    rows.refuse_where(wrong, name, "{value} is not a month.", "Write months as 2026-03.")
    codes, found = pd.factorize(rows["practice_id"], sort=True)
    practices = tuple(str(practice) for practice in found)
    months = rows["month"].map({text: month_id(text) for text in rows["month"].unique()}).to_numpy()
    first, last = int(months.min()), int(months.max())
    shape = (len(practices), last - first + 1)
    cells = codes * shape[1] + (months - first)
    _check_every_cell_once(rows, cells, practices, first, shape)

    def laid_out(values: Counts) -> Counts:
        held = np.empty(len(cells))
        held[cells] = values
        return held.reshape(shape)

    inwards, visits = (laid_out(_whole_numbers(rows, name)) for name in ("referrals_in", "visits"))
    nowhere = np.full(shape, np.nan)
    outwards = laid_out(_whole_numbers(rows, "referrals_out", np.nan)) if "referrals_out" in rows else nowhere
    randomised = laid_out(_flags(rows)) if RANDOMISED in rows else np.zeros(shape)
    covariates = _covariates(rows, codes, practices)
    return Panel(practices, tuple(range(first, last + 1)), inwards, outwards, visits, randomised, covariates)


def _check_columns(rows: Rows) -> None:
    for name in (*KEYS, "referrals_in", "visits"):
        if name not in rows:
            near = nearest(name, rows.columns)
            remedy = f"Rename {near} to {name}." if near else "Add it: a panel has one row a practice and month."
            raise LiaisonError(f"The panel has no column {name}.", Where(rows.file, 1, name), remedy)
    for name in rows.columns:
        meant = nearest(name, KNOWN)
        if name not in KNOWN and meant and meant not in rows:
            raise LiaisonError(
                f"The panel has a column {name}, and none called {meant}.",
                Where(rows.file, 1, name),
                f"Rename it to {meant} if it means that, else give it a name that does not look like it.",
            )


def _check_every_cell_once(
    rows: Rows, cells: npt.NDArray[np.int64], practices: Sequence[str], first: int, shape: tuple[int, int]
) -> None:
    twice = pd.Series(cells).duplicated()
    says = "Practice {practice} has {value} twice."
    rows.refuse_where(twice, "month", says, "Keep one row a practice and month: add their numbers up.")
    held = np.zeros(shape[0] * shape[1], dtype=bool)
    held[cells] = True
    if held.all():
        return
    practice, month = np.divmod(int(np.argmin(held)), shape[1])
    name = month_name(first + int(month))
    before = np.flatnonzero(cells < practice * shape[1] + month)
    near = int(before[np.argmax(cells[before])]) if len(before) else 0
    raise LiaisonError(
        f"Practice {practices[practice]} has no row for {name}: a panel has no gaps.",
        Where(rows.file, rows.row(near), "month"),
        "Add the row, with 0 where nothing came, or take the practice out of the panel.",
    )


def _whole_numbers(rows: Rows, name: str, empty: float | None = None) -> Counts:
    """Counts of a column; an empty cell becomes `empty`, and is refused where that is None."""
    text, blank = rows[name], rows[name] == ""
    if empty is None:
        rows.refuse_where(blank, name, "{column} is empty.", "Write 0 where there were none.")
    values = pd.to_numeric(text.where(~blank, "0"), errors="coerce").to_numpy(dtype=float)
    sound = np.isfinite(values) & (values >= 0) & (values == np.floor(values))
    rows.refuse_where(~sound, name, "{value} is not a count.", "Write a whole number, 0 or more, without a separator.")
    return np.asarray(np.where(blank, 0.0 if empty is None else empty, values), dtype=float)


def _flags(rows: Rows) -> Counts:
    values = rows[RANDOMISED]
    rows.refuse_where(~values.isin(["0", "1", ""]), RANDOMISED, "{value} is not 0 or 1.", "Write 1 for a drawn slot.")
    return np.asarray(values == "1", dtype=float)


def _covariates(rows: Rows, codes: npt.NDArray[np.int64], practices: Sequence[str]) -> pd.DataFrame:
    held: dict[str, pd.Series] = {}
    first = pd.Series(codes).drop_duplicates().index.to_numpy()
    order = first[np.argsort(codes[first])]
    for name in (n for n in (*MEASURES, *NAMES) if n in rows):
        value = rows[name].to_numpy()[order]
        differs = rows[name].to_numpy() != value[codes]
        says = "{column} of practice {practice} is {value} here and another elsewhere."
        rows.refuse_where(differs, name, says, "Give each practice one value, the same in all its rows.")
        held[name] = _measured(rows, name, value) if name in MEASURES else pd.Series(value, dtype=object)
    return pd.DataFrame(held, index=range(len(practices))).set_index(pd.Index(practices, name="practice_id"))


def _measured(rows: Rows, name: str, value: npt.NDArray[np.object_]) -> pd.Series:
    blank = rows[name] == ""
    numbers = pd.to_numeric(rows[name].where(~blank, "0"), errors="coerce").to_numpy(dtype=float)
    sound = np.isfinite(numbers) & (numbers >= 0)
    rows.refuse_where(~sound, name, "{value} is not a number of 0 or more.", "Write it as 12.5, or leave it empty.")
    return pd.Series(pd.to_numeric(pd.Series(value).replace("", None), errors="coerce"), dtype=float)
