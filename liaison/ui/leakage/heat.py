"""The main picture: who loses what. A click opens what lies behind a cell."""

from collections.abc import Hashable
from dataclasses import replace

import pandas as pd
import streamlit as st

from liaison.charts.leakage_heatmap import ALL, UNKNOWN, leakage_heatmap
from liaison.metrics.filters import Filters
from liaison.metrics.findings.leakage import largest_loss, main_reason, what_leaks_most
from liaison.ui import charts as drawn
from liaison.ui import options, parts, picks
from liaison.ui.ask import audience, version
from liaison.ui.leakage.asked import MOST_MONTHS, OTHERS, Grid, line_named
from liaison.ui.leakage.views import GROUPS, LABELS, PARAM, VIEWS, View
from liaison.ui.style import phone
from liaison.ui.tables import Col, table
from liaison.vocabulary import Audience

ROW, COLUMN = "row", "column"  # the URL's names of a cell's two keys
LIMIT = 30


def view() -> View:
    """The view that the URL asks for; what names none is taken out of it."""
    return VIEWS[options.now(PARAM, LABELS, GROUPS.id)]


def show(found: Grid, asked: Filters) -> picks.Pick:
    """The heat map, its table, or the phone's list; the cell that is picked."""
    data = version(asked, "heat map", found.view)
    chosen = picks.selection("heat", _default(found, asked), lambda p: _cell(p) in found.keys, data)
    finding = _finding(found)
    if phone():
        _choice()
        parts.picture(finding, f"The cells with most referrals lost, {found.total.window}.")
        return _list(found, chosen)
    parts.picture(finding, _drawn(found))
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", key="heat-head"):
        _choice()
        as_table = st.toggle("As a table", key="heat-as-table")
    if as_table:
        return _table(found, chosen)
    picked = drawn.show(
        leakage_heatmap,
        found.cells,
        version=data,
        key=chosen.key,
        alt=f"{found.view.finding}. The switch above shows the same numbers as a table.",
        pick="cell",
        first=(chosen.begun_with[ROW], chosen.begun_with[COLUMN]),
        limit=LIMIT,
        words=found.view.words(found.top),
    )
    return picks.follow(chosen, {ROW: picked["row_key"], COLUMN: picked["line_key"]} if picked else None)


def _finding(found: Grid) -> str:
    """What the picture shows; of lines the page's first sentence speaks already."""
    view = found.view
    if view.columns == "organisation":
        said = largest_loss(found.by_column)
    elif view.columns == "cause":
        said = main_reason(found.by_column)
    else:
        said = what_leaks_most(found.by_row) if view.columns == "service_line" else None
    return (said or view.finding).rstrip(".")


def _choice() -> None:
    """The control that chooses the view. Another view has other cells: the one that was picked goes with it."""
    options.buttons(PARAM, "Rows and columns of the picture", LABELS, GROUPS.id, drops=(ROW, COLUMN))


def _default(found: Grid, asked: Filters) -> picks.Pick:
    """The cell that is open from the start: where most is lost; the whole of one line, or for other audiences."""
    if asked.service_line is not None or found.worst.empty or audience() is not Audience.inside:
        return {ROW: ALL, COLUMN: ALL}
    if found.view is GROUPS:
        return {ROW: str(found.worst["row_key"].iloc[0]), COLUMN: str(found.worst["line_key"].iloc[0])}
    return {ROW: found.worst_row, COLUMN: ALL}


def _cell(pick: picks.Pick) -> tuple[str, str]:
    """The cell whose parts can be asked for: the bands of unknown and of other destinations belong to a whole row."""
    return pick[ROW], ALL if pick[COLUMN] in (UNKNOWN, OTHERS) else pick[COLUMN]


def cut(asked: Filters, view: View, pick: picks.Pick) -> Filters:
    """The question of the page, cut to a cell."""
    found = asked
    for dimension, key in zip((view.rows, view.columns), _cell(pick), strict=True):
        if key == ALL:
            continue
        found = replace(found, first=key, last=key) if dimension == "month" else replace(found, **{dimension: key})
    return found


def name_of(found: Grid, pick: picks.Pick) -> str:
    """'Northgate Medical Center, Cardiology'."""
    named = [found.names[f"{of}:{key}"] for of, key in zip((ROW, COLUMN), _cell(pick), strict=True) if key != ALL]
    only = found.lines.rows
    return ", ".join(named) or (line_named(only[0].label) if len(only) == 1 else "All practices")


def _drawn(found: Grid) -> str:
    """What the picture shows: unit, months, order, what is left out."""
    view, window = found.view, found.total.window
    said = f"Share of referrals with a known destination that went out of network, {window}. "
    if view.shares:
        said = f"Of each line's referrals with a known destination, the share that {view.went}, {window}: "
        said += "along a row they add up to its leakage. "
    said += "Rows by referrals lost. Pale: fewer than 11 referrals."
    if found.left_out:
        said += f" The newest {MOST_MONTHS} months are drawn; totals hold all of them."
    rows = len(found.by_row.rows)
    return f"{said} The first {LIMIT} of {rows} rows." if rows > LIMIT else said


def _list(found: Grid, chosen: picks.Selection) -> picks.Pick:
    worst = found.worst
    if worst.empty:
        return chosen.now
    parts.worst_cells(worst)
    return _select(found, worst, chosen)


def _select(found: Grid, worst: pd.DataFrame, chosen: picks.Selection) -> picks.Pick:
    """A list cannot be pressed: a field below it opens one of its lines."""
    cells = list(zip(worst["row_key"], worst["line_key"], strict=True))
    now = _cell(chosen.now)
    cells = cells if now in cells else [now, *cells]
    picked = st.selectbox(
        "What lies behind",
        cells,
        index=cells.index(now),
        format_func=lambda key: name_of(found, {ROW: key[0], COLUMN: key[1]}),
        key=f"{chosen.key}-list",
    )
    return picks.follow(chosen, {ROW: picked[0], COLUMN: picked[1]})


def _table(found: Grid, chosen: picks.Selection) -> picks.Pick:
    rows = twin(found.cells)
    begun = _cell(chosen.begun_with)
    at = rows.index[(rows["row_key"] == begun[0]) & (rows["line_key"] == begun[1])]
    columns = {
        "row": Col(found.view.row, 260),
        "line": Col(found.view.column, 200),
        "numerator": Col("Lost", 90, "count"),
        "denominator": Col("Known", 90, "count"),
        "value": Col("Share" if found.view.shares else "Leakage", 140, "share", "orange"),
        "unknown": Col("Unknown", 100, "count"),
    }
    place = table(
        rows,
        columns,
        key=f"{chosen.key}-table",
        alt=f"{found.view.finding}, most referrals lost first",
        pick=True,
        first=int(at[0]) if len(at) else None,
    )
    if place is None:
        return chosen.now
    return picks.follow(chosen, {ROW: rows["row_key"].iloc[place], COLUMN: rows["line_key"].iloc[place]})


def twin(cells: pd.DataFrame) -> pd.DataFrame:
    """The same cells and totals as rows, most referrals lost first; a total says "All"."""
    return cells.sort_values(["numerator", "denominator"], ascending=False, ignore_index=True)


def picture_version(asked: Filters, view: View, pick: picks.Pick, *more: Hashable) -> Hashable:
    """The key of the pictures behind a cell."""
    return version(cut(asked, view, pick), "behind", *more)
