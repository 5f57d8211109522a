"""What the page asks for: campaigns as they stand, and the one that the URL names."""

import streamlit as st

from liaison.fieldwork.one_campaign import CampaignFile, campaign_files
from liaison.ui import options
from liaison.ui.ask import ask_records
from liaison.ui.clock import today

CAMPAIGN = "campaign"  # the campaign's id, in the URL


def every() -> tuple[CampaignFile, ...]:
    return ask_records(campaign_files, today())[0]


def chosen() -> CampaignFile | None:
    """The campaign that the URL names; an id that is none is taken out of it."""
    given = st.query_params.get(CAMPAIGN)
    if given is None:
        return None
    found = next((one for one in every() if one.campaign_id == given), None)
    if found is None:
        options.leave_away(CAMPAIGN)
    return found


def open_campaign(campaign_id: str | None) -> None:
    """Opens one, or the list of all."""
    if campaign_id is None:
        st.query_params.pop(CAMPAIGN, None)
    else:
        st.query_params[CAMPAIGN] = campaign_id
