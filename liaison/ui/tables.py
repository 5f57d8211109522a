"""Tables: only the named columns reach the browser, rows are 34 px, and what is hidden says so."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd
import pyarrow as pa
import streamlit as st

from liaison.charts.words import HIDDEN, flagged, percent, whole
from liaison.reports.export import as_csv, as_xlsx
from liaison.ui.ask import kept

ROW = 34
Colour = Literal["orange", "blue", "gray"]


@dataclass(frozen=True)
class Col:
    """How one column is shown. `kind`: text, count, share (0 to 1), line (a list of numbers), date, days."""

    label: str
    width: int
    kind: Literal["text", "count", "share", "line", "date", "days"] = "text"
    colour: Colour = "blue"
    top: float | None = None  # the value of a full bar or of a line's upper edge
    help: str | None = None


def height(rows: int, most: int = 10) -> int:
    """The px of a table with a header and `rows` lines, at most `most`; one line stays for an empty table."""
    return ROW * (min(max(rows, 1), most) + 1) + 4


def table(
    frame: pd.DataFrame | Callable[[], pd.DataFrame],
    columns: Mapping[str, Col],
    *,
    key: str,
    alt: str,
    most: int = 10,
    pick: bool = False,
    first: int | Sequence[int] | None = None,
    version: Hashable = None,
    on_pick: Callable[[], None] | None = None,
    several: bool = False,
) -> int | None:
    """Shows the named columns; the place of the picked row, or None.

    Rows with `suppressed` show "< 11" in their counts and shares. `first` is picked from the start. With a `version`
    (everything that decides the frame, as for charts) the rows are made ready for the browser once, and a function that
    makes the frame is called once. `on_pick` is called
    when a pick changes, before the run that comes of it (`picked_rows` then reads it); `several` rows may be picked.
    """
    if version is None:
        shown, numeric = _ready(frame, columns)
    else:
        shown, numeric = kept().get(("table", key, version, *columns.items()), lambda: _ready(frame, columns))
    configured = {name: _config(col, name in numeric) for name, col in columns.items()}
    common: dict[str, Any] = {
        "hide_index": True,
        "height": height(shown.num_rows, most),
        "row_height": ROW,
        "column_config": configured,
        "placeholder": "",  # a blank is blank, not the word None
        "key": key,
        "alt": alt,
    }
    if not pick:
        st.dataframe(shown, **common)
        return None
    rows = [] if first is None else [first] if isinstance(first, int) else list(first)
    start: Any = {"selection": {"rows": rows, "columns": []}}
    event = st.dataframe(
        shown,
        on_select=on_pick or "rerun",
        selection_mode="multi-row" if several else "single-row",
        selection_default=start,
        **common,
    )
    return picked_row(event, shown.num_rows)


def _ready(
    frame: pd.DataFrame | Callable[[], pd.DataFrame], columns: Mapping[str, Col]
) -> tuple[pa.Table, frozenset[str]]:
    """The rows as Arrow, and which of the columns are numbers."""
    shown = presented(frame() if callable(frame) else frame, columns)
    numeric = frozenset(name for name in columns if pd.api.types.is_numeric_dtype(shown[name]))
    return pa.Table.from_pandas(shown, preserve_index=False), numeric


def picked_row(event: Any, rows: int) -> int | None:
    """The place of the one picked row; None for none, or for a row that a newer, shorter table does not have."""
    found = picked_rows(event, rows)
    return found[0] if found else None


def picked_rows(event: Any, rows: int) -> list[int]:
    """The places of the picked rows, less those that a newer, shorter table does not have."""
    try:
        found = event["selection"]["rows"]
    except (KeyError, TypeError):
        return []
    return [int(place) for place in found if 0 <= int(place) < rows]


def presented(frame: pd.DataFrame, columns: Mapping[str, Col]) -> pd.DataFrame:
    """The frame as the browser gets it: these columns only, shares as per cent, hidden figures as words."""
    hidden = flagged(frame, "suppressed")
    shown: dict[str, Any] = {}
    for name, col in columns.items():
        values = frame[name]
        if col.kind == "share":
            values = pd.to_numeric(values) * 100
        if col.kind in ("count", "share", "days") and hidden.any():
            # A column is of one type in the browser: with a hidden figure in it, it is words.
            write = whole if col.kind != "share" else lambda points: percent(points / 100)
            words = [HIDDEN if h else "" if pd.isna(v) else write(v) for v, h in zip(values, hidden, strict=True)]
            values = pd.Series(words, index=frame.index, dtype="str")
        shown[name] = values
    return pd.DataFrame(shown, index=frame.index)


def _config(col: Col, numeric: bool) -> Any:
    config = st.column_config
    common: dict[str, Any] = {"label": col.label, "width": col.width, "help": col.help}
    if col.kind in ("count", "share", "days") and not numeric:
        return config.TextColumn(**common, alignment="right")
    if col.kind == "share":
        return config.ProgressColumn(
            **common, format="%.0f%%", min_value=0, max_value=(col.top or 1.0) * 100, color=col.colour
        )
    if col.kind in ("count", "days"):
        return config.NumberColumn(**common, format="localized" if col.kind == "count" else "%d days")
    if col.kind == "line":
        return config.LineChartColumn(**common, y_min=0, y_max=col.top, color=col.colour)
    if col.kind == "date":
        return config.DateColumn(**common, format="D MMM YYYY")
    return config.TextColumn(**common)


def download(
    rows: pd.DataFrame | Callable[[], pd.DataFrame],
    name: str,
    *,
    key: str,
    papers: Sequence[str] = (),
    label: str = "Download",
) -> None:
    """A button that opens CSV and Excel; the file (and `rows`, where they are a function) is made when asked for."""

    def made() -> pd.DataFrame:
        return rows() if callable(rows) else rows

    with st.popover(label, type="tertiary", icon=":material/download:", key=f"{key}-files"):
        st.download_button(
            "CSV",
            lambda: as_csv(made()),
            f"{name}.csv",
            "text/csv",
            key=f"{key}-csv",
            on_click="ignore",
            width="stretch",
        )
        st.download_button(
            "Excel",
            lambda: as_xlsx(made(), papers),
            f"{name}.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            key=f"{key}-xlsx",
            on_click="ignore",
            width="stretch",
        )
