"""The list one came from: a page about one thing offers the next and the one before.

The list's name stands in the URL; its ids stay in the session, since a URL would be too long for them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

PARAM = "list"


@dataclass(frozen=True)
class Place:
    """Where `id` stands in a list: its neighbours, its number from 1, and of how many."""

    before: str | None
    after: str | None
    number: int
    of: int


def remember(name: str, ids: Sequence[str], title: str = "") -> None:
    """What the list `name` of this session holds, in the order in which people see it, and what it is called."""
    st.session_state[f"list-{name}"] = tuple(ids)
    st.session_state[f"list-{name}-title"] = title


def title(name: str | None) -> str:
    """What people call a list: 'Practices behind Neurology'."""
    return str(st.session_state.get(f"list-{name}-title") or "the list you came from")


def held(name: str | None) -> tuple[str, ...]:
    """The ids of a list, nothing where this session has not seen it."""
    found: tuple[str, ...] = st.session_state.get(f"list-{name}", ())
    return found


def place(ids: Sequence[str], now: str) -> Place | None:
    """Where `now` stands in the list; None where it is not in it."""
    if now not in ids:
        return None
    at = list(ids).index(now)
    return Place(ids[at - 1] if at else None, ids[at + 1] if at + 1 < len(ids) else None, at + 1, len(ids))
