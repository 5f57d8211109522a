"""The barrier as it was when somebody opened it: what a save is checked against, and what was typed since.

A save that came second loses nothing: what was typed stays beside what the other one wrote until somebody chooses.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from liaison.errors import LiaisonError
from liaison.fieldwork import StaleSaveError
from liaison.fieldwork.barrier_steps import barrier_now, save
from liaison.ui import homes
from liaison.ui.ask import viewer
from liaison.ui.states import guarded

EDITED = ("kind", "department", "service_line", "what", "owner", "due_on")
_OPENED, _CLASH, _DONE = "lz-barrier-opened", "lz-barrier-clash", "lz-barrier-done"
Record = Mapping[str, Any]
ANSWERS = {
    "resolution": "How it was resolved",
    "reopened": "What happened",
    "voided": "Why it should not count",
    "unresolved": "Why it stays as it is",
    "loop_note": "What the practice said",
}
LABELS = {
    "practice_id": "Practice",
    "kind": "Kind",
    "department": "Department",
    "service_line": "Service line",
    "what": "What is wrong",
    "raised_by": "Heard by",
    "source": "Heard",
    "raised_on": "Raised on",
    "owner": "Owner",
    "due_on": "Due",
    **ANSWERS,
}


@dataclass(frozen=True)
class Clash:
    """`base`: the barrier as it was opened; `mine`: what was about to be written; `who` saved meanwhile."""

    base: Record
    mine: Record
    who: str

    def theirs(self, now: Record) -> dict[str, Any]:
        """What the other one wrote: column -> value."""
        return {c: now[c] for c in self.base if c not in ("key", "version") and now[c] != self.base[c]}

    def both(self, now: Record) -> tuple[str, ...]:
        """The columns that both changed, and not to the same."""
        return tuple(c for c in self.mine if c in self.theirs(now) and now[c] != self.mine[c])


def opened(key: str) -> Record:
    """The barrier as it was opened; anew where somebody saved and nothing was typed here.

    Raises LiaisonError where there is none.
    """
    now, held = barrier_now(homes.home().store, key), st.session_state.get(_OPENED)
    mine: Record | None = held if held is not None and held["key"] == key else None
    if mine is None or (mine["version"] != now["version"] and not typed(mine) and clash(key) is None):
        mine = st.session_state[_OPENED] = now
    return mine


def field(record: Record, column: str) -> str:
    """The key of a widget: another version of the record begins it anew."""
    return f"barrier-{record['key']}-{record['version']}-{column}"


def typed(record: Record) -> dict[str, Any]:
    """What the form holds that the record does not: column -> value."""
    found = {}
    for column in EDITED:
        key = field(record, column)
        if key in st.session_state and (value := text(st.session_state[key])) != record[column]:
            found[column] = value
    return found


def unsaved() -> dict[str, Any]:
    """What was typed into the form of the barrier that is open."""
    record: Record | None = st.session_state.get(_OPENED)
    return {} if record is None else typed(record)


def text(value: Any) -> str | None:
    """A widget's value as the store holds it."""
    return value.isoformat() if isinstance(value, date) else (str(value).strip() or None if value else None)


def clash(key: str) -> Clash | None:
    """The save of this barrier that came second and was not decided yet."""
    found = st.session_state.get(_CLASH)
    return found if found is not None and found.base["key"] == key else None


def keep(values: Record, done: str, base: Record | None = None) -> None:
    """A button's callback: saves values against the version that was opened; where somebody was faster, asks."""
    opened_as: Record = base or st.session_state[_OPENED]
    guarded(_keep, opened_as, values, done, labels=LABELS)


def _keep(base: Record, values: Record, done: str) -> None:
    try:
        version = save(homes.home().store, base["key"], values, expected_version=base["version"], actor=viewer().name)
    except StaleSaveError as stale:
        before: Clash | None = clash(base["key"])
        # A third save on top of a decision: what was opened first stays the base of what was typed.
        st.session_state[_CLASH] = Clash(before.base if before else base, values, stale.who)
        return
    finish(base["key"], done, version != base["version"])


def finish(key: str, done: str, changed: bool = True) -> None:
    """Nothing is open or undecided any more; the page says what was done."""
    st.session_state.pop(_CLASH, None)
    st.session_state.pop(_OPENED, None)
    for name in [n for n in st.session_state if str(n).startswith((f"barrier-{key}-", f"step-{key}-"))]:
        st.session_state.pop(name)
    st.session_state[_DONE] = done if changed else "Nothing was changed"


def done() -> str | None:
    """What the last save did, told once."""
    return st.session_state.pop(_DONE, None)


def refuse(said: LiaisonError) -> None:
    """A step that cannot be made is told at the top of the page."""

    def no() -> None:
        raise said

    guarded(no)
