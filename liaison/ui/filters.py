"""The global filters: ids in the URL, labels on screen. The URL is the truth; fields follow it and write to it.

Streamlit's own binding writes labels, and its navigation empties the query, so both are done here by hand.
"""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from liaison.metrics.choices import Choices, choices
from liaison.metrics.filters import Filters
from liaison.ui import windows
from liaison.ui.ask import ask
from liaison.ui.parts import note
from liaison.ui.style import phone
from liaison.vocabulary import NONE, month_words

PARAM = {"window": "window", "territory": "territory", "service_line": "line", "practice_type": "type"}
TITLE = {"window": "Months", "territory": "Territory", "service_line": "Service line", "practice_type": "Practice type"}
EVERY = {
    "territory": "All territories",
    "service_line": "All service lines",
    "practice_type": "All practice types",
}
WIDTH = 185
_HELD, _CARRIED, _PAGE, _DROPPED, _ASKED = "lz-filters", "lz-carried", "lz-page", "lz-dropped", "lz-asked"


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
    st.session_state[_HELD], st.session_state[_CARRIED] = {}, {}
    for param in PARAM.values():
        st.query_params.pop(param, None)


def row(page: str, honoured: tuple[str, ...], why_off: Mapping[str, str]) -> None:
    """The row of filters over a page; a filter that the page cannot honour is off, with the reason.

    `page` is the page's place in the URL; `why_off` gives the reason for each filter that is not in `honoured`.
    """
    there = known()
    values = _values(page, there)
    st.session_state[_ASKED] = _question({n: v for n, v in values.items() if n in honoured}, there)
    active = sum(1 for name in values if name in honoured)
    if phone():
        label = f"Filters \u00b7 {active}" if active else "Filters"
        with st.container(key="filters"), st.popover(label, icon=":material/tune:"):
            _fields(page, values, there, honoured, "stretch")
            st.button("Clear", type="tertiary", disabled=not values, on_click=_clear, args=(page,))
    else:
        with st.container(horizontal=True, key="filters", vertical_alignment="center", gap="small"):
            _fields(page, values, there, honoured, WIDTH)
            st.button("Clear", type="tertiary", disabled=not values, on_click=_clear, args=(page,))
    for name, reason in why_off.items():
        if name in values:
            note(f"{TITLE[name]} is off on this page: {reason}")
    _tell_dropped()


def _values(page: str, there: Choices) -> dict[str, str]:
    """The filters as the URL has them; carried over from the page before where the URL has none."""
    state, query = st.session_state, st.query_params
    given = {name: query[param] for name, param in PARAM.items() if param in query}
    held, carried = state.setdefault(_HELD, {}), state.setdefault(_CARRIED, {})
    arrived = state.get(_PAGE) != page
    if arrived:
        state[_PAGE] = page
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
    _write(good)
    return good


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


def _question(values: Mapping[str, str], there: Choices) -> Filters:
    months = windows.asked(values.get("window", windows.DEFAULT), there)
    return Filters(months.first, months.last, **{n: v for n, v in values.items() if n != "window"})


def _fields(page: str, values: Mapping[str, str], there: Choices, honoured: tuple[str, ...], width: int | Any) -> None:
    _window(page, values.get("window", windows.DEFAULT), there, "window" not in honoured, width)
    for name, every in EVERY.items():
        labels = {"": every} | there.values.get(name, {})
        if NONE in labels or values.get(name) == NONE:
            labels[NONE] = f"No {TITLE[name].lower()}"
        _show(f"filter-{name}", values.get(name, ""))
        st.selectbox(
            TITLE[name],
            list(labels),
            format_func=labels.__getitem__,
            key=f"filter-{name}",
            label_visibility="collapsed",
            disabled=name not in honoured,
            on_change=_set,
            args=(page, name),
            width=width,
        )


def _window(page: str, value: str, there: Choices, off: bool, width: int | Any) -> None:
    by_name = value in windows.NAMED
    labels = windows.NAMED | ({} if by_name else {value: windows.label(value)}) | {windows.OTHER: "Other months \u2026"}
    _show("filter-window", value)
    st.selectbox(
        TITLE["window"],
        list(labels),
        format_func=labels.__getitem__,
        key="filter-window",
        label_visibility="collapsed",
        disabled=off or there.first is None,
        on_change=_set,
        args=(page, "window"),
        width=width,
    )
    if by_name or there.first is None:
        return
    first, last = windows.ends(value, there)
    months = list(range(min(first, there.first), max(last, there.last or 0) + 1))
    for title, key, month in (("From", "filter-first", first), ("To", "filter-last", last)):
        _show(key, month)
        st.selectbox(
            title,
            months[::-1],
            format_func=month_words,
            key=key,
            label_visibility="collapsed",
            disabled=off,
            on_change=_set_months,
            args=(page,),
            width=120 if width == WIDTH else width,
        )


def _show(key: str, value: str | int) -> None:
    """A field shows what the URL says. Setting it to what it shows already could undo a choice made meanwhile."""
    if st.session_state.get(key) != value:
        st.session_state[key] = value


def _set(page: str, name: str) -> None:
    """A field was changed: the URL follows, the run that comes reads it."""
    value = st.session_state[f"filter-{name}"]
    if value == windows.OTHER:
        there = known()
        value = windows.span(*windows.ends(st.session_state[_HELD].get("window", windows.DEFAULT), there))
    held = {n: v for n, v in st.session_state[_HELD].items() if n != name}
    if value not in ("", windows.DEFAULT):
        held[name] = value
    _decide(page, held)


def _set_months(page: str) -> None:
    months = windows.span(st.session_state["filter-first"], st.session_state["filter-last"])
    _decide(page, st.session_state[_HELD] | {"window": months})


def _clear(page: str) -> None:
    _decide(page, {})


def clear() -> None:
    """Takes every filter away, for the button of an empty page."""
    _decide(st.session_state.get(_PAGE, ""), {})


def _decide(page: str, held: dict[str, str]) -> None:
    st.session_state[_HELD] = held
    st.session_state.setdefault(_CARRIED, {}).pop(page, None)
    st.session_state.pop(_DROPPED, None)
    _write(held)


def _tell_dropped() -> None:
    """The link asked for something that is not in these data: said, and left away."""
    if dropped := st.session_state.get(_DROPPED):
        named = " and ".join(TITLE[name].lower() for name in dropped)
        note(f"The link named a {named} that these data do not have. It was left away.")


def in_words() -> str:
    """What is set, for a sentence: 'Neurology, Western counties, last 12 months'."""
    there, held = known(), st.session_state.get(_HELD, {})
    said = [there.values[n].get(v, f"no {TITLE[n].lower()}") for n, v in held.items() if n != "window"]
    return ", ".join([*said, windows.label(held.get("window", windows.DEFAULT)).lower()])
