"""The sentence of the page, or what stands in its place where there is nothing to show."""

import streamlit as st

from liaison.metrics.filters import Filters
from liaison.metrics.findings.places import places_headline
from liaison.ui import entries, filters, parts, states
from liaison.ui.ask import kept, version
from liaison.ui.territories.asked import breakdown, counts, team

NAME = "Territories"


def shown(asked: Filters) -> bool:
    """Whether there is something to show; else says what is missing and gives the button that brings it."""
    if filters.known().first is None:
        parts.head(NAME, "No referrals are in yet")
        brings = (
            "This page shows where volume and loss lie, and who covers it. Practices and a referral export fill it."
        )
        if states.no_data("Nothing to show yet", brings, "Import referrals", key="bring-referrals"):
            st.switch_page(entries.DATA.file)
        return False
    if not breakdown(asked, "county").rows and not (team() and counts(asked).received):
        parts.head(NAME, "Nothing here can show where referrals went")
        states.no_match(key="clear-filters")
        return False
    return True


def show(asked: Filters) -> None:
    """Which territory loses the largest share, where one does."""
    by_territory, by_county = breakdown(asked, "territory"), breakdown(asked, "county")
    said = kept().get(version(asked, "places headline"), lambda: places_headline(by_territory, by_county))
    parts.head(NAME, said.rstrip("."))
