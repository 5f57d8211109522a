"""What the page asks for, each counted once for a version of the data: a function of `ui.ask`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import pandas as pd

from liaison.access import Viewer
from liaison.charts.leakage_heatmap import ALL, SMALL_N, worst_cells
from liaison.facts.live import Live
from liaison.metrics.breakdown import Breakdown, Row
from liaison.metrics.figure import Figure
from liaison.metrics.filters import Filters, stored_value
from liaison.metrics.leakage import leakage
from liaison.metrics.sums import both_ways
from liaison.ui.leakage.views import NO_LINE, View
from liaison.vocabulary import NONE, Audience

EVERY = "All"
OTHERS = "(others)"  # the key of the destinations or reasons that have no column of their own
MOST_COLUMNS, MOST_MONTHS = 10, 24
LEAST_TOP = 0.05  # the darkest step stands for this share at least: a map of 1% and 2% is no alarm
_CELLS = ["row_key", "row", "line_key", "line", "numerator", "denominator", "unknown", "value", "suppressed"]
Cell = tuple[str, str, str, str, int | None, int | None, int | None, float | None, bool]
Named = tuple[str, str]  # key as the URL carries it, and what people read


@dataclass(frozen=True)
class Grid:
    """`cells`: as the heat map wants them, keys as URLs carry them. `by_row`, `by_column`: its totals.

    `keys`: every cell there is; `worst`: the cells that lose most referrals, largest first; `names` by "row:KEY" and
    "column:KEY"; `worst_row`: the row that loses most; `top`: the largest share of a cell; `left_out`: months that are
    older than those drawn.
    """

    view: View
    total: Figure
    by_row: Breakdown
    by_column: Breakdown
    cells: pd.DataFrame
    notes: tuple[str, ...]
    keys: frozenset[tuple[str, str]]
    worst: pd.DataFrame
    names: dict[str, str]
    worst_row: str
    top: float
    left_out: int

    @property
    def lines(self) -> Breakdown:
        """The totals by service line: every view has them on one side."""
        return self.by_row if self.view.rows == "service_line" else self.by_column


def grid(live: Live, viewer: Viewer, audience: Audience, filters: Filters, view: View) -> Grid:
    """Rows x columns of a view, with totals by row, by column and of all."""
    found, by_row, by_column = both_ways(live, viewer, audience, filters, view.rows, view.columns)
    rows = {r.key: (_key(view.rows, r.key), named(r.label, view.blank_row)) for r in by_row.rows}
    columns = {r.key: (_key(view.columns, r.key), named(r.label, view.blank_column)) for r in by_column.rows}
    every = (ALL, EVERY)
    left_out = 0
    if view.shares:
        drawn = _shares(view, found, by_row, by_column, rows, columns)
    else:
        months = sorted(columns) if view.chronological else []
        left_out = max(len(months) - MOST_MONTHS, 0)
        kept = months[left_out:] if view.chronological else list(columns)
        totals = {r.key: r.figure for r in by_column.rows}
        drawn = [_cell(every, columns[key], totals[key]) for key in kept]
        pairs = ((str(r.more[view.rows]), str(r.more[view.columns]), r.figure) for r in found.rows)
        drawn += [_cell(rows[row], columns[column], f) for row, column, f in pairs if column in set(kept)]
    drawn += [_cell(rows[r.key], every, r.figure) for r in by_row.rows]
    drawn.append(_cell(every, every, found.total))
    return _grid(view, drawn, found, by_row, by_column, left_out)


def _grid(
    view: View, drawn: list[Cell], found: Breakdown, by_row: Breakdown, by_column: Breakdown, left_out: int
) -> Grid:
    cells = pd.DataFrame(drawn, columns=_CELLS)
    names = {f"row:{c[0]}": c[1] for c in drawn} | {f"column:{c[2]}": c[3] for c in drawn}
    inner = [c[7] for c in drawn if ALL not in (c[0], c[2]) and c[7] is not None and (c[5] or 0) >= SMALL_N]
    keys = frozenset((c[0], c[2]) for c in drawn)
    top = max([*inner, LEAST_TOP])
    worst = worst_cells(cells[cells["line_key"] != OTHERS])
    worst_row = _key(view.rows, by_row.rows[0].key) if by_row.rows else ALL
    return Grid(view, found.total, by_row, by_column, cells, found.notes, keys, worst, names, worst_row, top, left_out)


def _key(dimension: str, key: str) -> str:
    """The id that a URL carries: the files' own spelling of a category is free text."""
    return stored_value(dimension, key)


