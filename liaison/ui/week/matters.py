"""What somebody has to settle: practices that two people would see, and what cannot be kept."""

import streamlit as st

from liaison.planning.stored.words import day_words
from liaison.ui import entries, links, parts
from liaison.ui.routes.asked import name_of
from liaison.ui.week.asked import Team

MOST = 12


def show(team: Team) -> None:
    """Each with a way to mend it; nothing where nothing is the matter."""
    _twice(team)
    _cannot(team)


def _twice(team: Team) -> None:
    if not team.board.twice:
        return
    parts.picture("Planned by two people", "One of them goes; the other drops it in Routes.")
    for id_, people in list(team.board.twice.items())[:MOST]:
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"twice-{id_}"):
            parts.note(f"{name_of(id_)}:")
            for person in people:
                links.link(entries.ROUTES, team.name(person), icon="", liaison=person, day=f"week-{team.board.week}")
    _more(len(team.board.twice))


def _cannot(team: Team) -> None:
    every = [(row.person_id, on, said) for row in team.board.rows for on, said in row.all_conflicts]
    if not every:
        return
    parts.picture("Cannot be kept as it stands", "Nothing is moved by itself: the day in Routes mends it when asked.")
    for number, (person, on, said) in enumerate(every[:MOST]):
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"cannot-{number}"):
            day = on.isoformat() if on and team.opens(person, on) else f"week-{team.board.week}"
            links.link(entries.ROUTES, team.name(person), icon="", liaison=person, day=day)
            parts.note(f"{day_words(on)}: {said}" if on else said)
    _more(len(every))


def _more(of: int) -> None:
    if of > MOST:
        parts.note(f"{of - MOST:,} more.")
