"""Adopting a proposal: from which day, with territories or without, and what it wrote."""

from datetime import date
from functools import partial

import streamlit as st

from liaison.metrics.figure import date_words
from liaison.planning.territories.adopt import Adoption, adopt
from liaison.planning.territories.drafts import Draft
from liaison.ui import homes, parts
from liaison.ui.ask import viewer
from liaison.ui.clock import today
from liaison.ui.data.work import recount
from liaison.ui.states import guarded

MONTHS = 12  # whose first days can be chosen
_DONE = "lz-draw-adopted"


def show(draft: Draft, behind: bool) -> None:
    """The day, whether territories follow, the button; or since when it holds."""
    if draft.adopted is not None:
        parts.band(f"**Adopted: it holds from {date_words(draft.adopted.on)}**, written by {draft.adopted.by}.")
        done = st.session_state.get(_DONE)
        if isinstance(done, Adoption) and done.draft_id == draft.draft_id:
            parts.note(_words(done))
        parts.note("To change it, draw anew and adopt that from a later day; what held before stays on record.")
        return
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="draw-adopt"):
        on = st.selectbox("From", first_days(today()), format_func=date_words, key="draw-on", width=160)
        areas = st.checkbox("Territories too", value=True, key="draw-areas", help="Figures by territory follow.")
        st.button(
            "Adopt", type="primary", key="draw-adopt-go", disabled=behind, on_click=partial(_adopt, draft, on, areas)
        )
    parts.note("Assignments end the day before and begin anew: earlier days keep their credit.")


def _adopt(draft: Draft, on: date, areas: bool) -> None:
    def made() -> None:
        home = homes.home()
        st.session_state[_DONE] = adopt(
            home, draft.draft_id, draft.revision, on, actor=viewer().name, with_territories=areas
        )
        if areas:
            recount()

    guarded(made)


def first_days(day: str) -> list[date]:
    """The first days of the months after an ISO day."""
    year, month = int(day[:4]), int(day[5:7])
    return [date(year + (month + n) // 12, (month + n) % 12 + 1, 1) for n in range(MONTHS)]


def _words(done: Adoption) -> str:
    said = f"{done.assignments.ended:,} assignments end, {done.assignments.began:,} begin"
    parts_ = done.territories
    return f"{said}; {parts_.ended:,} parts of territories end, {parts_.began:,} begin."
