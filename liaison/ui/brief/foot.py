"""The end of a brief: on paper, the practice's story, and on a phone the call or the log under the thumb."""

import streamlit as st

from liaison.reports.brief import Brief
from liaison.ui import entries, links
from liaison.ui.brief.asked import PARAM, Asked


def show(found: Asked) -> None:
    """Where it leads."""
    made = found.brief
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="brief-ways"):
        st.download_button(
            "Paper",
            lambda: paper(made),
            f"brief-{made.practice_id}.pdf",
            "application/pdf",
            key="brief-pdf",
            on_click="ignore",
            type="tertiary",
            icon=":material/print:",
        )
        links.link(entries.LOG, "Log", icon=entries.LOG.icon, **{PARAM: made.practice_id})
        links.link(entries.PRACTICE, "Story", **{PARAM: made.practice_id})
        links.link(entries.ROUTES, "Routes")


def paper(made: Brief) -> bytes:
    """The brief as PDF, made when it is asked for."""
    from liaison.reports.brief_paper import practice_pdf

    return practice_pdf(made)
