"""The order of the page's parts: the answer, the picture, how far to believe it, its money, its parts."""

import streamlit as st

from liaison.ui import entries, links
from liaison.ui.effect import asked, beyond, by_part, checks, foot, head, picture, what_if, worth
from liaison.ui.style import phone

WHY_NOT = "It is made of single practices, people and costs, from which small numbers could be worked out."


def show() -> None:
    """The page, where there is a run to show."""
    found = asked.ready(head.NAME)
    if found is None:
        return
    of = found.of(head.span(found))
    head.show(found, of)
    asked.tell(found)
    head.choice(found)
    head.figures(of)
    head.refused(found, of)
    head.not_yet(found, of)
    picture.by_time(found, of)
    left, right = (st.container(), st.container()) if phone() else st.columns([11, 9], gap="large")
    with left:
        worth.show(found, of)
        picture.by_month(found, of)
        picture.beside(found, of)
        beyond.show(found)
    with right:
        checks.show(of)
        by_part.show(found, of)
    worth.inputs(found, of)
    left, right = (st.container(), st.container()) if phone() else st.columns([11, 9], gap="large")
    with left:
        what_if.next_quarter(found, of)
    with right:
        what_if.assume(of)
    foot.show(found, of)
    links.link(entries.SUMMARY, "Executive summary")
