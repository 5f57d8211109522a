"""What happened: the fields of a visit, as its columns; plain widgets, so that nothing is lost on another page."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import streamlit as st

from liaison.fieldwork.counted import APART, CHANNELS
from liaison.fieldwork.logged import OUTCOMES
from liaison.fieldwork.syntax import PARAGRAPH
from liaison.fieldwork.visits import NOTES
from liaison.ui import parts, texts
from liaison.ui.log import asked
from liaison.ui.log.state import Form
from liaison.vocabulary import BarrierKind, Channel, Purpose, Word

KEEP: Any = {"persist_state": "session"}
WRAP: Any = KEEP | {"wrap": True}
AHEAD = {"Tomorrow": 1, "In a week": 7, "In two weeks": 14, "In a month": 30}
NO_PATIENTS = "No patient\u2019s name, birth date or record number: say what happened, not to whom."


def when(form: Form, now: date) -> date:
    """The day of the visit."""
    found = st.date_input("Day", form.day("date") or now, max_value=now, key=form.key("date"), **KEEP)
    return found if isinstance(found, date) else now


def what(form: Form) -> dict[str, Any]:
    """How, what for, what came of it."""
    channel = _chips(form, "channel", "How", Channel, Channel.in_person.value)
    purpose = _chips(form, "purpose", "Purpose", Purpose, None)
    parts.note(counted_words(channel, purpose))
    known = list(dict.fromkeys([*OUTCOMES, *([form.text("outcome")] if form.text("outcome") else [])]))
    outcome = st.pills("Outcome", known, default=form.text("outcome") or None, key=form.key("outcome"), **WRAP)
    return {"channel": channel, "purpose": purpose, "outcome": outcome}


def counted_words(channel: str | None, purpose: str | None) -> str:
    """Whether it will count as a visit, and why not."""
    if purpose in APART:
        return "A drop-by is kept apart: it does not count as a visit."
    if channel not in CHANNELS:
        return "A touch, kept apart from visits: one counts in person, virtual or at an event."
    return "Counts as a visit."


def _chips(form: Form, name: str, title: str, words: type[Word], default: str | None) -> str | None:
    return st.pills(
        title,
        [word.value for word in words],
        default=form.text(name) or default,
        format_func=lambda value: words(value).label,
        key=form.key(name),
        **WRAP,
    )


def people(form: Form, practice_id: str | None) -> dict[str, Any]:
    """Whom one met, what was asked, what was left."""
    met = form.many("people_met")
    known = list(dict.fromkeys([*met, *(asked.people_at(practice_id) if practice_id else [])]))
    chosen = st.multiselect(
        "Whom you met",
        known,
        default=met,
        key=form.key(f"met-{practice_id}"),
        placeholder="Choose, or type a name",
        accept_new_options=True,
        **KEEP,
    )
    ask = texts.line("What was asked", form.text("ask"), most=PARAGRAPH, key=form.key("ask"), **KEEP)
    left, force = form.many("materials"), asked.materials()
    given = st.multiselect(
        "Materials left",
        list(dict.fromkeys([*left, *force])),
        default=left,
        format_func=lambda id_: force.get(id_, id_),
        key=form.key("materials"),
        placeholder="Choose, or type its id",
        accept_new_options=True,
        **KEEP,
    )
    return {"people_met": _listed(chosen), "ask": ask, "materials": _listed(given)}


def _listed(names: list[str]) -> str:
    """As a column holds several: parted by semicolons."""
    return ";".join(name.replace(";", ",").strip() for name in names)


def promise(form: Form, on: date, small: bool) -> dict[str, Any]:
    """The next step, and by when."""
    step = texts.line(
        "Next step",
        form.text("next_step"),
        most=PARAGRAPH,
        key=form.key("step"),
        placeholder="What you promised",
        **KEEP,
    )
    key = form.key("by")
    with st.container(horizontal=True, gap="small", key="log-ahead"):
        for word, days in AHEAD.items():
            st.button(word, key=f"log-ahead-{days}", on_click=_set, args=(key, on + timedelta(days=days)))
    if key not in st.session_state:
        st.session_state[key] = form.day("next_step_on")
    by = st.date_input("By", key=key, width="stretch" if small else 200, **KEEP)
    return {"next_step": step, "next_step_on": by.isoformat() if isinstance(by, date) else None}


def _set(key: str, value: date) -> None:
    st.session_state[key] = value


def barrier(form: Form) -> Mapping[str, Any] | None:
    """A problem that was raised: its kind and what happened; None where there was none."""
    with st.expander("A barrier was raised", icon=":material/report:", key=form.key("barrier")):
        kind = st.pills(
            "What kind",
            [word.value for word in BarrierKind],
            default=form.text("barrier_kind") or None,
            format_func=lambda value: BarrierKind(value).label,
            key=form.key("barrier-kind"),
            **WRAP,
        )
        held = form.text("barrier_what")
        said = texts.area("What happened", held, most=PARAGRAPH, key=form.key("barrier-what"), height=90, **KEEP)
        parts.note(NO_PATIENTS)
    return {"kind": kind, "what": said} if kind or said.strip() else None


def rest(form: Form) -> dict[str, Any]:
    """Time, distance, notes."""
    with st.container(horizontal=True, gap="small"):
        arrived = st.time_input(
            "Arrived", form.clock("arrived_at"), key=form.key("arrived"), step=300, width=130, **KEEP
        )
        minutes = _number(form, "minutes", "Minutes", 1.0)
        miles = _number(form, "miles", "Miles", 0.1)
    notes = texts.area("Notes", form.text("notes"), most=NOTES, key=form.key("notes"), height=110, **KEEP)
    parts.note(NO_PATIENTS)
    return {
        "arrived_at": f"{arrived:%H:%M}" if arrived else None,
        "minutes": minutes,
        "miles": miles,
        "notes": notes,
    }


def _number(form: Form, name: str, title: str, step: float) -> float | None:
    return st.number_input(
        title,
        min_value=0.0,
        value=form.given.get(name),
        step=step,
        format="%g",
        key=form.key(name),
        width=120,
        **KEEP,
    )
