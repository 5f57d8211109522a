"""Charts on the page: the specification and its rows are drawn once for a data version and then handed on."""

from collections.abc import Callable, Hashable
from typing import Any

import pandas as pd
import streamlit as st

from liaison.charts import Picture
from liaison.charts.tokens import BY_NAME
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
    spec, rows = _drawn(f"{chart.__module__}.{chart.__qualname__}", tokens().name, version, options, chart, frames)
    spec["datasets"] = {"rows": rows}
    if not pick:
        st.vega_lite_chart(spec=spec, theme=None, width="stretch", key=key, alt=alt)
        return default
    event = st.vega_lite_chart(spec=spec, theme=None, width="stretch", key=key, alt=alt, on_select="rerun")
    return picked(event, pick) or default


@st.cache_data(max_entries=300, show_spinner=False)
def _drawn(
    name: str,
    theme: str,
    version: Hashable,
    options: dict[str, Hashable],
    _chart: Callable[..., Picture],
    _frames: tuple[pd.DataFrame, ...],
) -> tuple[dict[str, Any], bytes]:
    picture = _chart(*_frames, BY_NAME[theme], **options)
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