def named(label: str, blank: str) -> str:
    """What people read; a group without a key is called by what it lacks."""
    return blank if label == NONE else label


def line_named(label: str) -> str:
    return named(label, NO_LINE)


def _cell(row: Named, column: Named, figure: Figure) -> Cell:
    """Hidden where one of its two counts is: what else is hidden of the figure is not in the cell."""
    hidden = figure.suppressed and (figure.numerator is None or figure.denominator is None)
    counts = (figure.numerator, figure.denominator, figure.beside.get("unknown"), figure.value)
    return (*row, *column, *counts, hidden)


def _share(row: Named, column: Named, out: int | None, of: int | None) -> Cell:
    """`out` referrals of the row's `of` with a known destination; None where one of them is hidden."""
    hidden = out is None or of is None
    value = out / of if out is not None and of else None
    return (*row, *column, out, of, None, value, hidden)


def _shares(
    view: View,
    found: Breakdown,
    by_row: Breakdown,
    by_column: Breakdown,
    rows: dict[str, Named],
    columns: dict[str, Named],
) -> list[Cell]:
    """Cells and column totals over the row's known destinations: along a row they add up to its leakage."""
    lost = [r for r in by_column.rows if r.figure.numerator or r.figure.suppressed]
    named_ones = [r.key for r in lost if r.key != NONE]
    fold = named_ones[MOST_COLUMNS - 1 :] if len(named_ones) > MOST_COLUMNS else []
    place = {key: columns[key] for key in named_ones if key not in fold}
    if fold:
        place |= dict.fromkeys(fold, (OTHERS, f"{len(fold)} others"))
    place |= {r.key: columns[r.key] for r in lost if r.key == NONE}
    out: dict[tuple[str, str], list[int | None]] = {}
    for r in by_column.rows:
        if r.key in place:
            out.setdefault((ALL, place[r.key][0]), []).append(r.figure.numerator)
    for r in found.rows:
        if (column := str(r.more[view.columns])) in place:
            out.setdefault((str(r.more[view.rows]), place[column][0]), []).append(r.figure.numerator)
    known = {ALL: found.total.denominator} | {r.key: r.figure.denominator for r in by_row.rows}
    every = {ALL: (ALL, EVERY)} | rows
    shown = dict.fromkeys(place.values())
    return [
        _share(every[row], column, _added(out.get((row, column[0]), [0])), known[row])
        for column in shown
        for row in known
    ]


def _added(counts: Iterable[int | None]) -> int | None:
    """The sum; None where one part is hidden."""
    parts = list(counts)
    return None if None in parts else sum(n for n in parts if n is not None)


def by_month(live: Live, viewer: Viewer, audience: Audience, filters: Filters) -> Breakdown:
    """Leakage by month, in the order of months."""
    found = leakage(live, viewer, audience, filters, "month")
    return replace(found, rows=tuple(sorted(found.rows, key=lambda r: r.key)))


def lost_rows(rows: Iterable[Row], lost: int, blank: str, reason: Callable[[Row], str] | None = None) -> pd.DataFrame:
    """Rows of a table or chart of what was lost: key, label, numerator, denominator, value (of `lost`), suppressed.

    With `reason` the reason given most, too.
    """
    shown = []
    for r in rows:
        out = r.figure.numerator
        if out or r.figure.suppressed:
            share = out / lost if lost and out is not None else None
            shown.append(
                (r.key, named(r.label, blank), out, lost, share, r.figure.suppressed, reason(r) if reason else "")
            )
    columns = ["key", "label", "numerator", "denominator", "value", "suppressed", "reason"]
    return pd.DataFrame(shown, columns=columns)
