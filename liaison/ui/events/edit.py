"""An event is planned and changed in one form; a change is saved over the version that was opened."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

import streamlit as st

from liaison.fieldwork.inviting import change_event, plan_event
from liaison.fieldwork.one_event import EventFile
from liaison.fieldwork.syntax import LINE, PARAGRAPH
from liaison.ui import clock, entries, homes, links, parts, states
from liaison.ui.ask import viewer
from liaison.ui.events import asked
from liaison.ui.states import guarded
from liaison.ui.style import phone
from liaison.vocabulary import EventKind

_MINE = "lz-event-mine"  # what a refused save was about to change
CREDIT = ("accredited_provider", "accreditation_statement", "credit_maximum", "designated_on")


def plan(*, opened: bool) -> None:
    """A new event, behind one button unless it is the first."""
    if not asked.team().team:
        states.off("Nobody of the team is on record", "An event has a host: bring a people file in first.")
        links.link(entries.DATA, "Data")
        return
    with st.expander("Plan an event", expanded=opened, icon=":material/add:"):
        _form("new", {}, "Plan event", _planned)


def show(about: EventFile) -> None:
    """The event's own data, and its cancellation."""
    of, mine = st.session_state.get(_MINE, (None, {}))
    held = {**about.record, **mine} if of == about.row.event_id else about.record
    # Another version has fields of its own: what somebody else saved stands in them, with what was about to be saved.
    key = f"{about.row.event_id}-{about.version}"
    _form(key, held, "Save changes", lambda values: _changed(about, values))
    if about.row.cancelled:
        st.button("It does take place", on_click=partial(_changed, about, {"cancelled": None}), key="event-uncancel")
        return
    with st.popover("Cancel the event"):
        reason = st.text_input("Why does it not take place?", max_chars=LINE, key="event-cancel-why")
        parts.note("Invitations and attendance stay on record; the touches that came of it are voided.")
        gone = partial(_changed, about, {"cancelled": reason or None})
        st.button("Cancel it", disabled=not reason, on_click=gone, key="event-cancel")


def _planned(values: Mapping[str, Any]) -> None:
    def made() -> None:
        asked.open_event(plan_event(homes.home().store, values, actor=viewer().name))

    guarded(made)


def _changed(about: EventFile, values: Mapping[str, Any]) -> None:
    """Only what differs from the version that was opened is saved, so that a second save undoes nobody's first."""
    mine = {name: value for name, value in values.items() if about.record[name] != value}

    def done() -> None:
        change_event(homes.home().store, about, mine, actor=viewer().name)
        st.session_state.pop(_MINE)

    st.session_state[_MINE] = (about.row.event_id, mine)
    guarded(done)


def _form(key: str, held: Mapping[str, Any], button: str, save: Any) -> None:
    """All fields of an event. `held`: what they begin with."""
    with st.form(f"event-{key}", border=False):
        values = _first(key, held)
        with st.expander("Education credit", expanded=bool(held.get("accredited_provider"))):
            values |= _credit(key, held)
        st.form_submit_button(button, type="primary", on_click=lambda: save(_read(key, values)))


def _columns(many: int) -> Any:
    return [st.container() for _ in range(many)] if phone() else st.columns(many)


def _first(key: str, held: Mapping[str, Any]) -> dict[str, str]:
    """What every event has; returns field -> the key of its widget."""
    team, settings = asked.team().team, homes.home().settings
    begins = datetime.fromisoformat(held["starts_at"]) if held else _next_noon()
    kinds = [kind.value for kind in EventKind]
    fields = {name: f"event-{key}-{name}" for name in (*_TEXTS, "kind", "person_id", "day", "clock", *_NUMBERS)}
    st.text_input("Title", held.get("title") or "", max_chars=LINE, key=fields["title"])
    for place, name in zip(_columns(4), ("kind", "day", "clock", "minutes"), strict=True):
        with place:
            if name == "kind":
                at = kinds.index(held["kind"]) if held else 1
                st.selectbox("Kind", kinds, at, format_func=lambda one: EventKind(one).label, key=fields[name])
            elif name == "day":
                st.date_input("Day", begins.date(), key=fields[name])
            elif name == "clock":
                st.time_input("Begins", begins.time(), step=timedelta(minutes=15), key=fields[name])
            else:
                _number("Minutes", held.get("minutes") or (None if held else 60.0), fields[name], 5.0)
    people = list(team) if held.get("person_id") in (None, *team) else [held["person_id"], *team]
    for place, name in zip(_columns(4), ("person_id", "place", "link", "zone"), strict=True):
        with place:
            if name == "person_id":
                at = people.index(held["person_id"]) if held else 0
                st.selectbox("Host", people, at, format_func=lambda one: team.get(one, one), key=fields[name])
            else:
                begin = held.get(name) or (settings.zone if name == "zone" and not held else "")
                st.text_input(_TEXTS[name], begin, max_chars=500, key=fields[name])
    for place, name in zip(_columns(4), ("capacity", "cost", "service_line", "notes"), strict=True):
        with place:
            if name in _NUMBERS:
                _number(_NUMBERS[name], held.get(name), fields[name], 1.0)
            else:
                st.text_input(_TEXTS[name], held.get(name) or "", max_chars=LINE, key=fields[name])
    return fields


_TEXTS = {
    "title": "Title",
    "place": "Place",
    "link": "Link",
    "zone": "Time zone (IANA)",
    "service_line": "About which specialty",
    "notes": "Notes",
}
_NUMBERS = {"minutes": "Minutes", "capacity": "Seats", "cost": "Cost in dollars", "credit_maximum": "Credit at most"}


def _credit(key: str, held: Mapping[str, Any]) -> dict[str, str]:
    """What a credit certificate needs; without all of it none is printed."""
    fields = {name: f"event-{key}-{name}" for name in CREDIT}
    parts.note(
        "Only an accredited provider designates credit, in advance. Leave this blank where none did: certificates of "
        "attendance can be printed for any event."
    )
    for place, name in zip(_columns(3), ("accredited_provider", "credit_maximum", "designated_on"), strict=True):
        with place:
            if name == "accredited_provider":
                st.text_input("Accredited provider", held.get(name) or "", max_chars=LINE, key=fields[name])
            elif name == "credit_maximum":
                _number("Hours of credit at most", held.get(name), fields[name], 0.25)
            else:
                day = date.fromisoformat(held[name]) if held.get(name) else None
                st.date_input("Designated on", day, key=fields[name])
    statement = held.get("accreditation_statement") or ""
    words = "Accreditation statement, word for word"
    st.text_area(words, statement, max_chars=PARAGRAPH, key=fields["accreditation_statement"])
    return fields


def _number(label: str, begin: float | None, key: str, step: float) -> None:
    st.number_input(label, 0.0, None, begin, step=step, format="%g", key=key)


def _read(key: str, fields: Mapping[str, str]) -> dict[str, Any]:
    """The values of the form as the record holds them."""
    state = st.session_state
    values = {name: state[widget] for name, widget in fields.items() if name not in ("day", "clock")}
    day, clock = state[fields["day"]], state[fields["clock"]]
    values["starts_at"] = f"{day:%Y-%m-%d}T{clock:%H:%M}"
    return {name: value.isoformat() if isinstance(value, date) else value or None for name, value in values.items()}


def _next_noon() -> datetime:
    """Two weeks from now, at noon."""
    return datetime.combine(clock.now().date() + timedelta(days=14), time(12, 0))
