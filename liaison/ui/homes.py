"""The two homes that the app opens: the team's own, and the demo market's."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Literal

import streamlit as st

from liaison.config import Settings
from liaison.facts.home import Home
from liaison.facts.live import Live
from liaison.jobs import queue, worker

Which = Literal["own", "demo"]
PARAM = "home"  # in the URL only where it is not the home that the app would open by itself

_version: ContextVar[tuple[Home, Live, Which] | None] = ContextVar("version", default=None)


@st.cache_resource(show_spinner=False)
def opened(which: Which) -> Home:
    """The home, opened once a process, with a worker beside it."""
    settings = Settings()
    home = Home.open(settings if which == "own" else settings.for_demo())
    worker.ensure(home)
    # What stands by now stays: Python's own collections, 90 ms over all our libraries, then look at newer things only.
    gc.freeze()
    return home


def which() -> Which:
    """The home of this session: as the URL says, else the own one as soon as anything is in it."""
    held = _version.get()
    return held[2] if held else _which()


def _which() -> Which:
    named = st.query_params.get(PARAM) or st.session_state.get("lz-home")
    if named in ("own", "demo"):
        st.session_state["lz-home"] = named
        return "own" if named == "own" else "demo"
    return default()


def default() -> Which:
    return "demo" if empty(opened("own")) else "own"


def choose(name: Which) -> None:
    """From the next run on, this session works in that home."""
    st.session_state["lz-home"] = name
    st.query_params.from_dict({PARAM: name})


def home() -> Home:
    """The home that this session works in."""
    held = _version.get()
    return held[0] if held else opened(which())


def live() -> Live:
    """The data as this run of the page sees it; a fragment that runs by itself sees the newest."""
    held = _version.get()
    return held[1] if held else home().live()


@contextmanager
def one_version() -> Iterator[Live]:
    """Everything asked for inside is answered from one version of the data."""
    name = _which()
    home = opened(name)
    token = _version.set((home, home.live(), name))
    try:
        yield live()
    finally:
        _version.reset(token)


def empty(home: Home) -> bool:
    """Whether nothing has been imported, and nothing is on its way in."""
    return home.live().manifest.batches.empty and all(job.over for job in queue.jobs(home, limit=5))
