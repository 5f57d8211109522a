"""A choice among a few that lives in the URL: buttons in a row, on a phone a field."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

import streamlit as st

from liaison.ui.parts import note
from liaison.ui.style import phone

K = TypeVar("K", bound=str)
_LEFT_AWAY, _TOLD = "lz-left-away", "lz-left-away-told"  # to be told by the run that comes; told by this one
# Parameters that name somebody or something; a view or an order that is not there needs no word.
THINGS = {
    "liaison": "a person",
    "owner": "an owner",
    "hand-over": "a person",
    "practice": "a practice",
    "visit": "a visit",
    "event": "an event",
    "campaign": "a campaign",
}


def now(param: str, options: Mapping[K, str], default: K) -> K:
    """What the URL says; an unknown value is taken out of it."""
    return default if (found := perhaps(param, options)) is None else found


def perhaps(param: str, options: Iterable[K]) -> K | None:
    """What the URL says, where it says one of them; an unknown value is taken out of it."""
    found = next((name for name in options if name == st.query_params.get(param)), None)
    if found is None:
        leave_away(param)
    return found


def leave_away(param: str) -> None:
    """What the URL says names nothing here: it is taken out, and where it was somebody or something, that is told."""
    if param not in st.query_params:
        return
    st.query_params.pop(param)
    if (thing := THINGS.get(param)) is not None:
        said = f"The link named {thing} that is not on record here. It was left away."
        st.session_state[_LEFT_AWAY] = [*st.session_state.get(_TOLD, []), said]
        st.rerun()  # the sentence stands over the page, which may be half drawn


def tell_left_away() -> None:
    """What the link named and is not here, once."""
    st.session_state[_TOLD] = told = list(dict.fromkeys(st.session_state.pop(_LEFT_AWAY, [])))
    for said in told:
        note(said)


def mirror(key: str, value: object) -> None:
    """Sets the widget that will be drawn under `key` to what the URL says."""
    if st.session_state.get(key) != value:
        st.session_state[key] = value


def buttons(param: str, title: str, options: Mapping[K, str], default: K, drops: Sequence[str] = ()) -> K:
    """The choice, as buttons where there is room; another choice takes the parameters `drops` out of the URL."""
    if phone():
        return field(param, title, options, default, drops, label_visibility="collapsed")
    chosen = now(param, options, default)
    mirror(f"option-{param}", chosen)
    st.segmented_control(
        title,
        list(options),
        format_func=marked(options, chosen).__getitem__,
        key=f"option-{param}",
        label_visibility="collapsed",
        required=True,
        on_change=_write,
        args=(param, default, drops),
    )
    return chosen


def field(param: str, title: str, options: Mapping[K, str], default: K, drops: Sequence[str] = (), **more: Any) -> K:
    """The choice, as a field of its own."""
    chosen = now(param, options, default)
    mirror(f"option-{param}", chosen)
    st.selectbox(
        title,
        list(options),
        format_func=options.__getitem__,
        key=f"option-{param}",
        on_change=_write,
        args=(param, default, drops),
        **more,
    )
    return chosen


def pills(param: str, title: str, options: Mapping[K, str]) -> K | None:
    """One of them or none."""
    chosen = perhaps(param, options)
    mirror(f"option-{param}", chosen)
    st.pills(
        title,
        list(options),
        format_func=marked(options, chosen).__getitem__,
        key=f"option-{param}",
        label_visibility="collapsed",
        on_change=_write,
        args=(param, None),
        width="stretch" if phone() else "content",  # beside others they would go out of sight to the right
    )
    return chosen


def marked(options: Mapping[K, str], chosen: str | None) -> dict[K, str]:
    """The words of buttons. The button colour, which marks what is chosen, is too dark for words in the dark theme."""
    return {name: f":blue[{label}]" if name == chosen else label for name, label in options.items()}


def _write(param: str, default: str | None, drops: Sequence[str] = ()) -> None:
    """The URL follows."""
    for other in drops:
        st.query_params.pop(other, None)
    value = st.session_state[f"option-{param}"]
    if value == default:
        st.query_params.pop(param, None)
    else:
        st.query_params[param] = value
