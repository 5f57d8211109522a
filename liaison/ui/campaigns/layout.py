"""The order of the page's parts: all campaigns and the way to plan one, or one of them."""

import pandas as pd
import streamlit as st

from liaison.fieldwork.campaign_words import campaign_sentence, campaigns_sentence
from liaison.fieldwork.one_campaign import CampaignFile
from liaison.ui import parts, states
from liaison.ui.campaigns import asked, one, plan
from liaison.ui.clock import today
from liaison.ui.style import phone
from liaison.ui.tables import Col, table

NAME = "Campaigns"
_TURN = "campaigns-turn"
COLUMNS = {
    "title": Col("Campaign", 280),
    "owner": Col("Whose", 150),
    "starts": Col("From", 110),
    "targets": Col("Targets", 85, "count"),
    "introduced": Col("Introduced", 100, "count"),
    "overdue": Col("Overdue", 85, "count"),
    "aside": Col("Kept aside", 100, "count"),
    "state": Col("Where it stands", 300),
}
ON_PHONE = {"title": Col("Campaign", 180), "introduced": Col("Done", 70, "count"), "overdue": Col("Late", 70, "count")}


def show() -> None:
    """The page."""
    about = asked.chosen()
    if about is not None:
        one.show(about)
        return
    files = asked.every()
    if not files:
        parts.head(NAME, "No campaign is planned yet")
        parts.note(
            "A new service, site or specialist: what practices are told, which of them, by when, and which are kept "
            "aside by lot so that what it brought can be told afterwards. Plan the first one here."
        )
    else:
        parts.head(NAME, campaigns_sentence(files, today()))
    states.tell_kept()
    if files:
        _table(files)
    plan.show(opened=not files)


def _table(files: tuple[CampaignFile, ...]) -> None:
    parts.picture("All campaigns", "The latest start first. Press a row to open it.")
    turn = st.session_state.setdefault(_TURN, 0)
    place = table(
        pd.DataFrame(_row(each) for each in files),
        ON_PHONE if phone() else COLUMNS,
        key=f"campaigns-{turn}",
        alt="Campaigns: title, whose, start, targets, introduced, overdue, kept aside",
        pick=True,
    )
    if place is not None:
        st.session_state[_TURN] = turn + 1  # back on this page, no row is picked
        asked.open_campaign(files[place].campaign_id)
        st.rerun()


def _row(each: CampaignFile) -> dict[str, str | int]:
    return {
        "title": each.title,
        "owner": each.owner,
        "starts": each.starts,
        "targets": len(each.targets),
        "introduced": each.introduced,
        "overdue": each.overdue,
        "aside": len(each.aside),
        "state": campaign_sentence(each, today()),
    }
