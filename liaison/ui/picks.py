"""A selection that lives in the URL: a deep link restores it, "back" undoes it, the picture follows."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

Pick = dict[str, str]


@dataclass(frozen=True)
class Selection:
    """`now` is picked; a widget drawn under `key` begins with it and reports what comes after."""

    name: str
    now: Pick
    begun_with: Pick
    key: str


def selection(name: str, default: Pick, valid: Callable[[Pick], bool], version: Hashable) -> Selection:
    """The pick as the URL says, else `default`.

    `default` also names the URL's parameters. A widget that draws its own pick is begun anew (another key) where the
    rows are of another `version`, or the URL was changed by something else than the widget: a link, "back", a twin.
    """
    given = {param: st.query_params[param] for param in default if param in st.query_params}
    now = given if set(given) == set(default) and valid(given) else default
    if given and now is not given:
        forget(default)
    held = st.session_state.setdefault(f"pick-{name}", {"turn": 0})
    if held.get("version") != version or held.get("now") != now:
        held |= {"turn": held["turn"] + 1, "version": version, "now": now, "begun": now}
    return Selection(name, now, held["begun"], f"{name}-{held['turn']}")


def follow(chosen: Selection, reported: Mapping[str, Any] | None) -> Pick:
    """What the widget reports becomes the selection and goes into the URL; nothing reported leaves it as it was."""
    if not reported:
        return chosen.now
    found = {param: str(value) for param, value in reported.items() if param in chosen.now}
    if set(found) != set(chosen.now) or found == chosen.now:
        return chosen.now
    st.session_state[f"pick-{chosen.name}"]["now"] = found
    write(found)
    return found


def write(pick: Pick) -> None:
    """Says it in the URL, in one step of its history."""
    st.query_params.update(pick)


def forget(params: Mapping[str, str]) -> None:
    """Takes the parameters out of the URL."""
    for param in params:
        st.query_params.pop(param, None)
