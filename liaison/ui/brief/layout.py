"""The order of the page: the sentence, how to begin, why now, who is there, what was said, what changed."""

import streamlit as st

from liaison.ui import entries, homes, links, parts, states
from liaison.ui.ask import kept
from liaison.ui.brief import asked, foot, told
from liaison.ui.brief.asked import PARAM, Asked
from liaison.ui.style import phone

NAME = "Brief"


def show() -> None:
    """One practice's brief; without one in the URL, the field that finds it."""
    practice_id = asked.which()
    if practice_id is None:
        _choose()
        return
    found = asked.read(practice_id)
    parts.head(f"{NAME}: {found.brief.name}", found.brief.headline)
    if phone():
        _one_screen(found)
        _below(found)
    else:
        told.place(found)
        left, right = st.columns([11, 9], gap="large")
        with left:
            _left(found)
        with right:
            _right(found)
    foot.show(found)


def _one_screen(found: Asked) -> None:
    """What matters at the door, above the fold of a phone: why, whom, the promise, what is wrong, how to begin."""
    with st.container(key="brief-top", gap="xsmall"):
        told.why(found, small=True)
        told.people(found, small=True)
        told.promise(found)
        told.barriers(found, small=True)
        told.openers(found, small=True)


def _below(found: Asked) -> None:
    told.place(found)
    told.touches(found)
    told.bring(found)
    told.rest(found)
    told.changed(found)


def _left(found: Asked) -> None:
    told.openers(found)
    told.why(found)
    told.promise(found)
    told.touches(found)


def _right(found: Asked) -> None:
    told.people(found)
    told.bring(found)
    told.barriers(found)
    told.changed(found)


def _choose() -> None:
    names = kept().get((str(homes.home().path), homes.live().data_id, "brief-names"), asked.names)
    parts.head(NAME, "Which practice are you about to see?")
    if not names:
        states.off("No practice is on record", "The page Data takes practices, people and what was done there.")
        links.link(entries.DATA, "Data")
        return
    st.selectbox(
        "Practice",
        list(names),
        index=None,
        format_func=names.__getitem__,
        placeholder="Find a practice by name",
        key="brief-which",
        on_change=_chosen,
        width="stretch" if phone() else 420,
    )
    links.link(entries.ROUTES, "Routes: the stops of a day")


def _chosen() -> None:
    if which := st.session_state.get("brief-which"):
        st.query_params[PARAM] = str(which)
