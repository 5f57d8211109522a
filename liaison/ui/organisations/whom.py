"""From whom it takes what: practice group x service line. A cell opens the practices behind it."""

from dataclasses import replace

import streamlit as st

from liaison.charts.leakage_heatmap import ALL, UNKNOWN, worst_cells
from liaison.charts.taken_heatmap import taken_heatmap
from liaison.metrics.filters import Filters
from liaison.ui import charts as drawn
from liaison.ui import parts, picks, states
from liaison.ui.ask import version
from liaison.ui.organisations.asked import One
from liaison.ui.organisations.choice import LINE, ROW
from liaison.ui.style import phone
from liaison.ui.tables import Col, table

LIMIT = 30
NOTHING = {ROW: ALL, LINE: ALL}


def show(found: One, question: Filters, key: str) -> picks.Pick:
    """The heat map, its table, or the phone's list; the cell that is picked, all of it unless one is."""
    data = version(question, "taken", key)
    chosen = picks.selection("taken", NOTHING, lambda p: (p[ROW], _line(p[LINE])) in found.keys, data)
    if not found.found.taken:
        states.off("Nothing went there", "No referral of these months and filters is known to have gone there.")
        return chosen.now
    who = found.found.who
    verb = "receives" if who.ours else "takes"
    if phone():
        parts.picture(f"From whom it {verb} what", f"Practice groups and lines that send most, {found.found.window}.")
        return _list(found, chosen)
    with st.container(horizontal=True, vertical_alignment="bottom", key="taken-head"):
        parts.picture(f"From whom it {verb} what", _drawn(found))
        as_table = st.toggle("As a table", key="taken-as-table")
    if as_table:
        return _table(found, chosen)
    begun = (chosen.begun_with[ROW], chosen.begun_with[LINE])
    picked = drawn.show(
        taken_heatmap,
        found.cells,
        version=data,
        key=chosen.key,
        alt=f"Share that goes to {who.label} by practice group and service line. The switch above shows it as a table.",
        pick="cell",
        name=who.label,
        ours=who.ours,
        first=begun if begun != (ALL, ALL) else None,
        limit=LIMIT,
    )
    return picks.follow(chosen, {ROW: picked["row_key"], LINE: picked["line_key"]} if picked else None)


def cut(question: Filters, pick: picks.Pick) -> Filters:
    """The question of the page, cut to a cell."""
    row, line = pick[ROW], _line(pick[LINE])
    return replace(
        question,
        practice_group=None if row == ALL else row,
        service_line=question.service_line if line == ALL else line,
    )


def name_of(found: One, pick: picks.Pick) -> str:
    """'Family medicine, Cardiology'; nothing for all of it."""
    named = [(f"row:{pick[ROW]}", pick[ROW]), (f"line:{_line(pick[LINE])}", _line(pick[LINE]))]
    return ", ".join(found.names[name] for name, key in named if key != ALL)


def _line(key: str) -> str:
    """The band of unknown destinations belongs to a whole row."""
    return ALL if key == UNKNOWN else key


def _drawn(found: One) -> str:
    who = found.found.who
    return (
        f"Of referrals with a known destination, the share that went to {who.label}, {found.found.window}. Rows and "
        "columns by referrals. Pale: fewer than 11. Pick a cell for the practices behind it."
    )


def _list(found: One, chosen: picks.Selection) -> picks.Pick:
    worst = worst_cells(found.cells)
    if worst.empty:
        return chosen.now
    parts.worst_cells(worst)
    options = [(ALL, ALL), *zip(worst["row_key"], worst["line_key"], strict=True)]
    now = (chosen.now[ROW], _line(chosen.now[LINE]))
    options = options if now in options else [now, *options]
    picked = st.selectbox(
        "What lies behind",
        options,
        index=options.index(now),
        format_func=lambda at: name_of(found, {ROW: at[0], LINE: at[1]}) or "All of it",
        key=f"{chosen.key}-list",
    )
    return picks.follow(chosen, {ROW: picked[0], LINE: picked[1]})


TWIN = {
    "row": Col("From", 280),
    "line": Col("Service line", 220),
    "numerator": Col("Went there", 110, "count"),
    "denominator": Col("Known", 100, "count"),
    "value": Col("Share", 150, "share", "orange"),
    "unknown": Col("Unknown", 100, "count"),
}


def _table(found: One, chosen: picks.Selection) -> picks.Pick:
    rows = found.cells.sort_values(["numerator", "denominator"], ascending=False, ignore_index=True)
    at = rows.index[(rows["row_key"] == chosen.begun_with[ROW]) & (rows["line_key"] == _line(chosen.begun_with[LINE]))]
    begun = chosen.begun_with != NOTHING
    place = table(
        rows,
        TWIN | {"value": Col("Share", 150, "share", "blue" if found.found.who.ours else "orange")},
        key=f"{chosen.key}-table",
        alt="What goes there by practice group and service line, most referrals first",
        pick=True,
        first=int(at[0]) if begun and len(at) else None,
    )
    if place is None:
        return chosen.now
    return picks.follow(chosen, {ROW: rows["row_key"].iloc[place], LINE: rows["line_key"].iloc[place]})
