"""Fields for words. One that is too long stays as it was typed, and says how much too long: Streamlit's own bound drops
a paste without a word.
"""

from html import escape
from typing import Any

import streamlit as st

from liaison.ui.markup import html


def line(label: str, value: str = "", *, most: int, **more: Any) -> str:
    """One line of at most so many characters."""
    return _told(label, st.text_input(label, value, **more), most)


def area(label: str, value: str = "", *, most: int, **more: Any) -> str:
    """Several lines of at most so many characters."""
    return _told(label, st.text_area(label, value, **more), most)


def _told(label: str, found: str | None, most: int) -> str:
    text = found or ""
    if len(text) > most:
        over = f"{len(text) - most:,} of {len(text):,} characters too many. At most {most:,} can be kept: shorten it."
        html(f'<p class="lz-note" role="alert"><strong>{escape(label)}: {over}</strong></p>')
    return text
