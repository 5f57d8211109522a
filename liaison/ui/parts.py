"""The parts that every page is made of: its head, the words over a picture, its footer."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape

import pandas as pd
import streamlit as st

from liaison.charts.words import percent, whole
from liaison.ui.markup import html


def head(name: str, sentence: str) -> None:
    """What the page is called, small, and what it says, large. Native headings carry too much air."""
    html(f'<div class="lz-head"><h1>{escape(name)}</h1><h2>{escape(sentence)}</h2></div>')


def picture(finding: str, drawn: str = "") -> None:
    """The finding over a picture, and what is drawn: unit, window, order."""
    below = f"<p>{escape(drawn)}</p>" if drawn else ""
    html(f'<div class="lz-pic"><h3>{escape(finding)}</h3>{below}</div>')


def note(text: str) -> None:
    """A quiet line."""
    html(f'<p class="lz-note">{escape(text)}</p>', width="stretch")


def say(*sentences: str) -> None:
    """Sentences of a finding, a line each; **this** is strong."""
    html("".join(f'<p class="lz-say">{strong(sentence)}</p>' for sentence in sentences))


def strong(text: str) -> str:
    """Escaped text in which **this** is strong; an unpaired ** stays as it is written."""
    parts = escape(text).split("**")
    if len(parts) % 2 == 0:
        return escape(text)
    return "".join(f"<strong>{part}</strong>" if i % 2 else part for i, part in enumerate(parts))


@contextmanager
def banner() -> Iterator[None]:
    """A raised band at the top of every page, for what is true of the whole instance."""
    with st.container(horizontal=True, vertical_alignment="center", key="banner", gap="small"):
        yield


def band(text: str) -> None:
    """The words of a banner."""
    html(f'<div class="lz-band" role="status">{strong(text)}</div>', width="stretch")


@contextmanager
def footer(source: str, definition: str, key: str) -> Iterator[None]:
    """Source, vintage and coverage in one line, the definition (Markdown of ours) one click away, then actions."""
    with st.container(horizontal=True, vertical_alignment="center", key=f"foot-{key}"):
        note(source)
        with st.popover("Definition", type="tertiary", icon=":material/info:"):
            st.markdown(definition)
        yield


@dataclass(frozen=True)
class Loss:
    """One line of the phone's list: who, what, how many, and how long its bar is (0 to 1), whose it is."""

    who: str
    what: str
    count: str
    share: float
    role: str = "out"


def losses(rows: Iterable[Loss]) -> None:
    """The heat map for a phone: a list with bars from zero, largest first."""
    html("".join(_loss(row) for row in rows))


def worst_cells(worst: pd.DataFrame) -> None:
    """A heat map's cells that lose most, as a phone lists them. Columns: row, line, numerator, denominator, value."""
    top = float(worst["numerator"].iloc[0])
    losses(
        Loss(
            str(cell["row"]),
            f"{cell['line']}, {percent(cell['value'])} of {whole(cell['denominator'])}",
            whole(cell["numerator"]),
            cell["numerator"] / top,
        )
        for cell in worst.to_dict("records")
    )


def _loss(row: Loss) -> str:
    width = max(0.0, min(row.share, 1.0))
    count = f'<span class="v {escape(row.role)}">{escape(row.count)}</span>'
    return (
        f'<div class="lz-lose"><span><strong>{escape(row.who)}</strong><br>'
        f'<span class="q">{escape(row.what)}</span></span>'
        f'{count}<span class="bar"><i style="width:{width:.0%}"></i></span></div>'
    )


@dataclass(frozen=True)
class Step:
    """One line of a set-up list: whether it is in, its name, what it holds or would open, when it came."""

    done: bool
    name: str
    what: str
    beside: str = ""


def steps(rows: Sequence[Step]) -> None:
    """A list of what is in (ticked) and what is missing."""
    html('<div class="lz-list" role="list">' + "".join(_step(row) for row in rows) + "</div>")


def _step(row: Step) -> str:
    mark, word = ("\u2713", "in") if row.done else ("\u25cb", "missing")
    return (
        f'<div role="listitem"><span class="{"in" if row.done else "q"}" role="img" aria-label="{word}">{mark}</span>'
        f'<span><strong>{escape(row.name)}</strong><br><span class="q">{escape(row.what)}</span></span>'
        f'<span class="q">{escape(row.beside)}</span></div>'
    )
