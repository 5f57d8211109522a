"""The order of the page's parts: one barrier where the URL names it, a form for a new one, else board and views."""

import streamlit as st

from liaison.ui import options, states
from liaison.ui.barriers import asked, board, detail, found, head, history, met, new

VIEW, NEW, ONE = "view", "new", "barrier"
BOARD, FOUND, BACK, MET = "board", "found", "back", "introductions"


def show() -> None:
    """The page for the team; single practices are not shown outside it."""
    if states.team_only("Barriers", why="They name single practices."):
        return
    if st.query_params.get(ONE):
        detail.show(st.query_params[ONE])
    elif st.query_params.get(NEW):
        new.show()
    else:
        _board()


def _board() -> None:
    now, proposed = asked.now(), asked.proposed()
    head.show(now)
    views = {
        BOARD: "Board",
        FOUND: f"Found in the data \u00b7 {len(proposed.cells):,}",
        BACK: "How long, how often",
        MET: "Introductions",
    }
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="barriers-controls"):
        view = options.buttons(VIEW, "What to look at", views, BOARD)
        if view != MET:
            st.button("Report a barrier", icon=":material/add:", type="primary", key="new-barrier", on_click=new.begin)
    if view == FOUND:
        found.show(proposed)
    elif view == BACK:
        history.show()
    elif view == MET:
        met.show()
    else:
        board.show(now)
