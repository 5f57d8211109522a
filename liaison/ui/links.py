"""Ways from page to page: every link carries the filters, and what it is about, in the URL."""

import streamlit as st

from liaison.ui import filters
from liaison.ui.entries import OVERVIEW, Entry, listed

_PAGES = "lz-pages"


def pages() -> dict[str, st.Page]:
    """Every page by its title, found on the disk once a session: a page of links would look for them fifty times."""
    held: dict[str, st.Page] = st.session_state.get(_PAGES, {})
    if held.keys() != listed().keys():
        held = {
            title: st.Page(e.file, title=title, icon=e.icon, url_path=e.url, default=e is OVERVIEW)
            for title, e in listed().items()
        }
        st.session_state[_PAGES] = held
    return held


def link(entry: Entry, label: str, *, icon: str = ":material/arrow_forward:", **about: str) -> None:
    """A link to a page with the filters of this one, and with `about` (ids only: a URL carries no names)."""
    page = pages().get(entry.title)
    if page is not None:
        st.page_link(page, label=label, icon=icon, query_params={**filters.params(), **about})


def go(entry: Entry, **about: str) -> None:
    """Opens a page as `link` would, from a button or a pick."""
    st.switch_page(entry.file, query_params={**filters.params(), **about})
