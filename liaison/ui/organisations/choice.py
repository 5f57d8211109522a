"""What the page is about, as its address says: all organisations, one of them, or shared patients."""

import streamlit as st

from liaison.metrics.filters import Filters
from liaison.ui import entries, filters, links, options, parts, states
from liaison.ui.ask import ask
from liaison.ui.organisations import asked

ONE, VIEW, SHOW = "organisation", "view", "show"
SHARED, BEHIND = "shared", "practices"
ROW, LINE = "row", "column"
OWN = (ONE, ROW, LINE, SHOW)  # the parameters of one organisation's page
_DROPPED = "lz-organisation-dropped"


def shown() -> bool:
    """Whether there is anything to look at; else says what is missing and gives the button that brings it."""
    if filters.known().first is not None or ask(asked.sets, Filters()):
        return True
    parts.head("Organisations", "No referrals are in yet")
    brings = "This page shows who takes what you lose, from whom and since when. A referral export fills it."
    if states.no_data("Nothing to show yet", brings, "Import referrals", key="bring-referrals"):
        st.switch_page(entries.DATA.file)
    return False


def shared() -> bool:
    """Whether shared patients are looked at: asked for, or all that there is."""
    if not ask(asked.sets, Filters()):
        st.query_params.pop(VIEW, None)
        return False
    return filters.known().first is None or st.query_params.get(VIEW) == SHARED


def views() -> None:
    """The switch between referrals and shared patients, where both are in."""
    if not ask(asked.sets, Filters()) or filters.known().first is None:
        return
    options.buttons(
        VIEW,
        "Look at",
        {"referrals": "Our referrals", SHARED: "Shared patients"},
        "referrals",
        drops=(*OWN, "system", "pairs", "vintage"),
    )


def one() -> str | None:
    """The organisation of the address; one that these data do not know is dropped and said."""
    key = st.query_params.get(ONE)
    if key is not None and key not in ask(asked.names, Filters()):
        for param in OWN:
            st.query_params.pop(param, None)
        st.session_state[_DROPPED] = True
        key = None
    if key is not None:
        st.session_state.pop(_DROPPED, None)
    elif st.session_state.pop(_DROPPED, False):
        parts.note("The link named an organisation that these data do not have. It was left away.")
    return key


def pick(key: str) -> None:
    """A field for another organisation, and the way back to all of them."""
    names = ask(asked.names, Filters())
    with st.container(horizontal=True, vertical_alignment="center", key="actions", gap="medium"):
        options.mirror("organisation-pick", key)
        st.selectbox(
            "Organisation",
            list(names),
            format_func=names.__getitem__,
            key="organisation-pick",
            label_visibility="collapsed",
            on_change=_picked,
            width=320,
        )
        links.link(entries.ORGANISATIONS, "All organisations", icon=":material/arrow_back:")


def _picked() -> None:
    for param in OWN:
        st.query_params.pop(param, None)
    st.query_params[ONE] = st.session_state["organisation-pick"]


def open_one(key: str) -> None:
    """From the list to the page of one."""
    links.go(entries.ORGANISATIONS, organisation=key)
