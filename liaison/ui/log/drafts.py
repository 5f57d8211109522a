"""What was typed and not logged: kept for who typed it, offered when the form opens blank again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import streamlit as st

from liaison.fieldwork.drafts import Draft, drafts_of, drop_draft, keep_draft
from liaison.store import reading
from liaison.ui import homes, parts
from liaison.ui.ask import viewer
from liaison.ui.log import asked, state
from liaison.ui.log.state import Form

_LAST, _LATER = state.DRAFT, "lz-log-draft-later"  # what this session has kept; what it does not want to see now
TYPED = (
    *("ask", "next_step", "next_step_on", "notes", "outcome", "purpose", "people_met", "materials"),
    *("barrier_kind", "barrier_what", "minutes", "miles"),
)


def writer(person_id: str) -> str:
    """Whose words they are: who is signed in, and for whom they log."""
    return f"{viewer().name}|{person_id}"


def offer(form: Form, person_id: str) -> None:
    """Over a blank form: the newest visit that was begun and not logged."""
    if form.version is not None or form.given or _LAST in st.session_state:
        return
    later = st.session_state.get(_LATER, ())
    with reading(homes.home().store) as connection:
        found = [one for one in drafts_of(connection, writer(person_id)) if one.visit_id not in (form.visit_id, *later)]
    if not found:
        return
    one = found[0]
    at = datetime.fromisoformat(one.at).astimezone(homes.home().settings.time_zone)
    where = asked.names().get(str(one.values.get("practice_id") or ""), "no practice yet")
    more = f" {len(found) - 1} more are kept." if len(found) > 1 else ""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="log-draft"):
        parts.note(f"Begun and not logged: {where}, {at:%-d %b, %H:%M}.{more}")
        st.button("Go on", key="log-draft-on", on_click=_go_on, args=(one,))
        st.button("Throw away", key="log-draft-away", type="tertiary", on_click=_throw, args=(one.visit_id,))
        st.button("Not now", key="log-draft-later", type="tertiary", on_click=_later, args=(one.visit_id,))


def keep(form: Form, values: Mapping[str, Any], raised: Mapping[str, Any] | None, person_id: str) -> None:
    """After the fields: keeps them where they changed. A visit that is on record needs no draft."""
    if form.version is not None:
        return
    barrier = {f"barrier_{name}": value for name, value in (raised or {}).items()}
    held = {name: value for name, value in {**values, **barrier}.items() if value}
    last = st.session_state.get(_LAST)
    if not any(held.get(name) for name in TYPED):
        if last is not None:
            forget(form)
        return
    now = (form.visit_id, writer(person_id), held)
    if last is None or last[:-1] != now:
        st.session_state[_LAST] = (*now, keep_draft(homes.home().store, *now))
    if not st.session_state[_LAST][-1]:
        parts.note(
            "Not kept for later: it is too long, or holds what looks like a patient\u2019s number or birth date."
        )


def forget(form: Form) -> None:
    """It is logged, or nothing is typed any more."""
    st.session_state.pop(_LAST, None)
    drop_draft(homes.home().store, form.visit_id)


def _go_on(one: Draft) -> None:
    given = dict(one.values)
    practice = given.pop("practice_id", None)
    state.take_up(one.visit_id, given)
    if practice:
        st.query_params[state.PRACTICE] = practice


def _throw(visit_id: str) -> None:
    drop_draft(homes.home().store, visit_id)


def _later(visit_id: str) -> None:
    st.session_state[_LATER] = (*st.session_state.get(_LATER, ()), visit_id)
