"""The page: who and where, what happened, the button, and what was logged lately."""

from datetime import date
from typing import Any

import streamlit as st

from liaison.errors import LiaisonError, Where
from liaison.planning.stored import visited
from liaison.planning.stored.words import day_words
from liaison.ui import entries, homes, links, parts, states
from liaison.ui.ask import viewer
from liaison.ui.clock import today
from liaison.ui.log import asked, choose, drafts, fields, latest, state
from liaison.ui.log.asked import Place
from liaison.ui.log.state import Form
from liaison.ui.quick import link
from liaison.ui.quick.entry import LABELS
from liaison.ui.states import guarded
from liaison.ui.style import phone

NAME = "Log a visit"


def show() -> None:
    """The page."""
    whose, form, now, small = asked.team(), state.form(), date.fromisoformat(today()), phone()
    if not whose.team:
        parts.head(NAME, "Nobody is on record who could log a visit")
        states.off("No liaison is on record", "The page Data takes the team's people.")
        links.link(entries.DATA, "Data")
        return
    head = st.container()
    if told := state.said():
        parts.band(f"**{told}**")
        if about := state.feedback():
            links.link(entries.FEEDBACK, "Asked for feedback? Write it down", icon=":material/forum:", **about)
    with st.container(horizontal=not small, gap="small", key="log-who"):
        who = choose.person(whose, form, small)
        near = choose.near(small) if form.version is None else None
    route = asked.stops(who)
    found = asked.places(who, near, route)
    place = choose.place(form, found)
    with head:
        parts.head(NAME, _sentence(form, found, place, len(route)))
    drafts.offer(form, who)
    values, raised = _form(form, who, place, now, small)
    drafts.keep(form, values | {"practice_id": place}, raised, who)
    _button(form, values | {"person_id": who, "practice_id": place}, raised, found, now, small)
    link.show(place if form.version is None else None)
    latest.show(who)


def _sentence(form: Form, found: dict[str, Place], place: str | None, stops: int) -> str:
    if form.version is not None:
        name = found[place].name if place in found else form.text("npi")
        return f"Changing the visit to {name} on {day_words(date.fromisoformat(form.text('date')))}"
    if place:
        return f"What happened at {found[place].name}?"
    if stops:
        return f"{stops} {'stop' if stops == 1 else 'stops'} of today\u2019s route still to be logged"
    return "Where were you, and what happened?"


def _form(form: Form, who: str, place: str | None, now: date, small: bool) -> tuple[dict[str, Any], Any]:
    left, right = (st.container(), st.container()) if small else st.columns(2, gap="large")
    with left:
        on = fields.when(form, now)
        if place and form.version is None:
            choose.warn(place, who, on)
        values = {"date": on.isoformat(), **fields.what(form), **fields.promise(form, on, small)}
        raised = fields.barrier(form) if form.version is None else None
    with right:
        values |= {**fields.people(form, place), **fields.rest(form)}
    return values, raised


def _button(form: Form, values: dict[str, Any], raised: Any, found: dict[str, Place], now: date, small: bool) -> None:
    word = "Log visit" if form.version is None else "Save changes"
    name = found[values["practice_id"]].name if values["practice_id"] in found else ""

    def pressed() -> None:
        guarded(_save, form, values, raised, name, now, labels=LABELS)

    def button(**more: Any) -> None:
        st.button(word, key="log-save", type="primary", on_click=pressed, disabled=not values["practice_id"], **more)

    if small:
        with st.bottom, st.container(key="thumb"):
            button(width="stretch")
    else:
        with st.container(horizontal=True, gap="small", key="log-actions"):
            button()
            if form.version is not None:
                st.button("Leave it as it is", key="log-leave", type="tertiary", on_click=state.anew)


def _save(form: Form, values: dict[str, Any], raised: Any, name: str, now: date) -> None:
    home = homes.home()
    user = viewer()
    actor = user.name if user.person_id else asked.team().team.get(values["person_id"], values["person_id"])
    if raised and not (raised["kind"] and raised["what"].strip()):
        lacks = "kind" if not raised["kind"] else "what happened"
        raise LiaisonError(f"The barrier lacks its {lacks}.", Where(column=lacks), "Say both, or take both away.")
    if form.version is None:
        visited.log(home.store, {"visit_id": form.visit_id, **values}, actor=actor, today=now, raised=raised)
        drafts.forget(form)
        state.ask_feedback(latest.feedback(values | {"visit_id": form.visit_id}))
        more = " Its barrier is on the board." if raised else ""
        state.anew(f"Logged: {name}, {day_words(date.fromisoformat(values['date']))}.{more}")
        st.query_params.pop(state.PRACTICE, None)
        return
    kept = {column: value for column, value in values.items() if column not in ("person_id", "practice_id")}
    visited.change(home.store, form.visit_id, kept, expected_version=form.version, actor=actor, today=now)
    state.anew(f"Saved: {name}.")
