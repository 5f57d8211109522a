"""Who came: scan or type one after another, take a list, decide what is doubtful, correct what is there."""

from functools import partial

import pandas as pd
import streamlit as st

from liaison.fieldwork.attending import Taken, attend, claim, correct, did_not_come, take
from liaison.fieldwork.one_event import Attended, EventFile
from liaison.fieldwork.roster import Person, Read
from liaison.fieldwork.syntax import LINE
from liaison.ui import clock, homes, parts
from liaison.ui.ask import viewer
from liaison.ui.events import asked
from liaison.ui.states import guarded
from liaison.ui.style import phone
from liaison.ui.tables import Col, table
from liaison.vocabulary import Recorded

SCAN, PASTE, FILE = "event-scan", "event-paste", "event-file"
_TAKEN, _DOUBTS = "lz-event-taken", "lz-event-doubts"
MOST_BYTES = 500_000
COLUMNS = {
    "name": Col("Name", 220),
    "practice": Col("Practice", 260),
    "npi": Col("NPI", 110),
    "arrived_at": Col("Arrived", 80),
    "minutes": Col("Minutes", 80, "count"),
    "credits": Col("Credit claimed", 110),
    "recorded": Col("How", 90),
}
ON_PHONE = {"name": Col("Name", 170), "practice": Col("Practice", 150)}


