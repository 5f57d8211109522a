"""A new barrier, as somebody heard of it."""

from datetime import date, timedelta
from typing import Any

import streamlit as st

from liaison.fieldwork import report_barrier
from liaison.fieldwork.barrier_proposals import liaison_of
from liaison.fieldwork.patient_words import NO_PATIENTS
from liaison.fieldwork.syntax import LINE, PARAGRAPH
from liaison.store import reading
from liaison.ui import homes, parts
from liaison.ui.ask import ask_records, viewer
from liaison.ui.barriers import asked, detail
from liaison.ui.clock import today
from liaison.ui.states import guarded
from liaison.vocabulary import BarrierKind, BarrierSource

PARAM, FOR = "new", "practice"
FIELDS = (
    "practice_id",
    "kind",
    "department",
    "service_line",
    "what",
    "raised_by",
    "source",
    "raised_on",
    "owner",
    "due_on",
)


def begin() -> None:
    """Opens the form."""
    st.query_params[PARAM] = "1"


def show() -> None:
    """The fields, then the one button."""
    parts.head("Barriers", "Report a barrier: what keeps a practice from referring, or makes it hard")
    st.button("All barriers", icon=":material/list:", type="tertiary", key="all-barriers", on_click=_leave)
    names, _ = ask_records(asked.practices_named)
    team, day = asked.now().team, date.fromisoformat(today())
    given = st.query_params.get(FOR)
    if given in names:
        st.session_state.setdefault("new-practice_id", given)
    left, right = st.columns(2, gap="medium")
    with left:
        _choice("practice_id", "Practice", dict(names))
        _choice("kind", "Kind", {k.value: k.label for k in BarrierKind})
        st.text_area("What is wrong", key="new-what", max_chars=PARAGRAPH, height=120)
        parts.note(NO_PATIENTS)
    with right:
        st.text_input("Department", key="new-department", max_chars=LINE, placeholder="Who has to solve it")
        _choice("service_line", "Service line", asked.lines(), "For the referrals at stake")
        _choice("raised_by", "Heard by", dict(team))
        _choice("source", "Heard", {s.value: s.label for s in BarrierSource if s is not BarrierSource.data})
        _choice("owner", "Owner", dict(team), "The practice's liaison, unless you name somebody")
        first, second = st.columns(2)
        first.date_input("Raised on", value=day, max_value=day, key="new-raised_on")
        due = day + timedelta(days=homes.home().settings.barrier_due_days)
        second.date_input("Due", value=due, key="new-due_on")
    with st.container(key="thumb"):
        st.button("Report barrier", type="primary", key="report-barrier", on_click=_save)


def _choice(column: str, label: str, named: dict[str, str], hint: str = "Choose") -> None:
    st.selectbox(
        label, list(named), index=None, format_func=lambda v: named.get(v, v), placeholder=hint, key=f"new-{column}"
    )


def _save() -> None:
    guarded(_report)


def _report() -> None:
    """Saves it and shows it; what was typed stays where it is refused."""
    values: dict[str, Any] = {name: _text(st.session_state.get(f"new-{name}")) for name in FIELDS}
    store = homes.home().store
    if values["owner"] is None and values["practice_id"]:
        with reading(store) as connection:
            values["owner"] = liaison_of(connection, values["practice_id"], values["service_line"], today())
    key = report_barrier(store, values, actor=viewer().name)
    _forget()
    detail.open_one(key)


def _text(value: Any) -> str | None:
    return value.isoformat() if isinstance(value, date) else (value or None)


def _leave() -> None:
    _forget()
    st.query_params.pop(PARAM, None)


def _forget() -> None:
    for name in FIELDS:
        st.session_state.pop(f"new-{name}", None)
    st.query_params.pop(FOR, None)
