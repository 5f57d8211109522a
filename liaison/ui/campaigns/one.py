"""One campaign: what is said and left, how far each practice is, who of our own people knows, what it brought."""

from functools import partial

import pandas as pd
import streamlit as st

from liaison.fieldwork.campaign_list import brief, change_campaign, introduce
from liaison.fieldwork.campaign_words import (
    DEFINITION,
    about_words,
    campaign_sentence,
    contaminated_words,
    within_words,
)
from liaison.fieldwork.one_campaign import CampaignFile
from liaison.fieldwork.syntax import LINE
from liaison.fieldwork.to_do import tasks_of
from liaison.models.campaign_sizes import can_tell
from liaison.ui import entries, homes, links, parts, states
from liaison.ui.ask import ask_records, viewer
from liaison.ui.campaigns import asked, freezing
from liaison.ui.clock import today
from liaison.ui.states import guarded
from liaison.ui.style import phone
from liaison.ui.tables import Col, download, table

COLUMNS = {
    "practice": Col("Practice", 320),
    "wave": Col("Within days", 110),
    "due_on": Col("Due by", 120),
    "first_on": Col("First visit", 120),
    "state": Col("Where it stands", 240),
}
ON_PHONE = {"practice": Col("Practice", 160), "state": Col("Where it stands", 150)}


def show(about: CampaignFile) -> None:
    """All parts of one campaign."""
    parts.head(about.title, campaign_sentence(about, today()))
    states.tell_kept()
    st.button(
        "All campaigns", icon=":material/arrow_back:", type="tertiary", on_click=asked.open_campaign, args=(None,)
    )
    parts.note(about_words(about))
    if about.message:
        parts.say(about.message)
    if about.materials:
        parts.note(f"Left at practices: {', '.join(about.materials)}.")
        links.link(entries.MATERIALS, "Materials")
    if about.frozen_on is None and not about.voided:
        freezing.show(about)
    elif about.frozen_on:
        _progress(about)
    _briefings(about)
    if not about.voided:
        _void(about)


def _progress(about: CampaignFile) -> None:
    parts.picture("Progress by practice", within_words(about) + " Those that are late first.")
    rows = pd.DataFrame({**each.__dict__, "wave": str(each.wave), "state": each.says} for each in about.targets)
    columns = ON_PHONE if phone() else COLUMNS
    place = table(rows, columns, key=f"campaign-{about.campaign_id}", alt="Targets and their first visit", pick=True)
    if place is not None and place < len(about.targets):
        each = about.targets[place]
        links.link(entries.PRACTICE, each.practice, practice=each.practice_id)
    _tasks(about)
    if warning := contaminated_words(about):
        parts.band(warning)
    parts.note(can_tell(len(about.targets), len(about.aside)))
    links.link(entries.EFFECT, "What it brought: Programme effect")
    source = f"List frozen on {about.frozen_on} with the seed {about.seed}; {len(about.aside):,} kept aside."
    with parts.footer(source, DEFINITION, "campaign"):
        download(rows, f"campaign-{about.campaign_id}", key="targets", papers=[DEFINITION], label="Targets")
        if about.aside:
            aside = pd.DataFrame(each.__dict__ for each in about.aside)
            download(aside, f"campaign-{about.campaign_id}-aside", key="aside", papers=[DEFINITION], label="Kept aside")


def _tasks(about: CampaignFile) -> None:
    made = ask_records(tasks_of, f"campaign:{about.campaign_id}")[0]
    there = {each.practice_id for each in made}
    new = sum(each.first_on is None and each.practice_id not in there for each in about.targets)
    if new and not about.voided:
        label = f"Make {new:,} {'task' if new == 1 else 'tasks'} to introduce it"
        st.button(label, type="primary", key="campaign-tasks", on_click=guarded, args=(_introduce, about.campaign_id))
    if made:
        still = sum(each.done_on is None for each in made)
        parts.note(f"{len(made):,} {'task was' if len(made) == 1 else 'tasks were'} made of it, {still:,} still open.")


def _introduce(campaign_id: str) -> None:
    introduce(homes.home().store, campaign_id, today(), actor=viewer().name)


def _briefings(about: CampaignFile) -> None:
    many = len(about.briefed)
    told = "Front desks, schedulers, departments: who knows of it before practices ask."
    parts.picture(
        f"{many:,} briefing{'' if many == 1 else 's'} of our own people" if many else "No staff briefed", told
    )
    for each in about.briefed:
        parts.say(f"**{each.audience}** on {each.briefed_on}" + (f", by {each.by}" if each.by else ""))
    if about.voided:
        return
    with (
        st.form("campaign-brief", border=False, clear_on_submit=True),
        st.container(horizontal=not phone(), vertical_alignment="bottom", gap="small"),
    ):
        st.text_input("Whom you briefed", max_chars=LINE, key="campaign-audience", width=320)
        st.form_submit_button("Add briefing", on_click=guarded, args=(_briefed, about))


def _briefed(about: CampaignFile) -> None:
    audience = st.session_state["campaign-audience"].strip()
    values = {"audience": audience or None, "briefed_on": today(), "person_id": about.person_id}
    brief(homes.home().store, about.campaign_id, values, actor=viewer().name)


def _void(about: CampaignFile) -> None:
    with st.popover("Void the campaign"):
        reason = st.text_input("Why does it not stand?", max_chars=LINE, key="campaign-void-why")
        parts.note("Its list and its visits stay on record; nothing is measured of it any more.")
        gone = partial(guarded, _voided, about, reason)
        st.button("Void it", disabled=not reason.strip(), on_click=gone, key="campaign-void")


def _voided(about: CampaignFile, reason: str) -> None:
    change_campaign(homes.home().store, about, {"voided": reason}, actor=viewer().name)
