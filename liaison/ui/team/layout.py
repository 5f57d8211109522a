"""The order of the page: the sentence, the table by liaison, whose referrals they were, what practices answer to,
how a panel is handed over."""

import streamlit as st

from liaison.ui import entries, links, parts, states
from liaison.ui.mail import told
from liaison.ui.team import asked, handing, members, panel, reached

NAME = "Team"


def show() -> None:
    """The page."""
    found, version = asked.read()
    if not found.members:
        parts.head(NAME, "Nobody of the team has practices yet")
        states.off("No panel is on record", "The page Data takes the team's people and whose practices are whose.")
        links.link(entries.DATA, "Data")
        return
    parts.head(NAME, found.headline)
    told.problems()
    members.show(found, version)
    members.one(found)
    left, right = st.columns(2, gap="large")
    with left:
        panel.show(found, version)
    with right:
        reached.show(found, version)
    handing.show()
    with parts.footer(members.source(found), members.DEFINITION, "team"):
        members.files(found)
