"""A mail to a practice after a visit: a template filled from it, opened in one's own mail program."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

import streamlit as st
from sqlalchemy import Connection

from liaison.fieldwork.follow_up import FollowUp, follow_up
from liaison.fieldwork.mail_templates import templates
from liaison.fieldwork.one_practice import Record, practice_file
from liaison.metrics.figure import date_words
from liaison.ui import parts
from liaison.ui.ask import ask_records
from liaison.ui.style import phone

_OPEN = "lz-follow-up"
IS = "It opens in your own mail program, where you change and send it. Name no patient: it leaves the team."


def button(practice_id: str) -> bool:
    """The button on a practice's page; whether its mail is open, until the next press."""
    st.button(
        "Follow-up mail",
        type="tertiary",
        icon=":material/outgoing_mail:",
        key="follow-up",
        on_click=_turn,
        args=(practice_id,),
    )
    return st.session_state.get(_OPEN) == practice_id


def _turn(practice_id: str) -> None:
    st.session_state[_OPEN] = None if st.session_state.get(_OPEN) == practice_id else practice_id


def show(practice_id: str, practice: str, liaison: str, visit: Mapping[str, Any], key: str) -> None:
    """To whom, which text, the link, and what it says. `visit`: columns of a visit, empty where there was none."""
    every = ask_records(templates)[0]
    reachable = {c["email"]: c["name"] for c in ask_records(_contacts, practice_id)[0] if c["email"]}
    if not every:
        parts.note("No template stands: Data, Records, Mail templates takes them.")
        return
    small = phone()
    wide: int | Literal["stretch"] = "stretch" if small else 340
    with st.container(horizontal=not small, gap="small", key=f"follow-up-fields-{key}"):
        named = {one.template_id: one for one in every}
        which = st.selectbox(
            "Text",
            list(named),
            format_func=lambda id_: named[id_].title,
            key=f"follow-up-text-{key}",
            width=wide,
        )
        to = st.selectbox(
            "To",
            [*reachable, ""],
            format_func=lambda address: f"{reachable[address]}, {address}" if address else "An address of your own",
            key=f"follow-up-to-{key}",
            width=wide,
        )
    facts = {"contact": reachable.get(to, "colleagues"), "practice": practice, "liaison": liaison, **_facts(visit)}
    _mail(follow_up(named[which], to, facts))


def _facts(visit: Mapping[str, Any]) -> dict[str, str | None]:
    step, by = visit.get("next_step"), visit.get("next_step_on")
    words = f"{step}, by {date_words(date.fromisoformat(by))}" if step and by else step
    on = visit.get("date")
    return {"visited_on": date_words(date.fromisoformat(on)) if on else None, "next_step": words}


def _mail(made: FollowUp) -> None:
    if made.says:
        parts.note(made.says)
    st.link_button("Open in mail program", made.link, type="primary", icon=":material/open_in_new:")
    st.code(f"{made.subject}\n\n{made.body}", language=None, wrap_lines=True)
    parts.note(IS)


def _contacts(connection: Connection, practice_id: str) -> tuple[Record, ...]:
    return practice_file(connection, practice_id).contacts
