"""The limits of the calendar year: what they are, who says so, and how another year's are entered."""

import streamlit as st

from liaison.fieldwork.gift_ledger import Audited, set_limit
from liaison.fieldwork.gifts import BY_OCCASION, YEARLY, dollars
from liaison.ui import homes, parts
from liaison.ui.ask import viewer
from liaison.ui.states import guarded

WHICH = {YEARLY: "Gifts and meals, a physician and calendar year", BY_OCCASION: "Benefits on the campus, each occasion"}


def show(told: Audited) -> None:
    """The limits with their source; fields to enter one."""
    with st.expander("Limits", icon=":material/rule:", expanded=told.limit is None):
        if told.limit is not None:
            parts.say(
                f"**{dollars(told.limit.cents)}** for each physician in {told.year}. Source: {told.limit.source}."
            )
        if told.on_campus is not None:
            parts.say(
                f"**{dollars(told.on_campus.cents)}** for each benefit on the campus. Source: {told.on_campus.source}."
            )
        with st.container(horizontal=True, vertical_alignment="bottom"):
            which = st.selectbox("Limit", list(WHICH), format_func=WHICH.__getitem__, key="gift-limit-which", width=380)
            amount = st.number_input(
                "Dollars", min_value=0.0, value=None, format="%.2f", key=f"gift-limit-{told.year}", width=130
            )
            source = st.text_input("Source", key=f"gift-limit-source-{told.year}", max_chars=200, width=320)
            st.button(
                f"Set for {told.year}",
                key="gift-limit-set",
                disabled=not (amount and source.strip()),
                on_click=guarded,
                args=(_set, which, told.year, amount, source),
            )


def _set(which: str, year: str, amount: float, source: str) -> None:
    set_limit(homes.home().store, which, year, amount, source.strip(), actor=viewer().name)
