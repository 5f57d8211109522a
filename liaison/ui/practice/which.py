"""Which practice the URL names: a merged one leads to the one it counts as, an unknown one is dropped and said."""

import streamlit as st
from sqlalchemy import Connection

from liaison.fieldwork.one_practice import PracticeFile, practice_file, survivor
from liaison.ui import homes, lists, parts
from liaison.ui.ask import ask_records

PARAM = "practice"
_SAID = "lz-practice-said"


def which() -> PracticeFile | None:
    """What the team knows of the practice in the URL, as written by now; None where the URL names none."""
    given = st.query_params.get(PARAM)
    if not given:
        return None
    live = homes.live()
    kept, _ = ask_records(_file, given)
    practice_id = kept.practice_id
    if kept.record is None and ("practice", practice_id) not in live.label_of:
        _say("The link named a practice that these data do not have. It was left away.")
        st.query_params.pop(PARAM)
        st.query_params.pop(lists.PARAM, None)
        st.rerun()
    if practice_id != given:
        _say(f"{given} was merged into this practice: its referrals, visits and people count here.")
        st.query_params[PARAM] = practice_id
    return kept


def _file(connection: Connection, given: str) -> PracticeFile:
    return practice_file(connection, survivor(connection, given))


def _say(text: str) -> None:
    st.session_state[_SAID] = text


def tell() -> None:
    """What became of the practice that the link named."""
    if text := st.session_state.pop(_SAID, None):
        parts.note(text)


def open_practice(practice_id: str, list_name: str) -> None:
    """The story of a practice, on this page, in one step of the browser's history."""
    st.query_params.update({PARAM: practice_id, lists.PARAM: list_name})
