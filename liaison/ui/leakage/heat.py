"""The main picture: who loses which line. A click opens what lies behind a cell."""

from collections.abc import Hashable
from dataclasses import replace

import pandas as pd
import streamlit as st

from liaison import charts
from liaison.charts.leakage_heatmap import ALL, UNKNOWN
from liaison.charts.words import percent, whole
from liaison.metrics.filters import Filters
from liaison.metrics.findings.leakage import what_leaks_most
from liaison.ui import charts as drawn
from liaison.ui import parts, picks
from liaison.ui.ask import version
from liaison.ui.leakage.asked import Grid
from liaison.ui.style import phone
from liaison.ui.tables import Col, table

ROW, LINE = "row", "column"  # the URL's names of a cell's two keys
LIMIT = 30
FINDING = "Where referrals are lost, by practice group and service line"


def show(found: Grid, asked: Filters) -> picks.Pick:
    """The heat map, its table, or the phone's list; the cell that is picked."""
    cells = found.cells
    default = {ROW: ALL, LINE: ALL}
    if len(found.worst):
        default = {ROW: str(found.worst["row_key"].iloc[0]), LINE: str(found.worst["line_key"].iloc[0])}
    data = version(asked, "heat map")
    chosen = picks.selection("heat", default, lambda p: (p[ROW], _line(p[LINE])) in found.keys, data)
    finding = (what_leaks_most(found.by_group) or FINDING).rstrip(".")
    if phone():
        parts.picture(finding, f"Practice groups and service lines with most referrals lost, {found.total.window}.")
        return _list(found, chosen)
    with st.container(horizontal=True, vertical_alignment="bottom", key="heat-head"):
        parts.picture(finding, _drawn(found))
        as_table = st.toggle("As a table", key="heat-as-table")
    if as_table:
        return _table(cells, chosen)
    picked = drawn.show(
        charts.leakage_heatmap,
        cells,
        version=data,
        key=chosen.key,
        alt="Leakage by practice group and service line. The switch above shows the same numbers as a table.",
        pick="cell",
        first=(chosen.begun_with[ROW], chosen.begun_with[LINE]),
        limit=LIMIT,
    )
    return picks.follow(chosen, {ROW: picked["row_key"], LINE: picked["line_key"]} if picked else None)


def cut(asked: Filters, pick: picks.Pick) -> Filters:
    """The question of the page, cut to a cell."""
    row, line = pick[ROW], _line(pick[LINE])
    return replace(
        asked,
        practice_group=None if row == ALL else row,
        service_line=asked.service_line if line == ALL else line,
    )


def name_of(found: Grid, pick: picks.Pick) -> str:
    """'Northgate Medical Center, Cardiology'."""
    row, line = pick[ROW], _line(pick[LINE])
    named = [found.names[f"{of}:{key}"] for of, key in (("row", row), ("line", line)) if key != ALL]
    return ", ".join(named) or "All practices"


def _line(key: str) -> str:
    """The band of unknown destinations belongs to a whole row."""
    return ALL if key == UNKNOWN else key


def _drawn(found: Grid) -> str:
    said = (
        f"Share of referrals with a known destination that went out of network, {found.total.window}. "
        "Rows by referrals lost. Pale: fewer than 11 referrals."
    )
    groups = len(found.by_group.rows)
    return f"{said} The first {LIMIT} of {groups} groups." if groups > LIMIT else said


def _list(found: Grid, chosen: picks.Selection) -> picks.Pick:
    worst = found.worst
    if worst.empty:
        return chosen.now
    top = float(worst["numerator"].iloc[0])
    parts.losses(
        parts.Loss(
            str(c["row"]),
            f"{c['line']}, {percent(c['value'])} of {whole(c['denominator'])}",
            whole(c["numerator"]),
            c["numerator"] / top,
        )
        for c in worst.to_dict("records")
    )
    return _select(found, worst, chosen)


def _select(found: Grid, worst: pd.DataFrame, chosen: picks.Selection) -> picks.Pick:
    """A list cannot be pressed: a field below it opens one of its lines."""
    options = list(zip(worst["row_key"], worst["line_key"], strict=True))
    now = (chosen.now[ROW], _line(chosen.now[LINE]))
    options = options if now in options else [now, *options]
    picked = st.selectbox(
        "What lies behind",
        options,
        index=options.index(now),
        format_func=lambda key: name_of(found, {ROW: key[0], LINE: key[1]}),
        key=f"{chosen.key}-list",
    )
    return picks.follow(chosen, {ROW: picked[0], LINE: picked[1]})


TWIN = {
    "row": Col("From", 260),
    "line": Col("Service line", 200),
    "numerator": Col("Lost", 90, "count"),
    "denominator": Col("Known", 90, "count"),
    "value": Col("Leakage", 140, "share", "orange"),
    "unknown": Col("Unknown", 100, "count"),
}


def _table(cells: pd.DataFrame, chosen: picks.Selection) -> picks.Pick:
    rows = twin(cells)
    at = rows.index[(rows["row_key"] == chosen.begun_with[ROW]) & (rows["line_key"] == _line(chosen.begun_with[LINE]))]
    place = table(
        rows,
        TWIN,
        key=f"{chosen.key}-table",
        alt="Leakage by practice group and service line, most referrals lost first",
        pick=True,
        first=int(at[0]) if len(at) else None,
    )
    if place is None:
        return chosen.now
    return picks.follow(chosen, {ROW: rows["row_key"].iloc[place], LINE: rows["line_key"].iloc[place]})


def twin(cells: pd.DataFrame) -> pd.DataFrame:
    """The same cells and totals as rows, most referrals lost first; a total says "All"."""
    return cells.sort_values(["numerator", "denominator"], ascending=False, ignore_index=True)


def picture_version(asked: Filters, pick: picks.Pick) -> Hashable:
    """The key of the pictures behind a cell."""
    return version(cut(asked, pick), "behind")
