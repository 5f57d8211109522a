"""The one cached door to a figure. Its key: function, filters, scope, audience and the data's random id."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from typing import Any, TypeVar

import streamlit as st

from liaison.access import Viewer
from liaison.fieldwork.one_practice import stamp
from liaison.metrics.filters import Filters
from liaison.store import reading
from liaison.ui import homes, sign_in
from liaison.vocabulary import Audience

T = TypeVar("T")
MOST = 400  # answers kept; the largest, a row a practice, takes about 200 KB


class Kept:
    """The newest answers. They are shared by sessions and never changed, so they are handed out as they are."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._answers: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.Lock()
        self._making: dict[Hashable, threading.Lock] = {}

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The kept answer, else a new one; two who ask for the same at once cause it to be counted once."""
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                return self._answers[key]
            making = self._making.setdefault(key, threading.Lock())
        with making:
            with self._lock:
                if key in self._answers:
                    return self._answers[key]
            try:
                answer = make()
            finally:
                with self._lock:
                    self._making.pop(key, None)
            with self._lock:
                self._answers[key] = answer
                while len(self._answers) > self._most:
                    self._answers.popitem(last=False)
            return answer


@st.cache_resource(show_spinner=False)
def kept() -> Kept:
    """What this process keeps: answers, pictures drawn from them, tables made ready."""
    return Kept()


def viewer() -> Viewer:
    """Who looks and writes: whom the proxy signed in, else the one user of an instance on loopback."""
    return sign_in.viewer()


def myself(people: Mapping[str, str]) -> str:
    """Whose list opens by itself, of some people (id -> name): one's own, else the first one's."""
    me = viewer().person_id if homes.which() == "own" else None
    return me if me is not None and me in people else next(iter(people))


def audience() -> Audience:
    """Pages are for the team, unless the instance is set up for a role that is held to `outside`."""
    return Audience(homes.home().settings.audience)


def version(filters: Filters, *more: Hashable) -> Hashable:
    """Everything that decides what is counted: the key of an answer, and of a picture drawn from it."""
    live = homes.live()
    return (str(live.home.path), live.data_id, viewer().scope, audience(), filters, *more)


def ask_records(function: Callable[..., T], *about: Hashable) -> tuple[T, Hashable]:
    """`function(connection, *about)` over what people write, read anew only when somebody has written since; and what
    tells this state from the next, for the key of whatever is made from the answer.
    """
    home = homes.home()
    with reading(home.store) as connection:
        written = (str(home.path), viewer().scope, stamp(connection))
        name = f"{function.__module__}.{function.__qualname__}"
        return kept().get((written, name, about), lambda: function(connection, *about)), written


def ask(function: Callable[..., T], filters: Filters, **options: Hashable) -> T:
    """`function(live, viewer, audience, filters, **options)`, counted once for a version of the data.

    The answer is shared: do not change it. What people write (visits, records) is not asked for here, since the
    data's id changes with imports only.
    """
    live, asks, reader = homes.live(), viewer(), audience()
    name = f"{function.__module__}.{function.__qualname__}"
    key = version(filters, name, tuple(sorted(options.items())))
    return kept().get(key, lambda: function(live, asks, reader, filters, **options))
