"""What one is told by mail: chosen by each person, kept in their record."""

from collections.abc import Sequence

import streamlit as st

from liaison.fieldwork import edit
from liaison.fieldwork.people import NO_MAIL, mail_chosen, wanted_mail
from liaison.jobs import mailed
from liaison.ui import homes, parts
from liaison.ui.ask import ask_records, viewer
from liaison.ui.states import guarded
from liaison.vocabulary import MailKind

IS = "Sent by the team's own server: names of practices and what is to be done, no figure. Each thing is told once."


def show(person_id: str) -> None:
    """The button, and behind it the choice; nothing where this instance sends no mail."""
    if not mailed.on(homes.home().settings):
        return
    address, chosen, version = ask_records(mail_chosen, person_id)[0]
    key = f"mail-mine-{person_id}-{version}"
    with st.popover("Mail to me", type="tertiary", icon=":material/mail:", key="mail-mine"):
        parts.note(IS)
        parts.note(f"To {address}." if address else "No e-mail address is on record: Data, Records, People takes it.")
        with st.container(key="mail-kinds"):
            st.pills(
                "What is told",
                [kind.value for kind in MailKind],
                default=sorted(wanted_mail(chosen)),
                format_func=lambda value: MailKind(value).label,
                selection_mode="multi",
                key=key,
                on_change=lambda: guarded(_save, person_id, version, st.session_state[key]),
            )


def _save(person_id: str, version: int, kinds: Sequence[str]) -> None:
    """Nothing chosen is a choice too."""
    wanted = ";".join(kind for kind in MailKind if kind in kinds) or NO_MAIL
    edit(homes.home().store, "people", person_id, {"mail": wanted}, expected_version=version, actor=viewer().name)
