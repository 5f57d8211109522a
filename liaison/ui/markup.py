"""HTML of ours on the page. Streamlit takes plain text for a path on the disk first, and undoes its indent: both for
nothing, twenty times a page.
"""

from dataclasses import dataclass
from typing import Literal

import streamlit as st


@dataclass(frozen=True, slots=True)
class _Made:
    text: str

    def _repr_html_(self) -> str:
        return self.text


def html(text: str, width: Literal["stretch", "content"] | int = "stretch") -> None:
    """Shows markup whose variable parts are escaped already."""
    st.html(_Made(text), width=width)
