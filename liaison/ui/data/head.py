"""What the Data page says first, and in which home it is."""

import streamlit as st

from liaison.metrics.filters import Filters
from liaison.metrics.findings.holdings import holdings
from liaison.metrics.volume import volume
from liaison.ui import filters, homes, parts, shell
from liaison.ui.ask import ask


def show() -> None:
    """The sentence, and the switch between the two homes."""
    counted = ask(volume, Filters())
    parts.head("Data", holdings(counted.total, counted.window, filters.known().first))


def switch() -> None:
    """The own home and the demo market, one press apart."""
    demo = homes.which() == "demo"
    with st.container(horizontal=True, vertical_alignment="center", key="home-switch"):
        parts.note(
            "This is the demo market. Your own data are kept apart from it."
            if demo
            else "These are your own data. The demo market is kept apart from them."
        )
        st.button(
            "Open your own data" if demo else "Open the demo market",
            key="switch-home",
            on_click=shell.switch,
            args=("own" if demo else "demo",),
        )
