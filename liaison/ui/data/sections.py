"""The parts of the Data page by name, one at a time; the URL says which."""

from typing import Literal

import streamlit as st

from liaison.ui import options

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


def section() -> Section:
    """The part that is open; an unknown one in the URL is left away."""
    return options.buttons(PARAM, "Part of the page", NAMES, "set-up", drops=(FORMAT,))


def go(to: Section, format_name: str = "") -> None:
    """Opens a part, as a button's callback does; `format_name` is what is to be brought in."""
    st.query_params[PARAM] = to
    if format_name:
        st.query_params[FORMAT] = format_name
    else:
        st.query_params.pop(FORMAT, None)
