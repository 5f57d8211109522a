"""Maps on the page: a deck made once for what it shows, and a legend that keeps true to it at every zoom."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from liaison.charts.deck import CompactDeck
from liaison.ui.markup import html


def show(deck: CompactDeck, *, key: str, alt: str, height: int, on_pick: Callable[[], None]) -> None:
    """The deck with one selection. `on_pick` is called before the run that a click brings, and reads it from the
    session's state under `key`; the page then draws the map under another key, or Streamlit fades all but its own pick.
    `alt` says what the map shows and where its numbers stand as text. Browsers print a map as an empty box: on paper it
    is left away.
    """
    with st.container(key="on-screen"):
        st.pydeck_chart(deck, key=key, alt=alt, height=height, on_select=on_pick, selection_mode="single-object")


@dataclass(frozen=True)
class Legend:
    """`dots`: (radius in px, words); `ramp`: colours from `low` to `high`; `more`: (fill, line, words)."""

    dots: Sequence[tuple[float, str]]
    ramp: Sequence[str]
    low: str
    high: str
    more: Sequence[tuple[str, str, str]] = ()


def legend(shown: Legend) -> None:
    """What sizes and colours stand for."""
    circles = "".join(
        f'<i style="width:{2 * radius:.0f}px;height:{2 * radius:.0f}px"></i><span>{escape(words)}</span>'
        for radius, words in shown.dots
    )
    steps = "".join(f'<b style="background:{colour}"></b>' for colour in shown.ramp)
    odd = "".join(
        f'<span class="odd"><i style="background:{fill};border-color:{line}"></i>{escape(words)}</span>'
        for fill, line, words in shown.more
    )
    html(
        '<div class="lz-legend">'
        + (f"<div>{circles}</div>" if circles else "")
        + f'<div><span>{escape(shown.low)}</span><span class="ramp">{steps}</span>'
        + f"<span>{escape(shown.high)}</span></div>"
        + (f"<div>{odd}</div>" if odd else "")
        + "</div>"
    )
