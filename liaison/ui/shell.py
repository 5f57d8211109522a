"""What stands around every page: navigation, the banner of the demo market, the home that is being made."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

from liaison.ui import filters, homes, parts, style

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
ALL_FILTERS = ("window", "territory", "service_line", "practice_type")


@dataclass(frozen=True)
class Entry:
    """A page of the app: its file, its names, and which global filters it can honour (none: it shows no filters)."""

    file: str
    title: str
    url: str
    icon: str
    honours: tuple[str, ...] = ALL_FILTERS
    why_off: Mapping[str, str] = field(default_factory=dict)


OVERVIEW = Entry("pages/see/overview.py", "Overview", "overview", ":material/space_dashboard:")
LEAKAGE = Entry("pages/see/leakage.py", "Leakage", "leakage", ":material/call_split:")
DATA = Entry("pages/operate/data.py", "Data", "data", ":material/database:", honours=())
# Grouped by what people want: a group stands here as soon as it has a page.
GROUPS: dict[str, tuple[Entry, ...]] = {"See": (OVERVIEW, LEAKAGE), "Data & admin": (DATA,)}


@dataclass(frozen=True)
class Page:
    """The page that the address names, ready to run."""

    entry: Entry
    run: Callable[[], None]

    def filter_row(self) -> None:
        """The global filters, where this page has any."""
        if self.entry.honours:
            filters.row(self.entry.url, self.entry.honours, self.entry.why_off)


def navigation() -> Page:
    """The bar on top. Called on every run, whatever the page will show."""
    entries = {entry.title: entry for group in GROUPS.values() for entry in group}
    pages = {
        group: [st.Page(e.file, title=e.title, icon=e.icon, url_path=e.url, default=e is OVERVIEW) for e in listed]
        for group, listed in GROUPS.items()
    }
    misread = PagesManager.uses_pages_directory
    found = st.navigation(pages, position="top")
    if misread:
        st.html(_CLOSE, unsafe_allow_javascript=True)
    if st.session_state.pop(_TO_DATA, False):
        st.switch_page(DATA.file, query_params={homes.PARAM: "own"})
    return Page(entries[found.title], found.run)


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
