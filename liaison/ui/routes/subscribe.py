"""A secret address at which one's own calendar reads the plans: made, shown once, renewed, revoked."""

import streamlit as st

from liaison.planning.stored.feeds import Feed, feed_of, new_feed, revoke_feed
from liaison.store import reading
from liaison.ui import calendar_route, homes, parts
from liaison.ui.ask import viewer
from liaison.ui.next_visits.run import day as day_of
from liaison.ui.routes.asked import Worker
from liaison.ui.states import guarded

_MADE = "lz-feed-made"  # person and token, from its making on
IS = (
    "An address for the calendar on your phone or computer, which reads it again about every hour: the plans of the "
    "last two weeks and of all weeks to come. Whoever has the address sees these visits, so give it to nobody."
)
NOT_SERVED = (
    "A calendar can subscribe where Liaison runs as a server, started by: python -m liaison serve. This one was "
    "started for one person alone. The button Calendar gives the week as a file in any case."
)


def show(worker: Worker) -> None:
    """The button, and behind it what there is and what can be done."""
    with st.popover("Subscribe", type="tertiary", icon=":material/rss_feed:", key="subscribe"):
        if not calendar_route.serves():
            parts.note(NOT_SERVED)
            return
        parts.note(IS)
        _shown_once(worker)
        known = _known(worker)
        parts.note(_state(worker, known))
        with st.container(horizontal=True, gap="small"):
            word = "Make an address" if known is None else "Make a new address"
            st.button(word, key="feed-new", on_click=lambda: guarded(_make, worker))
            if known is not None:
                st.button("Revoke", key="feed-revoke", type="tertiary", on_click=lambda: _revoke(worker))


def _known(worker: Worker) -> Feed | None:
    with reading(homes.home().store) as connection:
        return feed_of(connection, worker.person_id)


def _shown_once(worker: Worker) -> None:
    held = st.session_state.get(_MADE)
    if held and held[0] == worker.person_id:
        st.code(calendar_route.address(st.context.url or "", held[1]), language=None, wrap_lines=True)
        parts.note("Copy it now: it is kept nowhere, and is gone with this tab.")


def _state(worker: Worker, known: Feed | None) -> str:
    if known is None:
        return f"{worker.name} has no address yet."
    return f"{worker.name} has an address since {day_of(known.made_at)}. A new one ends it."


def _make(worker: Worker) -> None:
    st.session_state[_MADE] = (worker.person_id, new_feed(homes.home(), worker.person_id, viewer()))


def _revoke(worker: Worker) -> None:
    st.session_state.pop(_MADE, None)
    revoke_feed(homes.home(), worker.person_id)
