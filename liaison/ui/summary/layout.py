"""The order of the page's parts, in the width of a sheet of paper."""

import streamlit as st

from liaison.ui import entries, links
from liaison.ui.effect import asked, head, picture, worth
from liaison.ui.summary import access, report
from liaison.ui.summary import parts as summary

WHY_NOT = "It names single practices and is made of costs, from which small numbers could be worked out."


def show() -> None:
    """The page, where there is an estimate to show."""
    with st.container(key="summary"):
        found = asked.ready(summary.NAME)
        if found is None:
            return
        of = found.of(head.span(found))
        summary.head(of)
        asked.tell(found)
        with st.container(key="on-screen"):
            head.choice(found)
        head.figures(of)
        head.refused(found, of)  # that it cannot tell yet stands in the sentence
        picture.by_month(found, of, height=90)
        worth.bars(found, of)
        summary.trends(of)
        access.show()
        summary.practices()
        summary.quarter(found, of)
        summary.foot(found, of)
        report.show(found, of)
        with st.container(key="actions"):
            links.link(entries.EFFECT, "How sure is this?")
