"""The list by margin: somebody's choice, never the default, and written down as one."""

from collections.abc import Sequence

import streamlit as st

from liaison.access.audit import Action, record
from liaison.models.stored import Listed, NextVisits
from liaison.ui import filters, homes
from liaison.ui.ask import viewer
from liaison.ui.next_visits.asked import Newest

WHAT = "Next visits, ranked by margin"
_TOLD = "lz-by-margin"


def told(now: Newest, rows: Sequence[Listed], found: NextVisits) -> None:
    """Writes the look down before anything is shown: once a session and list."""
    if st.session_state.get(_TOLD) == now.key():
        return
    record(homes.home().store, viewer(), Action.looked, WHAT, filters.params(), len(rows), len(found.rows))
    st.session_state[_TOLD] = now.key()
