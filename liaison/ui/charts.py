"""Charts on the page: the specification and its rows are drawn once for a data version and then handed on."""

from collections.abc import Callable, Hashable
from typing import Any

import pandas as pd
import streamlit as st

from liaison.charts.theme import Picture, without_checks
from liaison.charts.tokens import Tokens
from liaison.ui.ask import kept
from liaison.ui.style import tokens

Pick = dict[str, Any]


def show(
    chart: Callable[..., Picture],
    *frames: pd.DataFrame,
    version: Hashable,
    key: str,
    alt: str,
    pick: str = "",
    default: Pick | None = None,
    **options: Hashable,
) -> Pick | None:
    """Draws `chart(*frames, tokens, **options)`; what the reader picked in it, or `default`.

    `version` must hold everything that decides the frames: filters, scope, audience, data version. `alt` says what
    the picture shows and where its numbers stand as text. `pick` names the chart's selection.
    """
    t = tokens()
    name = (f"{chart.__module__}.{chart.__qualname__}", t.name, version, tuple(sorted(options.items())))
    spec, rows = kept().get(name, lambda: _draw(chart, frames, t, options))
    spec = {**spec, "datasets": {"rows": rows}}  # Streamlit takes the rows out of the specification it is given
    if not pick:
        st.vega_lite_chart(spec=spec, theme=None, width="stretch", key=key, alt=alt)
        return default
    event = st.vega_lite_chart(spec=spec, theme=None, width="stretch", key=key, alt=alt, on_select="rerun")
    return picked(event, pick) or default


def brush(
    chart: Callable[..., Picture],
    frame: pd.DataFrame,
    *,
    version: Hashable,
    key: str,
    alt: str,
    on_brush: Callable[[], None],
    **options: Hashable,
) -> None:
    """Draws a chart with a rectangle to drag, `on_brush` is called before the run that a new
    rectangle brings, and reads it from the session's state under `key` with `brushed`.
    """
    t = tokens()
    kept_as = (f"{chart.__module__}.{chart.__qualname__}", t.name, version, tuple(sorted(options.items())))
    spec, rows = kept().get(kept_as, lambda: _draw(chart, (frame,), t, options))
    spec = {**spec, "datasets": {"rows": rows}}
    st.vega_lite_chart(spec=spec, theme=None, width="stretch", key=key, alt=alt, on_select=on_brush)


def brushed(event: Any, name: str) -> dict[str, tuple[float, float]] | None:
    """Field -> (low, high) of a rectangle; None where there is none."""
    try:
        found = event["selection"][name]
    except (KeyError, TypeError):
        return None
    if not isinstance(found, dict) or not found:
        return None
    ends = {field: sorted(float(v) for v in values) for field, values in found.items() if len(values) == 2}
    return {field: (low, high) for field, (low, high) in ends.items()} or None


def _draw(
    chart: Callable[..., Picture], frames: tuple[pd.DataFrame, ...], t: Tokens, options: dict[str, Hashable]
) -> tuple[dict[str, Any], bytes]:
    with without_checks():
        picture = chart(*frames, t, **options)
        return picture.spec(), picture.arrow()


def picked(event: Any, name: str) -> Pick | None:
    """The values of one point picked in the selection `name`; None when nothing, or nothing usable, is picked."""
    try:
        found = event["selection"][name]
    except (KeyError, TypeError):
        return None
    if isinstance(found, dict):  # {"key": ["a"]} instead of [{"key": "a"}]
        found = [{field: values[0] for field, values in found.items() if isinstance(values, list) and values}]
    first = found[0] if isinstance(found, list) and found else None
    return first if isinstance(first, dict) and first else None
