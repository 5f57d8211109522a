"""The global filters: ids in the URL, labels on screen. The URL is the truth; fields follow it and write to it.

Streamlit's own binding writes labels, and its navigation empties the query, so both are done here by hand.
"""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from liaison.metrics.choices import Choices, choices
from liaison.metrics.filters import Filters
from liaison.metrics.suppression import whole_window
from liaison.ui import windows
from liaison.ui.ask import ask, audience
from liaison.ui.parts import note
from liaison.vocabulary import NONE, Audience

PARAM = {
    "window": "window",
    "territory": "territory",
    "service_line": "line",
    "practice_type": "type",
    "payer": "payer",
    "priority": "priority",
    "source": "source",
}
TITLE = {
    "window": "Months",
    "territory": "Territory",
    "service_line": "Service line",
    "practice_type": "Practice type",
    "payer": "Payer",
    "priority": "Priority",
    "source": "Source",
}
_HELD, _CARRIED, _PAGE, _DROPPED, _ASKED = "lz-filters", "lz-carried", "lz-page", "lz-dropped", "lz-asked"
_TRAIL, _TURN = "lz-trail", "lz-turn"  # pages as they were left; how often the reader has set a filter
FAR = 20  # pages that "back" is known for


def known() -> Choices:
    """What can be chosen in this version of the data."""
    return ask(choices, Filters())


def chosen() -> Filters:
    """The question as the reader has cut it, for the page that is running."""
    found: Filters = st.session_state.get(_ASKED) or Filters()
    return found


def params() -> dict[str, str]:
    """The filters as a link to another page carries them."""
    return {PARAM[name]: value for name, value in st.session_state.get(_HELD, {}).items()}


def forget() -> None:
    """No filter at all, here and on other pages: for another home, or a fresh start."""
    st.session_state[_HELD], st.session_state[_CARRIED], st.session_state[_TRAIL] = {}, {}, []
    for param in PARAM.values():
        st.query_params.pop(param, None)


def values(page: str, there: Choices) -> dict[str, str]:
    """The filters as the URL has them; carried over from the page before where the URL has none."""
    state, query = st.session_state, st.query_params
    given = {name: query[param] for name, param in PARAM.items() if param in query}
    held, carried = state.setdefault(_HELD, {}), state.setdefault(_CARRIED, {})
    arrived = state.get(_PAGE) != page
    if arrived:
        state[_PAGE] = page
        held = _left(page, held)
        carried.pop(page, None)
        state.pop(_DROPPED, None)
    if not given:
        # Streamlit's links come without our query; "back" may lead to that bare address again.
        if arrived and held:
            carried[page] = dict(held)
        given = dict(carried.get(page, {}))
    good = {name: value for name, value in given.items() if _known(name, value, there)}
    if bad := [name for name in given if name not in good]:
        state[_DROPPED] = bad
    state[_HELD] = good
    if trail := state.get(_TRAIL):
        trail[-1] = (page, good, state.get(_TURN, 0))
    _write(good)
    return good


def _left(page: str, held: dict[str, str]) -> dict[str, str]:
    """What a page without filters in its URL is opened with: those of the page before.

    Who goes back finds the page as it was: what only a link had brought stays behind, what was set since comes along.
    """
    trail = st.session_state.setdefault(_TRAIL, [])
    if len(trail) > 1 and trail[-2][0] == page:
        trail.pop()
        _, then, turn = trail[-1]
        return held if turn != st.session_state.get(_TURN, 0) else dict(then)
    trail.append((page, {}, st.session_state.get(_TURN, 0)))
    del trail[:-FAR]
    return held


def _known(name: str, value: str, there: Choices) -> bool:
    if name == "window":
        return windows.read(value)
    return value == NONE or value in there.values.get(name, {})


def _write(values: Mapping[str, str]) -> None:
    """The URL says what is set, and nothing else of ours; one step of its history, and none where nothing changed."""
    now = st.query_params.to_dict()
    wanted = {p: v for p, v in now.items() if p not in PARAM.values()} | {PARAM[n]: v for n, v in values.items()}
    if wanted != now:
        st.query_params.from_dict(wanted)


def ask_for(held: Mapping[str, str], there: Choices) -> None:
    """What the page that is running is asked, from the filters that it honours."""
    months = windows.asked(held.get("window", windows.DEFAULT), there)
    asked = Filters(months.first, months.last, **{n: v for n, v in held.items() if n != "window"})
    if audience() is not Audience.inside and not whole_window(asked):
        asked = replace(asked, first=None, last=None)  # other months could be laid over each other
    st.session_state[_ASKED] = asked


def choose(page: str, name: str) -> None:
    """A field was changed: the URL follows, the run that comes reads it."""
    value = st.session_state[f"filter-{name}"]
    if value == windows.OTHER:
        there = known()
        value = windows.span(*windows.ends(st.session_state[_HELD].get("window", windows.DEFAULT), there))
    held = {n: v for n, v in st.session_state[_HELD].items() if n != name}
    if value not in ("", windows.DEFAULT):
        held[name] = value
    _decide(page, held)


def choose_months(page: str) -> None:
    """A field of one's own months was changed."""
    months = windows.span(st.session_state["filter-first"], st.session_state["filter-last"])
    _decide(page, st.session_state[_HELD] | {"window": months})


def clear_all(page: str) -> None:
    """The button beside the filters."""
    _decide(page, {})


def clear() -> None:
    """Takes every filter away, for the button of an empty page."""
    _decide(st.session_state.get(_PAGE, ""), {})


def _decide(page: str, held: dict[str, str]) -> None:
    st.session_state[_HELD] = held
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
    st.session_state.setdefault(_CARRIED, {}).pop(page, None)
    st.session_state.pop(_DROPPED, None)
    _write(held)


def tell_dropped() -> None:
    """The link asked for something that is not in these data: said, and left away."""
    if dropped := st.session_state.get(_DROPPED):
        named = " and ".join(TITLE[name].lower() for name in dropped)
        note(f"The link named a {named} that these data do not have. It was left away.")


def in_words() -> str:
    """What is set, for a sentence: 'Neurology, Western counties, last 12 months'."""
    there, held = known(), st.session_state.get(_HELD, {})
    said = [there.values[n].get(v, f"no {TITLE[n].lower()}") for n, v in held.items() if n != "window"]
    return ", ".join([*said, windows.in_words(held.get("window", windows.DEFAULT))])
