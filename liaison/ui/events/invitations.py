"""Whom the event invites: a list cut as the page Practices cuts it, frozen when it is invited; answers as they come."""

from functools import partial

import pandas as pd
import streamlit as st

from liaison.fieldwork.inviting import answer, invite, invite_person, unwelcome, withdraw
from liaison.fieldwork.one_event import EventFile, Invited
from liaison.fieldwork.syntax import LINE
from liaison.metrics.filters import Filters
from liaison.ui import filters, homes, parts
from liaison.ui.ask import ask_records, viewer
from liaison.ui.clock import today
from liaison.ui.events import asked
from liaison.ui.states import guarded
from liaison.ui.style import phone
from liaison.ui.tables import Col, table
from liaison.vocabulary import Answer

ALL = ""
FIELDS = {
    "territory": "All territories",
    "service_line": "All service lines",
    "practice_type": "All practice types",
}
COLUMNS = {
    "practice": Col("Practice", 260),
    "invitee": Col("Who", 170),
    "answer": Col("Answer", 100),
    "answered_on": Col("Answered", 110),
    "came": Col("Came", 70),
    "code": Col("Code", 110, help="Printed on the invitation; scanned or typed at the door it names whom it invites."),
}
ON_PHONE = {"practice": Col("Practice", 190), "answer": Col("Answer", 90), "came": Col("Came", 60)}


def show(about: EventFile) -> None:
    """Who is invited, an answer, more invitations."""
    if about.invited:
        _table(about)
    else:
        parts.note("Nobody is invited yet. Cut the list of practices below and invite what is left.")
    if not about.row.cancelled:
        _more(about)


def _table(about: EventFile) -> None:
    place = table(
        lambda: frame(about),
        ON_PHONE if phone() else COLUMNS,
        key=f"event-invited-{about.row.event_id}",
        alt="Who is invited, what they answered, whether they came",
        most=14,
        pick=True,
        version=(asked.written(), about.row.event_id),
    )
    if place is None or place >= len(about.invited):
        parts.note("Press a row to write an answer down.")
        return
    _one(about.invited[place])


def frame(about: EventFile) -> pd.DataFrame:
    """A row an invitation, as the table shows them."""
    return pd.DataFrame(
        [
            {
                **each.__dict__,
                "answer": Answer(each.answer).label if each.answer else "",
                "came": "yes" if each.came else "",
                "code": f"{each.code[:4]}-{each.code[4:]}",
            }
            for each in about.invited
        ]
    )


def _one(one: Invited) -> None:
    """The answer of one, or its withdrawal."""
    with st.container(border=True, key="event-answer"):
        parts.say(f"**{one.practice}**" + (f", {one.invitee}" if one.invitee else ""))
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            words = {Answer.accepted: "Comes", Answer.tentative: "Perhaps", Answer.declined: "Does not come"}
            for said, label in words.items():
                held = one.answer == said.value
                st.button(label, key=f"answer-{said}", disabled=held, on_click=partial(_answered, one, said))
            if one.answer:
                st.button("Take back", key="answer-none", on_click=partial(_answered, one, None))
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            why = st.text_input("Why it is withdrawn", max_chars=LINE, key=f"withdraw-why-{one.key}", width=320)
            st.button("Withdraw", key="withdraw", disabled=not why, on_click=partial(_withdrawn, one, why))


def _answered(one: Invited, said: Answer | None) -> None:
    guarded(lambda: answer(homes.home().store, one, said, today(), actor=viewer().name))


def _withdrawn(one: Invited, why: str) -> None:
    guarded(lambda: withdraw(homes.home().store, one, why, actor=viewer().name))


def _more(about: EventFile) -> None:
    """Practices by territory, line, type and liaison; a person by name."""
    parts.picture("Invite practices", "Cut the list; what is left is invited as it stands now.")
    ids, told = _left(about)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        label = f"Invite {len(ids):,} practice{'' if len(ids) == 1 else 's'}"
        st.button(label, type="primary", disabled=not ids, key="event-invite", on_click=partial(_invite, about, ids))
        with st.popover("Invite one person", icon=":material/person_add:"):
            _person(about)
    parts.note(told)


def _left(about: EventFile) -> tuple[tuple[str, ...], str]:
    """The practices that would be invited, and who is left out, in words."""
    values = filters.known().values
    cut: dict[str, str] = {}
    with st.container(horizontal=not phone(), vertical_alignment="bottom", gap="small", key="event-cut"):
        for name, every in FIELDS.items():
            options = {ALL: every} | dict(values.get(name, {}))
            picked = st.selectbox(
                filters.TITLE[name],
                list(options),
                format_func=options.__getitem__,
                key=f"event-cut-{name}",
                label_visibility="collapsed",
            )
            if picked:
                cut[name] = picked
        whose = asked.team()
        people = {ALL: "All liaisons"} | whose.people
        who = st.selectbox(
            "Liaison", list(people), format_func=people.__getitem__, key="event-cut-who", label_visibility="collapsed"
        )
    found = asked.practices(Filters(**cut)).on_record(that_sent="service_line" in cut)
    found = tuple(one for one in found if not who or who in whose.of.get(one, ()))
    out, there = ask_records(unwelcome)[0], {each.practice_id for each in about.invited}
    ids = tuple(one for one in found if one not in out and one not in there)
    said = [f"{len(found):,} on record are left by the choice above."]
    if again := sum(one in there for one in found):
        said.append(f"{again:,} of them {'is' if again == 1 else 'are'} invited already.")
    if unwanted := sum(one in out for one in found):
        said.append(f"{unwanted:,} asked not to be visited and {'is' if unwanted == 1 else 'are'} left out.")
    if "service_line" in cut:
        said.append("Of a service line: practices that sent a referral of it in the last twelve complete months.")
    return ids, " ".join(said)


def _invite(about: EventFile, ids: tuple[str, ...]) -> None:
    guarded(lambda: invite(homes.home().store, about.row.event_id, ids, today(), actor=viewer().name))


def _person(about: EventFile) -> None:
    names = asked.names()
    with st.form("event-invite-person", border=False):
        st.selectbox("Practice", list(names), index=None, format_func=names.__getitem__, key="event-person-practice")
        st.text_input("Who", key="event-person-name", max_chars=LINE)
        st.text_input("NPI, where known", key="event-person-npi", max_chars=10)
        st.form_submit_button("Invite", type="primary", on_click=_invite_person, args=(about.row.event_id,))


def _invite_person(event_id: str) -> None:
    state = st.session_state
    practice, name, npi = (state[f"event-person-{part}"] for part in ("practice", "name", "npi"))

    def done() -> None:
        given = (practice or "", name.strip(), npi.strip() or None, today())
        invite_person(homes.home().store, event_id, *given, actor=viewer().name)
        state["event-person-name"] = state["event-person-npi"] = ""

    guarded(done)
