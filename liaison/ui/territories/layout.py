"""The order of the page: map and table beside each other, on a phone the table first; a closer look below; papers."""

from functools import partial

import streamlit as st

from liaison.metrics.definitions.leakage import leakage
from liaison.metrics.filters import Filters
from liaison.ui import options, papers, states
from liaison.ui.style import phone
from liaison.ui.tables import download
from liaison.ui.territories import beside, card, neighbours, picture, scatter, twin, view
from liaison.ui.territories.asked import breakdown, last_month, team, territories
from liaison.ui.territories.view import View
from liaison.ui.trends import source

CLOSER = {
    "chart": "Practices as a chart",
    "territories": "Two territories",
    "windows": "Two windows",
    "zips": "With neighbours' ZIPs",
}
OUTLINES = "county outlines: US Census, 2017, public domain"


def main(asked: Filters) -> View:
    """Controls, map, table, card; how the page is looked at."""
    covered = bool(territories(last_month(asked)))
    now = view.read(asked, view.by_now(covered))
    picture.controls(asked, now, covered)
    if phone():
        twin.show(asked, now)
        card.show(asked, now)
        picture.show(asked, now)
        return now
    left, right = st.columns([5, 3], gap="large")
    with right:
        twin.show(asked, now)
        card.show(asked, now)
    with left:
        picture.show(asked, now)
    return now


def closer(asked: Filters, now: View) -> None:
    """One closer look at a time."""
    if not team():
        states.off("Closer looks are for the team", "A small number could be worked out of figures cut by choice.")
        return
    with st.container(key="closer"):
        look = options.buttons("closer", "A closer look", CLOSER, "chart")
    if look == "territories":
        beside.territories(asked)
    elif look == "windows":
        beside.windows(asked, now)
    elif look == "zips":
        neighbours.show(asked)
    else:
        scatter.show(asked, now)


def footer(asked: Filters, now: View) -> None:
    """Source, vintage, coverage; the definition; the list as a file."""
    found = breakdown(asked, "county")
    said, counted = f"{source(found.total)} \u00b7 {OUTLINES}", [found.total.papers()]
    with papers.footer(said, [leakage], "territories", counted=counted, notes=found.notes) as sentences:
        whole = View(now.by, now.colour, now.within, False, (), None, 0)
        download(partial(card.file_of, asked, whole), f"{now.by}-list", key="places", papers=sentences)
