"""Whose week it is not: the choice of the week, and the sentence about it."""

import streamlit as st

from liaison.ui import options, parts
from liaison.ui.style import phone
from liaison.ui.week import asked
from liaison.ui.week.asked import Team

NAME = "Week"
WIDE = 240


def choice() -> None:
    """The week, a field."""
    with st.container(key="filters"):
        options.field(
            asked.WEEK,
            "Week",
            asked.weeks(),
            asked.this_week().isoformat(),
            width="stretch" if phone() else WIDE,
            label_visibility="collapsed",
        )


def show(team: Team) -> None:
    """The sentence."""
    parts.head(NAME, team.board.says({id_: worker.name for id_, worker in team.workers.items()}))
