"""What stands in place of the page where there is nothing to show."""

import streamlit as st

from liaison.ui import entries, filters, parts, states
from liaison.ui.leakage.asked import Grid


def shown(found: Grid) -> bool:
    """Whether there is something to show; else says what is missing and gives the button that brings it."""
    if filters.known().first is None:
        parts.head("Leakage", "No referrals are in yet")
        brings = "This page shows which practices send patients elsewhere, to whom and why. A referral export fills it."
        if states.no_data("Nothing to show yet", brings, "Import referrals", key="bring-referrals"):
            st.switch_page(entries.DATA.file)
        return False
    total = found.total
    if not total.suppressed and not total.denominator and not total.beside.get("unknown"):
        parts.head("Leakage", "Nothing here can show where referrals went")
        if found.notes:
            states.off("Leakage is not observable", found.notes[0])
        states.no_match(key="clear-filters")
        return False
    return True
