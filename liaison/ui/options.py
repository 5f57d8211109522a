"""A choice among a few that lives in the URL: buttons in a row, on a phone a field."""

from collections.abc import Mapping
from typing import Any, TypeVar

import streamlit as st

from liaison.ui.style import phone

K = TypeVar("K", bound=str)


def now(param: str, options: Mapping[str, str], default: str) -> str:
    """What the URL says; an unknown value is taken out of it."""
    given = st.query_params.get(param, default)
    if given not in options:
        st.query_params.pop(param, None)
        return default
    return given


def buttons(param: str, title: str, options: Mapping[str, str], default: str) -> str:
    """The choice, as buttons where there is room."""
    chosen = now(param, options, default)
    key = f"option-{param}"
    if st.session_state.get(key) != chosen:
        st.session_state[key] = chosen
    common: dict[str, Any] = {
        "key": key,
        "label_visibility": "collapsed",
        "on_change": _write,
        "args": (param, default),
    }
    if phone():
        st.selectbox(title, list(options), format_func=options.__getitem__, **common)
    else:
        words = marked(options, chosen)
        st.segmented_control(title, list(options), format_func=words.__getitem__, **common)
    return chosen


def marked(options: Mapping[K, str], chosen: str | None) -> dict[K, str]:
    """The words of buttons. The button colour, which marks what is chosen, is too dark for words in the dark theme."""
    return {name: f":blue[{label}]" if name == chosen else label for name, label in options.items()}


def field(param: str, title: str, options: Mapping[str, str], default: str, **more: Any) -> str:
    """The choice, as a field of its own."""
    chosen = now(param, options, default)
    key = f"option-{param}"
    if st.session_state.get(key) != chosen:
        st.session_state[key] = chosen
    st.selectbox(
        title,
        list(options),
        format_func=options.__getitem__,
        key=key,
        on_change=_write,
        args=(param, default),
        **more,
    )
    return chosen


def _write(param: str, default: str) -> None:
    """The URL follows; pressing what is chosen already leaves it chosen."""
    value = st.session_state[f"option-{param}"]
    if value is None:
        return
    if value == default:
        st.query_params.pop(param, None)
    else:
        st.query_params[param] = value
