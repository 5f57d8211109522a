"""What the form holds between runs: a blank one, or a visit that is being changed; each turn has widgets of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import uuid4

import streamlit as st

from liaison.errors import LiaisonError
from liaison.ui import options
from liaison.ui.log import asked

_TURN, _ID, _SAID, _GIVEN = "lz-log-turn", "lz-log-id", "lz-log-said", "lz-log-given"
_FEEDBACK, DRAFT = "lz-log-feedback", "lz-log-draft"
VISIT, PRACTICE, LIAISON = "visit", "practice", "liaison"


@dataclass(frozen=True)
class Form:
    """`visit_id` is made once a turn, so that a second press of the button saves nothing twice; `version` is that of
    the visit that is being changed, None for a new one."""

    turn: int
    visit_id: str
    version: int | None
    given: Mapping[str, Any]

    def key(self, name: str) -> str:
        return f"log-{name}-{self.turn}"

    def text(self, name: str) -> str:
        return str(self.given.get(name) or "")

    def day(self, name: str) -> date | None:
        return date.fromisoformat(self.given[name]) if self.given.get(name) else None

    def clock(self, name: str) -> time | None:
        return time.fromisoformat(str(self.given[name]).zfill(5)) if self.given.get(name) else None

    def many(self, name: str) -> list[str]:
        return [part.strip() for part in self.text(name).split(";") if part.strip()]


def form() -> Form:
    """The form as it stands; the URL names the visit that is being changed."""
    turn = st.session_state.setdefault(_TURN, 0)
    key = st.query_params.get(VISIT)
    if key:
        try:
            found = asked.one(key)
        except LiaisonError:
            options.leave_away(VISIT)
            return form()
        return Form(hash((turn, key)), key, found.version, found.values)
    return Form(turn, st.session_state.setdefault(_ID, f"v-{uuid4().hex[:12]}"), None, st.session_state.get(_GIVEN, {}))


def anew(said: str = "") -> None:
    """The next run starts with a blank form, and says what was done."""
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
    st.session_state.pop(_ID, None)
    st.session_state.pop(_GIVEN, None)
    st.session_state.pop(DRAFT, None)
    st.session_state[_SAID] = said
    st.query_params.pop(VISIT, None)


def take_up(visit_id: str, given: Mapping[str, Any]) -> None:
    """The form goes on with a visit that was begun, under the id that it had."""
    anew()
    st.session_state[_ID], st.session_state[_GIVEN] = visit_id, given


def open_visit(key: str) -> None:
    """The form takes up a visit that stands."""
    anew()
    st.query_params[VISIT] = key


def ask_feedback(about: Mapping[str, str]) -> None:
    """What the survey of the visit that was just logged is opened with."""
    st.session_state[_FEEDBACK] = dict(about)


def feedback() -> dict[str, str] | None:
    """The same, once."""
    return st.session_state.pop(_FEEDBACK, None)


def said() -> str:
    """What the last button did, once."""
    return str(st.session_state.pop(_SAID, ""))
