"""The order of the page's parts: all events, or one with its invitations, attendance, follow-up and papers."""

import streamlit as st

from liaison.fieldwork.credit import carries_credit
from liaison.fieldwork.event_words import about_words, cost_words, event_sentence, seats_warning
from liaison.fieldwork.one_event import EventFile
from liaison.ui import clock, options, parts
from liaison.ui.events import asked, attendance, edit, files, follow, invitations, listed

NAME = "Events"
VIEW = "view"
INVITED, CAME, FOLLOW, ABOUT = "invited", "came", "follow", "about"


def show() -> None:
    """The page."""
    about = asked.chosen()
    if about is None:
        listed.show(NAME)
        return
    _one(about)


def _one(about: EventFile) -> None:
    row = about.row
    parts.head(row.title, event_sentence(row, clock.now()))
    parts.note(" \u00b7 ".join(part for part in (about_words(about), cost_words(row)) if part))
    if warning := seats_warning(row):
        parts.band(f"**{warning}**")
    words = {
        INVITED: f"Invitations \u00b7 {len(about.invited):,}",
        CAME: f"Attendance \u00b7 {row.came:,}",
        FOLLOW: f"Follow-up \u00b7 {sum(task.done_on is None for task in about.tasks):,}",
        ABOUT: "About",
    }
    begins = INVITED if row.starts.date() > clock.now().astimezone(row.starts.tzinfo).date() else CAME
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="event-views"):
        view = options.buttons(VIEW, "Part of the event", words, begins)
        st.button("All events", icon=":material/arrow_back:", type="tertiary", on_click=asked.open_event, args=(None,))
    if view == INVITED:
        invitations.show(about)
    elif view == CAME:
        attendance.show(about, credit=carries_credit(about))
    elif view == FOLLOW:
        follow.show(about)
    else:
        edit.show(about)
    files.show(about)
