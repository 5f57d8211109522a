"""The board: a row a liaison, a column a day; on a phone a list. A day opens in Routes."""

from datetime import date
from html import escape

import streamlit as st

from liaison.charts.words import percent
from liaison.planning.stored.board import BoardDay, BoardRow
from liaison.planning.stored.words import day_words, minutes
from liaison.ui import entries, links
from liaison.ui.markup import html
from liaison.ui.style import phone
from liaison.ui.week.asked import Team

NAME, DAY, SUM = 3, 3, 3  # widths of columns


def show(team: Team) -> None:
    """Rows by name."""
    with st.container(key="week-board", gap=None):
        if not phone():
            _heads(team)
        for row in team.board.rows:
            (_listed if phone() else _row)(team, row)


def _widths(team: Team) -> list[int]:
    return [NAME, *(DAY for _ in team.board.dates), SUM]


def _heads(team: Team) -> None:
    for column, word in zip(
        st.columns(_widths(team), gap="small"), ["", *map(_head, team.board.dates), "The week"], strict=True
    ):
        with column:
            html(f'<p class="lz-board q">{word}</p>')


def _head(on: date) -> str:
    return day_words(on)


def _row(team: Team, row: BoardRow) -> None:
    with st.container(key=f"week-row-{row.person_id}", gap=None):
        name, *days, whole = st.columns(_widths(team), gap="small")
        with name:
            links.link(
                entries.ROUTES, team.name(row.person_id), icon="", liaison=row.person_id, day=f"week-{team.board.week}"
            )
        on_board = [day for day in row.days if day.date in team.board.dates]
        for column, day in zip(days, on_board, strict=True):
            with column, st.container(gap=None):
                _cell(team, row, day)
        with whole:
            html(f'<div class="lz-board">{_whole(row)}</div>')


def _cell(team: Team, row: BoardRow, day: BoardDay) -> None:
    """How many stops, as a link; then minutes, and what is the matter with the day."""
    said = _state(row, day)
    if day.stops:
        _open(team, row, day, _stops(day))
        said = _minutes(day)
    html(f'<div class="lz-board">{_lines(day, said)}</div>')


def _open(team: Team, row: BoardRow, day: BoardDay, label: str) -> None:
    if team.opens(row.person_id, day.date):
        icon = ":material/lock:" if day.locked else ""
        links.link(entries.ROUTES, label, icon=icon, liaison=row.person_id, day=day.date.isoformat())
    else:
        html(f'<div class="lz-board"><b>{label}</b></div>')


def _lines(day: BoardDay, said: str) -> str:
    locked = ", locked" if day.locked else ""
    now = len(day.conflicts)
    cannot = f'<p class="now">{now:,} cannot be kept</p>' if now else ""
    return f'<p class="q">{said}{locked}</p>{cannot}'


def _minutes(day: BoardDay) -> str:
    br = "; " if phone() else "<br>"
    return f"{minutes(day.working)} there{br}{minutes(day.driving)} driving"


def _stops(day: BoardDay) -> str:
    return "1 stop" if day.stops == 1 else f"{day.stops} stops"


def _state(row: BoardRow, day: BoardDay) -> str:
    """Why there is nothing on a day."""
    if day.off:
        return "Day off"
    if not day.works:
        return "Does not work"
    return "Nothing planned" if row.planned else "No plan yet"


def _whole(row: BoardRow) -> str:
    if not row.planned:
        return '<p class="q">No plan yet</p>'
    could = row.stops + row.left_out
    covered = f", {percent(row.coverage)} of {could:,} that could be seen" if row.coverage is not None else ""
    left = f'<p class="q">Value {row.value:,.1f}; left out {row.value_left:,.1f}</p>'
    now = f'<p class="now">{len(row.conflicts):,} cannot be kept</p>' if row.conflicts else ""
    return f'<b>{row.stops:,} stops</b><p class="q">{minutes(row.driving)} driving{covered}</p>{left}{now}'


def _listed(team: Team, row: BoardRow) -> None:
    """For a phone: a person, the week, then the days on which something is the matter or planned."""
    with st.container(key=f"week-row-{row.person_id}", gap=None):
        html(f'<div class="lz-board"><h3>{escape(team.name(row.person_id))}</h3>{_whole(row)}</div>')
        for day in row.days:
            if day.date not in team.board.dates or not (day.works or day.stops) or not row.planned:
                continue
            if day.stops:
                said = _minutes(day)
                _open(team, row, day, f"{day_words(day.date)}: {_stops(day)}")
                html(f'<div class="lz-board">{_lines(day, said)}</div>')
            else:
                html(f'<div class="lz-board"><p class="q">{day_words(day.date)}: {_state(row, day).lower()}</p></div>')
        if not row.planned:
            links.link(entries.ROUTES, "Plan the week", liaison=row.person_id, day=f"week-{team.board.week}")
