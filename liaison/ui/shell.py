"""What stands around every page: navigation, the banner of the demo market, the home that is being made."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

from liaison.ui import filter_row, filters, homes, links, parts, style
from liaison.ui.entries import DATA, GROUPS, Entry, listed

# Until app.py has run once in a process, Streamlit takes our folder of pages for its own old kind, and meets a deep
# link with "page not found" over the very page that was asked for. `serve` tells it at start; here it is closed.
_CLOSE = """<script>
const waited = Date.now();
const timer = setInterval(() => {
  const close = document.querySelector('[role="dialog"] button[aria-label="Close"]');
  if (close) close.click();
  if (close || Date.now() - waited > 5000) clearInterval(timer);
}, 50);
</script>"""
_TO_DATA = "lz-to-data"


@dataclass(frozen=True)
class Page:
    """The page that the address names, ready to run."""

    entry: Entry
    run: Callable[[], None]

    def filter_row(self) -> None:
        """The global filters, where this page has any."""
        if self.entry.filtered:
            filter_row.row(self.entry.url, self.entry.off)


def navigation() -> Page:
    """The bar on top. Called on every run, whatever the page will show."""
    pages = links.pages()
    misread = PagesManager.uses_pages_directory
    groups = {group: [pages[entry.title] for entry in entries] for group, entries in GROUPS.items()}
    found = st.navigation(groups, position="top")
    if misread:
        st.html(_CLOSE, unsafe_allow_javascript=True)
    if st.session_state.pop(_TO_DATA, False):
        st.switch_page(DATA.file, query_params={homes.PARAM: "own"})
    return Page(listed()[found.title], found.run)


def logo() -> None:
    """Our word, in the ink of the theme."""
    st.logo("static/wordmark-dark.svg" if style.tokens().name == "dark" else "static/wordmark.svg", size="medium")


def banner() -> None:
    """Says on every page that the demo market is fictional."""
    if homes.which() != "demo":
        return
    with parts.banner():
        parts.band("**Demo market.** Every practice, person and referral here is fictional.")
        st.button("Start with your own files", key="own-files", on_click=switch, args=("own",))


def switch(to: homes.Which) -> None:
    """The session goes to the other home: filters of one say nothing in the other."""
    filters.forget()
    homes.choose(to)
    st.session_state[_TO_DATA] = to == "own"
