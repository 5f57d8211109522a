"""The papers of the answers, and the form on paper."""

import streamlit as st

from liaison.fieldwork.organisations import our_name
from liaison.metrics.voice import Voice
from liaison.ui import papers
from liaison.ui.ask import ask_records


def show(found: Voice) -> None:
    """Definitions, and the survey to print."""
    from liaison.metrics.definitions.base import METRICS

    metrics = [METRICS[name] for name in found.definitions]
    days = f"{found.first} to {found.last}" if found.first else "no answers"
    source = f"{found.total.n:,} answers of {found.total.practices:,} practices \u00b7 {days}"
    with papers.footer(source, metrics, "feedback"):
        st.download_button(
            "Paper form",
            _form,
            "feedback-form.pdf",
            "application/pdf",
            key="feedback-form",
            on_click="ignore",
            type="tertiary",
            icon=":material/print:",
        )


def _form() -> bytes:
    from liaison.reports.feedback_form import feedback_form  # only needed on a download

    return feedback_form(ask_records(our_name)[0])
