"""Two people changed one barrier: both versions side by side, a choice for each field, nothing typed is lost."""

from collections.abc import Mapping
from html import escape
from typing import Any

import streamlit as st

from liaison.fieldwork.barrier_board import shown, word
from liaison.ui import parts
from liaison.ui.barriers import held
from liaison.ui.barriers.held import Clash, Record
from liaison.ui.markup import html

MINE, THEIRS, TOGETHER = "Yours", "Theirs", "Both, one after the other"
TEXTS = ("what", "resolution", "unresolved", "reopened", "voided")


def show(found: Clash, now: Record, team: Mapping[str, str]) -> None:
    """What each wrote, field by field; one button saves the choices."""
    html(
        '<div class="lz-state now" role="alert"><h3>'
        f"{escape(found.who)} saved this barrier while you had it open. Nothing that you typed is lost.</h3>"
        "<p>Choose for each field what should stand, then save.</p></div>"
    )
    both, theirs = found.both(now), found.theirs(now)
    for column in both:
        _choice(column, found, now, team)
    for column in (c for c in found.mine if c not in both and found.mine[c] != now[c]):
        mine = shown(column, found.mine[column], team)
        parts.note(f"{word(column)}: only you changed it, to \u201c{mine}\u201d. It will be saved.")
    for column in (c for c in theirs if c not in found.mine or found.mine[c] == now[c]):
        parts.note(f"{word(column)}: now \u201c{shown(column, now[column], team)}\u201d. It stays.")
    with st.container(horizontal=True, gap="small", key="thumb"):
        st.button("Save my choices", type="primary", key="clash-save", on_click=_save, args=(found, now, both))
        st.button("Keep theirs, drop mine", key="clash-drop", on_click=_drop, args=(found,))


def _choice(column: str, found: Clash, now: Record, team: Mapping[str, str]) -> None:
    with st.container(border=True, gap="small", key=f"clash-of-{column}"):
        parts.picture(word(column), f"When you opened it: {shown(column, found.base[column], team)}")
        left, right = st.columns(2, gap="medium")
        with left:
            html(_version(f"{THEIRS}, saved", shown(column, now[column], team)))
        with right:
            html(_version(f"{MINE}, not saved", shown(column, found.mine[column], team)))
        ways = [MINE, THEIRS, *([TOGETHER] if column in TEXTS and now[column] and found.mine[column] else [])]
        st.radio(f"{word(column)}: what should stand", ways, horizontal=True, key=_radio(column, now))


def _version(whose: str, said: str) -> str:
    return f'<div class="lz-both"><b>{escape(whose)}</b>{escape(said)}</div>'


def _radio(column: str, now: Record) -> str:
    return f"clash-{now['key']}-{now['version']}-{column}"


def _save(found: Clash, now: Record, both: tuple[str, ...]) -> None:
    """Against the version that stands beside one's own: a third save in between asks again."""
    values: dict[str, Any] = {c: v for c, v in found.mine.items() if c not in both}
    for column in both:
        way = st.session_state.get(_radio(column, now), MINE)
        if way == MINE:
            values[column] = found.mine[column]
        elif way == TOGETHER:
            values[column] = f"{now[column]}\n{found.mine[column]}"
    held.keep(values, "Saved", base=now)


def _drop(found: Clash) -> None:
    held.finish(found.base["key"], "Theirs stands")
