"""The steps of a barrier, each behind its button: resolve, tell the practice, open again, void."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import streamlit as st

from liaison.errors import LiaisonError
from liaison.fieldwork.barrier_steps import loop_closed, reopened, resolved, voided
from liaison.fieldwork.syntax import PARAGRAPH
from liaison.ui import texts
from liaison.ui.barriers import held
from liaison.ui.barriers.held import Record
from liaison.ui.clock import today
from liaison.vocabulary import BarrierStatus

Team = Mapping[str, str]


def show(record: Record, status: BarrierStatus, team: Team) -> None:
    """The steps that can be made from where it stands."""
    key = record["key"]
    with st.container(horizontal=True, gap="small", key="barrier-steps"):
        if status is BarrierStatus.open:
            with st.popover("Resolve", icon=":material/check:", key=f"pop-resolve-{key}"):
                how = _words(key, "resolution", "How was it resolved?")
                on = _day(key, "resolved_on", "Since")
                _button("Resolve it", "do-resolve", key, lambda: resolved(how(), on()), "Resolved")
        if status in (BarrierStatus.open, BarrierStatus.resolved):
            solved = status is BarrierStatus.resolved
            label = "Close the loop" if solved else "Close without a solution"
            with st.popover(label, icon=":material/campaign:", key=f"pop-loop-{key}"):
                _loop(record, team, solved)
        if status is not BarrierStatus.open:
            with st.popover("Open again", icon=":material/undo:", key=f"pop-reopen-{key}"):
                why = _words(key, "reopened", "What happened?")
                _button("Open it again", "do-reopen", key, lambda: reopened(why(), today()), "Open again")
        if status is not BarrierStatus.voided:
            with st.popover("Void", icon=":material/block:", key=f"pop-void-{key}"):
                reason = _words(key, "voided", "Why should it not count?")
                _button("Void it", "do-void", key, lambda: voided(reason()), "Voided")


def _loop(record: Record, team: Team, solved: bool) -> None:
    key = record["key"]
    reason = (lambda: "") if solved else _words(key, "unresolved", "Why does it stay as it is?")
    first = next((p for p in (record["owner"], record["raised_by"]) if p in team), None)
    people = list(team)
    st.selectbox(
        "Who told the practice?",
        people,
        index=people.index(first) if first else None,
        format_func=lambda who: team.get(who, who),
        placeholder="Choose",
        key=f"step-{key}-loop_closed_by",
    )
    on = _day(key, "loop_closed_on", "On")

    def closed() -> Record:
        by = st.session_state.get(f"step-{key}-loop_closed_by")
        if not by:
            raise LiaisonError("Nobody is named who told the practice.", remedy="Choose who did.")
        return loop_closed(by, on(), reason() or None)

    _button("The practice was told", "do-loop", key, closed, "Loop closed")


def _words(key: str, column: str, label: str) -> Callable[[], str]:
    name = f"step-{key}-{column}"
    texts.area(label, most=PARAGRAPH, key=name, height=90, placeholder="Without naming a patient")
    return lambda: str(st.session_state.get(name) or "").strip()


def _day(key: str, column: str, label: str) -> Callable[[], str]:
    name, now = f"step-{key}-{column}", date.fromisoformat(today())
    st.date_input(label, value=now, max_value=now, key=name)
    return lambda: held.text(st.session_state.get(name)) or today()


def _button(label: str, name: str, key: str, values: Callable[[], Mapping[str, Any]], done: str) -> None:
    st.button(label, type="primary", key=f"{name}-{key}", on_click=_step, args=(values, done))


def _step(values: Callable[[], Mapping[str, Any]], done: str) -> None:
    """Whatever else was typed in the form goes with the step."""
    try:
        step = values()
    except LiaisonError as said:
        held.refuse(said)
        return
    held.keep({**held.unsaved(), **step}, done)
