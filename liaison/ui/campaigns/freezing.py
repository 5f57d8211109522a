"""The list of a campaign: cut by filters or pasted, and frozen in one press, a part of it kept aside by lot."""

import streamlit as st

from liaison.fieldwork.campaign_list import freeze
from liaison.fieldwork.campaign_words import practices
from liaison.fieldwork.inviting import unwelcome
from liaison.fieldwork.one_campaign import CampaignFile
from liaison.metrics.filters import Filters
from liaison.models.campaign_sizes import can_tell
from liaison.ui import filters, homes, parts
from liaison.ui.ask import ask_records, viewer
from liaison.ui.clock import today
from liaison.ui.events import asked
from liaison.ui.events.invitations import ALL, FIELDS
from liaison.ui.states import guarded
from liaison.ui.style import phone

LONGEST = 100_000  # characters of a pasted list


def show(about: CampaignFile) -> None:
    """The choice, what the lot would do with it, the button."""
    parts.picture("Target practices", "Cut the list, or paste ids. It is frozen as it stands, once, and never changes.")
    ids = _cut()
    with st.expander("Paste practice ids instead"):
        pasted = st.text_area("Ids, parted by spaces or lines", max_chars=LONGEST, key="campaign-ids").split()
    out = ask_records(unwelcome)[0]
    chosen = list(dict.fromkeys(pasted or ids))
    left = [one for one in chosen if one not in out]
    aside = int(len(left) * about.share + 0.5)
    if left:
        parts.note(can_tell(len(left) - aside, aside))
    if len(chosen) > len(left):
        parts.note(f"{practices(len(chosen) - len(left))} asked not to be visited and will be left out.")
    label = f"Freeze the list of {practices(len(left))}"
    args = (_frozen, about, tuple(left))
    st.button(label, type="primary", disabled=len(left) < 2, key="campaign-freeze", on_click=guarded, args=args)


def _cut() -> tuple[str, ...]:
    """The practices on record that territory, line, type and liaison leave."""
    values, cut = filters.known().values, dict[str, str]()
    with st.container(horizontal=not phone(), vertical_alignment="bottom", gap="small", key="campaign-cut"):
        for name, every in FIELDS.items():
            options = {ALL: every} | dict(values.get(name, {}))
            picked = st.selectbox(
                filters.TITLE[name], list(options), format_func=options.__getitem__, key=f"campaign-cut-{name}"
            )
            if picked:
                cut[name] = picked
        whose = asked.team()
        people = {ALL: "All liaisons"} | whose.people
        who = st.selectbox("Liaison", list(people), format_func=people.__getitem__, key="campaign-cut-who")
    found = asked.practices(Filters(**cut)).on_record(that_sent="service_line" in cut)
    return tuple(one for one in found if not who or who in whose.of.get(one, ()))


def _frozen(about: CampaignFile, ids: tuple[str, ...]) -> None:
    volumes = {row.practice_id: float(row.referrals) for row in asked.practices(Filters()).rows}
    freeze(homes.home().store, about.campaign_id, ids, volumes, today(), actor=viewer().name)
