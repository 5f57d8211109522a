"""Who logs, and where they were: from the link, from today's route, or nearest first from a place one names."""

from datetime import date

import streamlit as st

from liaison.fieldwork.panels import Panels
from liaison.ui import options, parts
from liaison.ui.ask import myself
from liaison.ui.log import asked, state
from liaison.ui.log.asked import Place
from liaison.ui.log.state import Form

_NEAR, _WHO = "lz-log-near", "lz-log-who"


def person(whose: Panels, form: Form, small: bool) -> str:
    """Whose visit it is; one that is being changed stays with whom it is of."""
    names = whose.people | whose.team  # those with practices first
    if form.version is not None:
        return form.text("person_id")
    width = "stretch" if small else 260
    usual = st.session_state.get(_WHO)  # who logged last in this session
    first = usual if usual in names else myself(names)
    st.session_state[_WHO] = who = options.field(state.LIAISON, "Who was there", names, first, width=width)
    return who


def near(small: bool) -> str | None:
    """A ZIP or town to order the practices by."""
    found = st.selectbox(
        "Near",
        asked.towns(),
        index=None,
        key=_NEAR,
        placeholder="Town or ZIP: nearest first",
        accept_new_options=True,
        width="stretch" if small else 260,
        persist_state="session",
    )
    return str(found) if found else None


def place(form: Form, found: dict[str, Place]) -> str | None:
    """The practice; the URL holds it, so that a link can name it."""
    kept = form.text("practice_id") or st.query_params.get(state.PRACTICE)
    if kept is not None and kept not in found:
        kept = asked.now_counts_as(kept)
    if kept not in found:
        options.leave_away(state.PRACTICE)
        kept = None
    key = form.key("practice")
    options.mirror(key, kept)
    return st.selectbox(
        "Practice",
        list(found),
        index=None,
        format_func=lambda id_: found[id_].label,
        key=key,
        placeholder="Choose, or type its name",
        disabled=form.version is not None,
        on_change=_write,
        args=(key,),
    )


def _write(key: str) -> None:
    if chosen := st.session_state.get(key):
        st.query_params[state.PRACTICE] = chosen
    else:
        st.query_params.pop(state.PRACTICE, None)


def warn(practice_id: str, person_id: str, on: date) -> None:
    """Before one goes, or writes it down twice: who else is there within a week."""
    if told := list(dict.fromkeys(each.says for each in asked.others(practice_id, person_id, on))):
        parts.band(f"**{' '.join(told)}**")
    for said in asked.outdated(practice_id):
        parts.note(f"{said}.")
