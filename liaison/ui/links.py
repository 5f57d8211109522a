"""Ways from page to page: every link carries the filters, and what it is about, in the URL."""

import streamlit as st

from liaison.ui import filters
from liaison.ui.entries import Entry, listed


def link(entry: Entry, label: str, *, icon: str = ":material/arrow_forward:", **about: str) -> None:
    """A link to a page with the filters of this one, and with `about` (ids only: a URL carries no names)."""
    if entry.title in listed():
        st.page_link(entry.file, label=label, icon=icon, query_params={**filters.params(), **about})


def go(entry: Entry, **about: str) -> None:
    """Opens a page as `link` would, from a button or a pick."""
    st.switch_page(entry.file, query_params={**filters.params(), **about})
