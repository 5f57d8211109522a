"""What a liaison makes of the list: accept, decline with a reason, pin, and take it back."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import streamlit as st

from liaison.models import stored
from liaison.models.stored import Did, Listed
from liaison.ui import entries, homes, links
from liaison.ui.ask import viewer
from liaison.ui.clock import today
from liaison.ui.states import guarded

LIST = "next-visits"  # the name of the list that the practice page goes on along
_ASKED = "lz-declining"


@dataclass(frozen=True)
class Why:
    """A reason to decline. `days`: how long it keeps the practice out of the list, None: until it is taken back."""

    says: str
    days: int | None


WHY = {
    "later": Why("Not now, ask again in three months", 91),
    "seen": Why("Somebody of us was there, ask again in a month", 30),
    "full": Why("We could not take what it would send, ask again in two months", 61),
    "nothing": Why("Nothing can be won there this year", 365),
    "unwanted": Why("They do not want to be visited", None),
    "wrong": Why("What is said of it is wrong", None),
}
OTHER = "other"


def buttons(listed: Listed, filled: bool) -> None:
    """Accept, decline, pin; or take back what was accepted. Then the way to the practice's story."""
    key = listed.row.practice_id
    if listed.accepted:
        st.button("Take back", key=f"undo-{key}", on_click=undo, args=(key,))
    else:
        kind: Literal["primary", "secondary"] = "primary" if filled else "secondary"
        st.button("Accept", key=f"accept-{key}", type=kind, on_click=accept, args=(key,))
        st.button("Decline", key=f"decline-{key}", on_click=ask_why, args=(key,))
        icon, word = (":material/keep_off:", "Unpin") if listed.pinned else (":material/keep:", "Pin")
        action = undo if listed.pinned else pin
        st.button(word, key=f"pin-{key}", type="tertiary", icon=icon, on_click=action, args=(key,))
    links.link(entries.LOG, "Log", icon=entries.LOG.icon, practice=key)
    links.link(entries.BRIEF, "Brief", icon=":material/badge:", practice=key)
    links.link(entries.PRACTICE, "Story", practice=key, list=LIST)


def accept(practice_id: str) -> None:
    """It is going to be seen."""
    guarded(_write, practice_id, Did.accepted, None, None)


def pin(practice_id: str) -> None:
    """It stays at the top of the list, whatever its rank."""
    guarded(_write, practice_id, Did.pinned, None, None)


def undo(practice_id: str) -> None:
    """As if nothing had been decided."""
    guarded(_write, practice_id, Did.undone, None, None)


def ask_why(practice_id: str) -> None:
    """The card asks for a reason before it goes."""
    st.session_state[_ASKED] = practice_id


def asked(practice_id: str) -> bool:
    """Whether this card is asking."""
    return bool(st.session_state.get(_ASKED) == practice_id)


def reasons(practice_id: str) -> None:
    """The reasons to choose from, and the way back."""
    words = {name: why.says for name, why in WHY.items()} | {OTHER: "Something else, in a few words"}
    with st.container(key=f"why-not-{practice_id}", gap="small"):
        chosen = st.selectbox(
            "Why not?",
            list(words),
            index=None,
            format_func=words.__getitem__,
            placeholder="Why not?",
            key=f"why-{practice_id}",
            label_visibility="collapsed",
        )
        said = ""
        if chosen == OTHER:
            said = st.text_input("In a few words", key=f"words-{practice_id}", max_chars=200)
        with st.container(horizontal=True, gap="small"):
            ready = bool(chosen) and (chosen != OTHER or bool(said.strip()))
            st.button(
                "Decline it",
                key=f"declined-{practice_id}",
                type="primary",
                disabled=not ready,
                on_click=_decline,
                args=(practice_id, chosen, said),
            )
            st.button("Keep it", key=f"keep-{practice_id}", type="tertiary", on_click=_put_away)


def _decline(practice_id: str, chosen: str, said: str) -> None:
    why = WHY.get(chosen, Why(said.strip(), None))
    until = None
    if why.days is not None:
        until = (date.fromisoformat(today()) + timedelta(days=why.days)).isoformat()
    guarded(_write, practice_id, Did.declined, why.says, until)
    _put_away()


def _put_away() -> None:
    st.session_state.pop(_ASKED, None)


def _write(practice_id: str, did: Did, reason: str | None, until: str | None) -> None:
    stored.choose(homes.home().store, practice_id, did, actor=viewer().name, reason=reason, until=until)
