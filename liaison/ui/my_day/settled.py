"""What one press settles, and the way back from it."""

from dataclasses import replace

import streamlit as st

from liaison.fieldwork.agenda import Item
from liaison.fieldwork.agenda import settle as settled_in
from liaison.ui import homes, parts
from liaison.ui.ask import viewer
from liaison.ui.clock import today
from liaison.ui.states import guarded

_SAID = "lz-my-day-settled"


def settle(item: Item, person_id: str) -> None:
    """It is done today; somebody else's change meanwhile is told."""

    def done() -> None:
        settled_in(homes.home().store, item, today(), by=person_id, actor=viewer().name)
        st.session_state[_SAID] = (replace(item, version=item.version + 1), person_id)

    st.session_state.pop(_SAID, None)
    guarded(done)


def tell() -> None:
    """What the last press settled, with the button that takes it back."""
    said = st.session_state.get(_SAID)
    if said is None:
        return
    item, person_id = said
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="my-day-settled"):
        parts.band(f"Settled: {item.title}")
        st.button("Undo", key="my-day-undo", on_click=_undo, args=(item, person_id))


def _undo(item: Item, person_id: str) -> None:
    st.session_state.pop(_SAID, None)
    guarded(lambda: settled_in(homes.home().store, item, None, by=person_id, actor=viewer().name))
