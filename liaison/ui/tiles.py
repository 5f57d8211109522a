"""Tiles: a figure in a native metric, so that tests and readers find it, and below it a line from zero."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

import streamlit as st

from liaison.charts.month_line import spark
from liaison.charts.tokens import Tokens
from liaison.metrics.findings.moves import Move
from liaison.ui import filters
from liaison.ui.markup import html
from liaison.ui.style import phone, tokens
from liaison.ui.trends import Span

Role = Literal["us", "out", "unknown"]
_spark = lru_cache(maxsize=400)(spark)  # pages draw the same lines run after run
_COLOUR: dict[str, Literal["blue", "orange", "gray"]] = {"us": "blue", "out": "orange", "unknown": "gray"}


@dataclass(frozen=True)
class Tile:
    """`role` colours change and line by what the figure means, never by better or worse.

    `change` is in words ("3.1 points"), `way` says whether it went up or down, `beside` since when.
    `series`: one value a month, None for a gap; `opens`: the page that explains the figure; `papers`: what the figure
    was made of, one click away; `short`: the label where a phone would cut it.
    """

    label: str
    value: str
    role: Role = "us"
    change: str = ""
    way: Literal["up", "down", "off"] = "off"
    beside: str = ""
    series: Sequence[float | None] = ()
    last_open: bool = False
    help: str = ""
    opens: str = ""
    opens_as: str = ""
    papers: str = ""
    short: str = ""


def moved(tile: Tile, move: Move | None, span: Span, series: Sequence[float | None]) -> Tile:
    """The tile with its change against the window before, and its line by month."""
    return replace(
        tile,
        change=move.words if move else "",
        way=move.way if move else "off",
        beside=span.since if move and move.way != "off" else "",
        series=series,
        last_open=span.open_end(filters.known()),
    )


def tiles(row: Sequence[Tile]) -> None:
    """At most four tiles in a row, two by two on a phone."""
    if len(row) > 4:
        raise ValueError("A row holds at most four tiles.")
    t, small = tokens(), phone()
    with st.grid(columns=2 if small else len(row), min_column_width=140, gap="small"):
        for tile in row:
            with st.container(border=True, gap="small", height="stretch"):
                _tile(tile, t, small)


def _tile(tile: Tile, t: Tokens, small: bool) -> None:
    st.metric(
        tile.short if small and tile.short else tile.label,
        tile.value,
        tile.change or None,
        delta_color=_COLOUR[tile.role],
        delta_arrow=tile.way,
        delta_description=None if small else tile.beside or None,  # a phone would cut it after four letters
        help=tile.papers or tile.help or None,
    )
    line = _spark(tuple(tile.series), tile.role, t, last_open=tile.last_open)
    if line:
        html(f'<img class="lz-spark" alt="" src="{line}">')
    if tile.opens:
        st.page_link(tile.opens, label=tile.opens_as, icon=":material/arrow_forward:", query_params=filters.params())
