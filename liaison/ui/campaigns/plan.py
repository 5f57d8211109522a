"""A campaign is planned in one form; its list is frozen afterwards, on its own page."""

from datetime import date
from typing import Any

import streamlit as st

from liaison.fieldwork.campaign_list import plan_campaign
from liaison.fieldwork.campaigns import MOST_ASIDE, SHARE
from liaison.fieldwork.syntax import LINE, PARAGRAPH
from liaison.ui import entries, homes, links, states
from liaison.ui.ask import viewer
from liaison.ui.campaigns import asked
from liaison.ui.clock import today
from liaison.ui.events.asked import team
from liaison.ui.log.asked import materials as in_the_catalogue
from liaison.ui.states import guarded
from liaison.vocabulary import CampaignKind

TEXTS = ("title", "service_line", "message")


def show(*, opened: bool) -> None:
    """The form, behind one button unless it is the first."""
    people = team().team
    if not people:
        states.off("Nobody of the team is on record", "A campaign has an owner: bring a people file in first.")
        links.link(entries.DATA, "Data")
        return
    with st.expander("Plan a campaign", expanded=opened, icon=":material/add:"), st.form("campaign", border=False):
        st.text_input("Title", max_chars=LINE, key="campaign-title", width=420)
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            kinds = {kind.value: kind.label for kind in CampaignKind}
            st.selectbox("What is new", list(kinds), format_func=kinds.__getitem__, key="campaign-what", width=180)
            st.selectbox("Whose", list(people), format_func=people.__getitem__, key="campaign-owner", width=220)
            st.text_input("Service line", max_chars=LINE, key="campaign-service_line", width=220)
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            now = date.fromisoformat(today())  # a list is drawn on the first day at the latest
            st.date_input("From", now, min_value=now, key="campaign-starts", width=160)
            st.date_input("To, if it ends", None, key="campaign-ends", width=160)
            st.number_input(
                "Kept aside, %",
                0,
                int(MOST_ASIDE * 100),
                int(SHARE * 100),
                key="campaign-aside",
                width=160,
                help="Drawn by lot when the list is frozen and not visited for this: they are the comparison.",
            )
        st.text_area("Message", max_chars=PARAGRAPH, key="campaign-message")
        force = in_the_catalogue()
        st.multiselect(
            "Materials",
            list(force),
            format_func=lambda id_: force.get(id_, id_),
            key="campaign-materials",
            placeholder="Choose from the catalogue" if force else "The catalogue is empty",
            disabled=not force,
            width=420,
        )
        st.form_submit_button("Plan campaign", type="primary", on_click=guarded, args=(_planned,))


def _planned() -> None:
    state = st.session_state
    values: dict[str, Any] = {name: state[f"campaign-{name}"].strip() or None for name in TEXTS}
    ends = state["campaign-ends"]
    values |= {
        "what": state["campaign-what"],
        "person_id": state["campaign-owner"],
        "starts": state["campaign-starts"].isoformat(),
        "ends": ends.isoformat() if ends else None,
        "kept_aside": state["campaign-aside"] / 100,
        "materials": ";".join(state["campaign-materials"]) or None,
    }
    asked.open_campaign(plan_campaign(homes.home().store, values, actor=viewer().name))
