"""What one logged lately: each can be changed, voided with a reason, and shows what was said about it."""

from collections.abc import Mapping
from datetime import date, datetime
from html import escape
from typing import Any

import streamlit as st

from liaison.fieldwork.logged import Logged
from liaison.fieldwork.syntax import PARAGRAPH
from liaison.ingest.export import records_csv
from liaison.planning.stored import visited
from liaison.planning.stored.words import day_words
from liaison.store import reading
from liaison.ui import entries, homes, links, parts, texts
from liaison.ui.ask import viewer
from liaison.ui.clock import today
from liaison.ui.feedback.layout import WRITE
from liaison.ui.feedback.write import PRACTICE, VISIT
from liaison.ui.log import asked, state
from liaison.ui.mail import follow_up
from liaison.ui.markup import html
from liaison.ui.states import guarded
from liaison.vocabulary import Channel, Purpose

_OPEN = "lz-log-open"  # (visit; void, history or mail)


def show(person_id: str) -> None:
    """The newest visits, a line each."""
    found = asked.latest(person_id)
    who = asked.team().team.get(person_id, person_id)
    parts.picture(f"Logged lately by {who}", "Newest first. Struck: voided, counts nowhere.")
    if not found:
        parts.note("Nothing is logged yet.")
    for one in found:
        _row(one)
    st.download_button(
        "All visits (CSV)",
        _file,
        "visits.csv",
        "text/csv",
        key="visits-csv",
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
    )


def _file() -> bytes:
    """Every visit of everybody, as it imports back."""
    with reading(homes.home().store) as connection:
        return "".join(records_csv(connection, "visits")).encode()


def _row(one: Logged) -> None:
    key = str(one.values["visit_id"])
    with st.container(key=f"logged-{key}", gap=None):
        html(_words(one))
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"logged-does-{key}"):
            if one.values["voided"]:
                st.button("Count it again", key=f"again-{key}", type="tertiary", on_click=_void, args=(one, None))
            else:
                st.button("Edit", key=f"edit-{key}", type="tertiary", on_click=state.open_visit, args=(key,))
                if one.values["next_step"] and not one.values["next_step_done_on"]:
                    st.button("Promise kept", key=f"kept-{key}", type="tertiary", on_click=_kept, args=(one,))
                if one.values["practice_id"]:
                    st.button(
                        "Follow-up mail", key=f"mail-{key}", type="tertiary", on_click=_toggle, args=(key, "mail")
                    )
                st.button("Void", key=f"void-{key}", type="tertiary", on_click=_toggle, args=(key, "void"))
                links.link(entries.FEEDBACK, "Feedback", **feedback(one.values))
            st.button("History", key=f"history-{key}", type="tertiary", on_click=_toggle, args=(key, "history"))
        opened = st.session_state.get(_OPEN)
        if opened == (key, "void"):
            _why(one)
        if opened == (key, "history"):
            _history(key)
        if opened == (key, "mail"):
            follow_up.show(one.values["practice_id"], one.practice, one.who, one.values, key)


def feedback(values: Mapping[str, Any]) -> dict[str, str]:
    """What the survey's page needs to know of the visit on which it was asked."""
    return {"view": WRITE, PRACTICE: str(values["practice_id"] or ""), VISIT: str(values["visit_id"])}


def _words(one: Logged) -> str:
    v = one.values
    how = [
        Channel(v["channel"]).label if v["channel"] else "Contact",
        Purpose(v["purpose"]).label if v["purpose"] else "",
    ]
    more = [
        ", ".join(part for part in how if part),
        v["outcome"],
        f"met {v['people_met'].replace(';', ', ')}" if v["people_met"] else "",
    ]
    if v["next_step"]:
        by = f" by {day_words(date.fromisoformat(v['next_step_on']))}" if v["next_step_on"] else ""
        more.append(f"next: {v['next_step']}{by}{', kept' if v['next_step_done_on'] else ''}")
    if v["voided"]:
        more = [f"does not count: {v['voided']}"]
    name = f"<s>{escape(one.practice)}</s>" if v["voided"] else f"<strong>{escape(one.practice)}</strong>"
    said = escape("; ".join(str(part).rstrip(" .;") for part in more if part))
    day = day_words(date.fromisoformat(v["date"]))
    return (
        f'<div class="lz-lose"><span>{name}<br><span class="q">{said}</span></span><span class="q">{day}</span></div>'
    )


def _toggle(key: str, what: str) -> None:
    st.session_state[_OPEN] = None if st.session_state.get(_OPEN) == (key, what) else (key, what)


def _why(one: Logged) -> None:
    key = one.values["visit_id"]
    why = texts.line(
        "Why it does not count", most=PARAGRAPH, key=f"why-{key}", placeholder="Logged twice, wrong practice"
    )
    st.button("Void this visit", key=f"sure-{key}", disabled=not why.strip(), on_click=_void, args=(one, why))


def _void(one: Logged, why: str | None) -> None:
    guarded(_voided, one, why)


def _voided(one: Logged, why: str | None) -> None:
    key = str(one.values["visit_id"])
    visited.void(homes.home().store, key, why, expected_version=one.version, actor=viewer().name)
    st.session_state[_OPEN] = None


def _kept(one: Logged) -> None:
    guarded(_keep, one)


def _keep(one: Logged) -> None:
    on = today()
    visited.change(
        homes.home().store,
        str(one.values["visit_id"]),
        {"next_step_done_on": on},
        expected_version=one.version,
        actor=viewer().name,
        today=date.fromisoformat(on),
    )


def _history(key: str) -> None:
    zone = homes.home().settings.time_zone
    said = [(datetime.fromisoformat(each.at).astimezone(zone), each) for each in reversed(asked.changes(key))]
    rows = "".join(f"<li>{at:%-d %b %Y, %H:%M}, {escape(each.actor)}: {escape(each.said)}</li>" for at, each in said)
    html(f'<ul class="lz-note">{rows}</ul>')
