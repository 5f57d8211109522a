"""The order of the page: whose day it is, the sentence, then one list in the order of urgency."""

from collections.abc import Mapping

import streamlit as st

from liaison.fieldwork.agenda import Group
from liaison.planning.stored.my_day import MyDay, week_end
from liaison.ui import entries, links, options, parts, states
from liaison.ui.ask import myself
from liaison.ui.clock import today
from liaison.ui.mail import mine
from liaison.ui.my_day import asked, paper, rows, settled
from liaison.ui.style import phone

NAME = "My day"
LIAISON, VIEW = "liaison", "view"
VIEWS = {"day": "Day", "week": "Week"}
TITLES = {
    Group.late: ("Late", "Promised, to do or to solve; the longest late first."),
    Group.today: ("Today", "By the clock, then what is due today."),
    Group.visits: ("To be seen", "Practices of the panel that were not seen in their cadence."),
    Group.ahead: ("This week", "What comes, by day."),
    Group.undated: ("Without a day", ""),
}


def show() -> None:
    """The page."""
    team = asked.team()
    if not team:
        parts.head(NAME, "Nobody of the team is on record yet")
        states.off("No liaison is on record", "The page Data takes the team's people and whose practices are whose.")
        links.link(entries.DATA, "Data")
        return
    person, view = _controls(team)
    found = asked.read(person, week_end(today()) if view == "week" else today())
    parts.head("My week" if found.week else NAME, f"{found.headline}")
    settled.tell()
    _list(found)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="my-day-ways"):
        paper.briefs(found)
        links.link(entries.ROUTES, "Routes", liaison=person)
        links.link(entries.NEXT_VISITS, "Next visits", liaison=person)
        links.link(entries.BARRIERS, "Open barriers", owner=person)
        mine.show(person)


def _controls(team: Mapping[str, str]) -> tuple[str, str]:
    """Both live in the URL: a link to one's own day is kept as a bookmark."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="my-day-controls"):
        person = options.field(
            LIAISON,
            "Liaison",
            dict(team),
            myself(team),
            width="stretch" if phone() else 200,
            label_visibility="collapsed",
        )
        view = options.buttons(VIEW, "Day or week", VIEWS, "day")
    return person, view


def _list(found: MyDay) -> None:
    shown = False
    for group, (title, beneath) in TITLES.items():
        items = found.of(group)
        if items:
            rows.show(found, group.value, f"{title}: {len(items):,}", beneath, items)
            shown = True
    if not shown:
        states.off("Nothing is to be done", "No stop is planned, nothing was promised, and every practice was seen.")
