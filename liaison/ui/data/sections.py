"""The parts of the Data page by name, one at a time; the URL says which."""

from typing import Any, Literal

import streamlit as st

from liaison.ui.options import marked
from liaison.ui.style import phone

Section = Literal["set-up", "bring", "imports", "quality", "merges", "records", "market", "definitions"]
NAMES: dict[Section, str] = {
    "set-up": "Set-up",
    "bring": "Bring files in",
    "imports": "Imports",
    "quality": "Quality",
    "merges": "Doubtful names",
    "records": "Records",
    "market": "Market data",
    "definitions": "Definitions",
}
PARAM, FORMAT = "part", "format"
_KEY = "data-part"


def section() -> Section:
    """The part that is open; an unknown one in the URL is left away."""
    given = st.query_params.get(PARAM, "set-up")
    named: Section = next((name for name in NAMES if name == given), "set-up")
    if named != given:
        st.query_params.pop(PARAM, None)
    if st.session_state.get(_KEY) != named:
        st.session_state[_KEY] = named
    options: dict[str, Any] = {"key": _KEY, "label_visibility": "collapsed", "on_change": _opened}
    if phone():
        st.selectbox("Part of the page", list(NAMES), format_func=NAMES.__getitem__, **options)
    else:
        words = marked(NAMES, named)
        st.segmented_control("Part of the page", list(NAMES), format_func=words.__getitem__, **options)
    return named


def _opened() -> None:
    """The chosen part; pressing the open one again leaves it open."""
    if chosen := st.session_state[_KEY]:
        go(chosen)


def go(to: Section, format_name: str = "") -> None:
    """Opens a part, as a button's callback does; `format_name` is what is to be brought in."""
    st.query_params[PARAM] = to
    if format_name:
        st.query_params[FORMAT] = format_name
    else:
        st.query_params.pop(FORMAT, None)