def show(about: EventFile, *, credit: bool) -> None:
    """The field, what came of the last line, what is to be decided, who is there."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="event-taking"):
        st.text_input(
            "Scan or type who came: NPI, code or name, then Enter",
            key=SCAN,
            max_chars=5 * LINE,
            on_change=_scanned,
            args=(about.row.event_id,),
            width="stretch" if phone() else 520,
        )
        with st.popover("Take a list", icon=":material/list:"):
            _list(about)
        with st.popover("Somebody new", icon=":material/person_add:"):
            _new(about)
    _told(about.row.event_id)
    _doubts(about)
    _there(about, credit)


def _scanned(event_id: str) -> None:
    line = st.session_state.get(SCAN, "").strip()
    st.session_state[SCAN] = ""
    if line:
        digits = line.replace("-", "").replace(" ", "")
        how = Recorded.scanned if digits.isalnum() and any(c.isdigit() for c in digits) else Recorded.typed
        _take(event_id, [line], how)


def _take(event_id: str, lines: list[str], how: Recorded) -> None:
    def done() -> None:
        taken = take(homes.home().store, event_id, lines, how, clock.now(), actor=viewer().name)
        held = {read.line: read for read in _open(event_id)} | {read.line: read for read in taken.decide}
        st.session_state[_TAKEN] = (event_id, taken)
        st.session_state[_DOUBTS] = (event_id, held)

    st.session_state.pop(_TAKEN, None)
    guarded(done)


def _open(event_id: str) -> list[Read]:
    """Lines that wait for a decision."""
    of, held = st.session_state.get(_DOUBTS, (None, {}))
    return list(held.values()) if of == event_id else []


def _told(event_id: str) -> None:
    """What the last line or list came to."""
    of, taken = st.session_state.get(_TAKEN, (None, None))
    if of != event_id or not isinstance(taken, Taken):
        return
    said = []
    if taken.recorded:
        who = taken.recorded[0]
        one = f"{who.name}, {who.practice}" if who.practice else who.name
        said.append(f"**{one} is in.**" if len(taken.recorded) == 1 else f"**{len(taken.recorded):,} people are in.**")
    if taken.already:
        one = f"{taken.already[0].name} was in already."
        said.append(one if len(taken.already) == 1 else f"{len(taken.already):,} were in already.")
    if taken.decide:
        said.append(f"{len(taken.decide):,} to decide below.")
    if said:
        parts.band(" ".join(said))


def _doubts(about: EventFile) -> None:
    """What is not exact: never taken by itself, each with whom it could be."""
    event_id = about.row.event_id
    for place, read in enumerate(_open(event_id)):
        with st.container(border=True, key=f"event-doubt-{place}"):
            parts.say(f"**{read.line}**")
            parts.note(read.why)
            with st.container(horizontal=True, gap="small"):
                for number, who in enumerate(each for each in read.could_be if each.name):
                    label = f"{who.name}, {who.practice}" if who.practice else who.name
                    key = f"event-is-{place}-{number}"
                    st.button(label, key=key, on_click=_decided, args=(event_id, read, who))
                st.button("Leave out", type="tertiary", key=f"event-out-{place}", on_click=_settled, args=(read,))


def _decided(event_id: str, read: Read, who: Person) -> None:
    def done() -> None:
        st.session_state[_TAKEN] = (
            event_id,
            attend(homes.home().store, event_id, who, clock.now(), actor=viewer().name),
        )
        _settled(read)

    guarded(done)


def _settled(read: Read) -> None:
    st.session_state[_DOUBTS][1].pop(read.line, None)


def _list(about: EventFile) -> None:
    """Lines pasted, or a file of them."""
    st.text_area("A person a line: name, practice, NPI in any order", key=PASTE, height=160, max_chars=100_000)
    given = st.file_uploader("Or a file with a person a line", ("csv", "txt"), key=FILE, max_upload_size=1)
    st.button("Take the list", type="primary", key="event-take", on_click=_pasted, args=(about.row.event_id, given))
    parts.note("Exact matches are taken; whatever is not is listed for you to decide.")


def _pasted(event_id: str, given: object) -> None:
    text = st.session_state.get(PASTE, "")
    if given is not None and hasattr(given, "getvalue"):
        text += "\n" + given.getvalue()[:MOST_BYTES].decode("utf-8-sig", "replace")
    st.session_state[PASTE] = ""
    _take(event_id, [line for line in text.splitlines() if line.strip()], Recorded.pasted)


def _new(about: EventFile) -> None:
    """Somebody who is on no record, by hand."""
    names = asked.names()
    with st.form("event-new", border=False):
        st.text_input("Name, as it is printed on a certificate", key="event-new-name", max_chars=LINE)
        st.selectbox("Practice", list(names), index=None, format_func=names.__getitem__, key="event-new-practice")
        st.text_input("NPI, where known", key="event-new-npi", max_chars=10)
        st.form_submit_button("Record", type="primary", on_click=_added, args=(about.row.event_id,))


def _added(event_id: str) -> None:
    state, names = st.session_state, asked.names()
    practice, npi = state["event-new-practice"], state["event-new-npi"].strip() or None
    who = Person(state["event-new-name"].strip(), practice, names.get(practice), npi)

    def done() -> None:
        state[_TAKEN] = (event_id, attend(homes.home().store, event_id, who, clock.now(), actor=viewer().name))
        state["event-new-name"] = state["event-new-npi"] = ""

    guarded(done)


def _there(about: EventFile, credit: bool) -> None:
    """The people, and what can be corrected of one."""
    if not about.attended:
        parts.note("Nobody is recorded yet. Whoever comes makes the event a touch of their practice.")
        return
    columns = {name: col for name, col in COLUMNS.items() if credit or name != "credits"}
    place = table(
        lambda: frame(about),
        ON_PHONE if phone() else columns,
        key=f"event-people-{about.row.event_id}",
        alt="Who came, from which practice, when, for how long",
        most=16,
        pick=True,
        version=(asked.written(), about.row.event_id),
    )
    if place is not None and place < len(about.attended):
        _one(about, about.attended[place], credit)
    else:
        parts.note("Press a row to correct it.")


def frame(about: EventFile) -> pd.DataFrame:
    """A row a person, as the table shows them."""
    rows = [{**each.__dict__, "credits": _hours(each.credits_claimed)} for each in about.attended]
    return pd.DataFrame(rows).fillna({"recorded": ""})


def _one(about: EventFile, one: Attended, credit: bool) -> None:
    """Minutes, credit as claimed, and the way to take it back."""
    key = f"{one.key}-{one.version}"
    with st.container(border=True, key="event-person"):
        parts.say(f"**{one.name}**" + (f", {one.practice}" if one.practice else ""))
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            minutes = st.number_input(
                "Minutes there", 0.0, None, one.minutes, step=5.0, key=f"minutes-{key}", width=150
            )
            st.button("Save minutes", key=f"sm-{key}", on_click=partial(_minutes, one, minutes))
            if credit:
                most = about.record["credit_maximum"]
                hours = st.number_input(
                    f"Credit claimed, at most {most:g}" if most else "Credit claimed",
                    0.0,
                    most,
                    one.credits_claimed,
                    step=0.25,
                    key=f"c-{key}",
                    width=200,
                )
                st.button("Save credit", key=f"sc-{key}", on_click=partial(_credit, about, one, hours))
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            why = st.text_input("Why it does not stand", max_chars=LINE, key=f"w-{key}", width=320)
            st.button("Did not come", key=f"v-{key}", disabled=not why, on_click=partial(_void, one, why))


def _minutes(one: Attended, minutes: float | None) -> None:
    guarded(lambda: correct(homes.home().store, one, minutes, actor=viewer().name))


def _credit(about: EventFile, one: Attended, hours: float | None) -> None:
    guarded(lambda: claim(homes.home().store, about, one, hours, actor=viewer().name))


def _void(one: Attended, why: str) -> None:
    guarded(lambda: did_not_come(homes.home().store, one, why, actor=viewer().name))


def _hours(credits: float | None) -> str:
    return "" if credits is None else f"{credits:g}"
