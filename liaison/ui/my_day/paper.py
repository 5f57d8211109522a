"""The briefs of the stops that are still to be made today, on paper: a page a stop."""

from datetime import date

import streamlit as st

from liaison.fieldwork.agenda import What
from liaison.planning.stored.my_day import MyDay
from liaison.ui import homes
from liaison.ui.ask import viewer


def briefs(found: MyDay) -> None:
    """A button where a stop is left; the file is made when it is asked for."""
    if not any(item.what is What.stop and item.on == found.today and not item.done for item in found.items):
        return
    st.download_button(
        "Briefs on paper",
        lambda: paper(found.person_id, found.today),
        f"briefs-{found.person_id}-{found.today}.pdf",
        "application/pdf",
        key="my-day-paper",
        on_click="ignore",
        type="tertiary",
        icon=":material/print:",
    )


def paper(person_id: str, today: str) -> bytes:
    """A page a stop, in their order. Read outside of the page's run, so by the home that it was asked for in."""
    from liaison.reports.brief_paper import day_briefs, day_pdf

    on = date.fromisoformat(today)
    return day_pdf(day_briefs(homes.home(), viewer(), person_id, on), on)
