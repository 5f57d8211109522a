"""A new barrier, as somebody heard of it."""

from datetime import date, timedelta
from typing import Any

import streamlit as st

from liaison.fieldwork import report_barrier
from liaison.fieldwork.barrier_proposals import liaison_of
from liaison.fieldwork.patient_words import NO_PATIENTS
from liaison.fieldwork.syntax import LINE, PARAGRAPH
from liaison.store import reading
from liaison.ui import homes, options, parts, texts
from liaison.ui.ask import ask_records, viewer
from liaison.ui.barriers import asked, detail
from liaison.ui.barriers.held import ANSWERS, LABELS
from liaison.ui.clock import today
from liaison.ui.states import guarded
from liaison.vocabulary import BarrierKind, BarrierSource

PARAM, FOR = "new", "practice"
FIELDS = tuple(name for name in LABELS if name not in ANSWERS)


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
    elif given:
        options.leave_away(FOR)
    left, right = st.columns(2, gap="medium")
    with left:
        _choice("practice_id", dict(names))
        _choice("kind", {k.value: k.label for k in BarrierKind})
        texts.area(LABELS["what"], most=PARAGRAPH, key="new-what", height=120)
        parts.note(NO_PATIENTS)
    with right:
        texts.line(LABELS["department"], most=LINE, key="new-department", placeholder="Who has to solve it")
        _choice("service_line", asked.lines(), "For the referrals at stake")
        _choice("raised_by", dict(team))
        _choice("source", {s.value: s.label for s in BarrierSource if s is not BarrierSource.data})
        _choice("owner", dict(team), "The practice's liaison, unless you name somebody")
        first, second = st.columns(2)
        first.date_input(LABELS["raised_on"], value=day, max_value=day, key="new-raised_on")
        due = day + timedelta(days=homes.home().settings.barrier_due_days)
        second.date_input(LABELS["due_on"], value=due, key="new-due_on")
    with st.container(key="thumb"):
        st.button("Report barrier", type="primary", key="report-barrier", on_click=_save)


def _choice(column: str, named: dict[str, str], hint: str = "Choose") -> None:
    st.selectbox(
        LABELS[column],
        list(named),
        index=None,
        format_func=lambda v: named.get(v, v),
        placeholder=hint,
        key=f"new-{column}",
    )


def _save() -> None:
    guarded(_report, labels=LABELS)


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
