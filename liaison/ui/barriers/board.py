"""The board: barriers by owner, the latest first; each row opens its own page."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from liaison.fieldwork.barrier_board import Board, OnBoard
from liaison.metrics.findings.barriers import plural
from liaison.ui import options, parts, states
from liaison.ui.barriers import asked, detail
from liaison.ui.barriers.rows import row_words
from liaison.ui.markup import html
from liaison.ui.style import phone
from liaison.vocabulary import BarrierStatus, comparison_key

ALL, NOBODY = "all", "nobody"
OWNER, DEPARTMENT, KIND, PRACTICE, STATE, SHOWN = "owner", "department", "kind", "practice", "state", "shown"
FIRST = 15
STATES = {
    BarrierStatus.open.value: "Open",
    BarrierStatus.resolved.value: "Resolved, to be told",
    BarrierStatus.loop_closed.value: "Loop closed",
    BarrierStatus.voided.value: "Voided",
    ALL: "In any state",
}
Keeps = Callable[[OnBoard], str]
OF: Mapping[str, Keeps] = {
    OWNER: lambda row: row.values["owner"] or NOBODY,
    DEPARTMENT: lambda row: comparison_key(row.values["department"]) or NOBODY,
    KIND: lambda row: str(row.values["kind"]),
    PRACTICE: lambda row: row.practice_id or NOBODY,
}


def show(now: Board) -> None:
    """The choices, then the rows by owner."""
    if not now.rows:
        states.off(
            "No barrier has been reported yet",
            "What a practice complains of on a visit or by phone stands here with an owner, a day and its days open.",
        )
        return
    rows = _cut(now)
    if not rows:
        _nothing()
        return
    shown = rows[: _many()]
    for owner, theirs in _by_owner(shown).items():
        _group(owner, theirs, [row for row in rows if (row.owner or "") == owner])
    left = len(rows) - len(shown)
    if left:
        st.button(f"Show {min(FIRST, left)} more of {left:,}", key="more-barriers", on_click=_more, args=(len(shown),))


def _cut(now: Board) -> list[OnBoard]:
    """The rows that the fields leave; each field offers what is there."""
    small, rows = phone(), list(now.rows)
    width = "stretch" if small else 190
    row = st.container(horizontal=True, vertical_alignment="center", gap="small", key="barriers-cut")
    with st.popover("Choose", icon=":material/filter_alt:", width="stretch") if small else row:
        state = options.field(
            STATE, "State", STATES, BarrierStatus.open.value, width=width, label_visibility="collapsed"
        )
        rows = [row for row in rows if state in (ALL, row.status.value)]
        for param, every, label in (
            (OWNER, "All owners", lambda row: row.owner or "Without an owner"),
            (DEPARTMENT, "All departments", lambda row: row.values["department"] or "No department named"),
            (KIND, "All kinds", lambda row: row.kind.label),
            (PRACTICE, "All practices", lambda row: row.where),
        ):
            there = {OF[param](row): label(row) for row in now.rows}
            named = {ALL: every} | dict(sorted(there.items(), key=lambda item: item[1]))
            chosen = options.field(param, param.capitalize(), named, ALL, width=width, label_visibility="collapsed")
            rows = [row for row in rows if chosen in (ALL, OF[param](row))]
    return rows


def _by_owner(rows: Sequence[OnBoard]) -> dict[str, list[OnBoard]]:
    """Owner -> rows, in the order of the rows: whoever has the latest one first."""
    found: dict[str, list[OnBoard]] = {}
    for row in rows:
        found.setdefault(row.owner or "", []).append(row)
    return found


def _group(owner: str, shown: Sequence[OnBoard], every: Sequence[OnBoard]) -> None:
    late = sum(bool(row.late) for row in every)
    said = plural(len(every), "barrier") + (f", {late:,} overdue" if late else "")
    parts.picture(owner or "Without an owner", said)
    for row in shown:
        with st.container(horizontal=not phone(), vertical_alignment="center", gap="small", key=f"row-{row.key}"):
            html(row_words(row, asked.at_stake(row), "" if not row.escalated else ", escalated"), width="stretch")
            st.button("Open", key=f"open-{row.key}", on_click=detail.open_one, args=(row.key,))


def _nothing() -> None:
    """No row is left: by what was chosen, or since nothing is open."""
    if not any(param in st.query_params for param in (OWNER, DEPARTMENT, KIND, PRACTICE, STATE)):
        states.off("No barrier is open", "Resolved ones stand under State.")
        return
    states.off("No barrier answers to these choices", "Take one of them away.")
    st.button("Clear choices", key="clear-barriers", on_click=_clear)


def _many() -> int:
    given = st.query_params.get(SHOWN, "")
    return max(FIRST, min(int(given), 300)) if given.isdigit() and len(given) < 5 else FIRST


def _more(shown: int) -> None:
    st.query_params[SHOWN] = str(shown + FIRST)


def _clear() -> None:
    for param in (OWNER, DEPARTMENT, KIND, PRACTICE, STATE):
        st.query_params.pop(param, None)
