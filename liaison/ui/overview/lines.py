"""Small multiples: a box for each service line, its volume and its leakage by month on scales that all share."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10

import streamlit as st

from liaison.charts.month_line import month_line
from liaison.charts.tokens import Tokens
from liaison.charts.words import whole
from liaison.metrics.figure import formatted, percent
from liaison.metrics.findings.leakage import ENOUGH, what_leaks_most
from liaison.ui import entries, filters, links, parts, states
from liaison.ui.ask import kept, version
from liaison.ui.markup import html
from liaison.ui.overview.asked import Card, Overview
from liaison.ui.style import tokens
from liaison.vocabulary import month_words

STEPS = (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)


@dataclass(frozen=True)
class Drawn:
    """The part as it is shown: the finding, what is drawn, a box for each line."""

    finding: str
    drawn: str
    boxes: tuple[str, ...]


def show(found: Overview) -> None:
    """The boxes, the line that loses most referrals first."""
    if not found.cards:
        if found.changes is None:
            states.off("Service lines by month", "Small numbers could be worked out of so many, so they are not shown.")
        return
    t = tokens()
    made = kept().get(("lines", t.name, version(filters.chosen())), lambda: draw(found, t))
    parts.picture(made.finding, made.drawn)
    # The stylesheet lays a line's name over the top of its box: a container for each would cost half as much again.
    with st.container(key="lines", gap=None):
        for card, box in zip(found.cards, made.boxes, strict=True):
            _title(card)
            html(box)


def draw(found: Overview, t: Tokens) -> Drawn:
    """Drawn once for a version of the data."""
    volume, leak = scales(found.cards)
    worst = what_leaks_most(found.leakage)
    last_open = found.span.open_end(filters.known())
    boxes = tuple(box(card, found, t, volume, leak, last_open) for card in found.cards)
    return Drawn((worst or "Service lines, by referrals lost").rstrip("."), drawn(found, volume, leak), boxes)


def _title(card: Card) -> None:
    """The name of the line; it opens the Leakage page for it."""
    if card.line is None:
        links.link(entries.LEAKAGE, card.label)
    else:
        links.link(entries.LEAKAGE, card.label, line=card.line)


def scales(cards: tuple[Card, ...]) -> tuple[float, float]:
    """The upper ends of all boxes: referrals a month, and leakage of months that have enough referrals to show it."""
    referrals = max(m.referrals for card in cards for m in card.months)
    shares = [m.out / m.known for card in cards for m in card.months if m.known >= ENOUGH]
    return round_up(referrals), min(1.0, ceil(max(shares, default=0.1) * 10) / 10)


def round_up(number: float) -> int:
    """The end of a scale: 948 gives 1,000, 1,204 gives 1,500."""
    unit = 10 ** floor(log10(max(number, 1)))
    return int(next(step * unit for step in STEPS if step * unit >= number))


def drawn(found: Overview, volume: float, leak: float) -> str:
    """What the boxes show: months, scales, what is pale and dotted."""
    months = f"{month_words(found.span.line_first)} to {month_words(found.span.line_last)}"
    said = f"By month, {months}; every box from 0 to {whole(volume)} referrals and from 0 to {percent(leak)} leakage. "
    if any(m.known < ENOUGH for card in found.cards for m in card.months):
        said += f"Pale: fewer than {ENOUGH} known destinations. "
    if found.span.open_end(filters.known()):
        said += f"Dotted: {month_words(found.span.line_last)} is not over. "
    return said + "A name opens its leakage."


def box(card: Card, found: Overview, t: Tokens, volume: float, leak: float, last_open: bool) -> str:
    """The figures of the window, two lines by month, and what moved in words."""
    referrals = [float(m.referrals) for m in card.months]
    shares = [m.out / m.known if m.known else None for m in card.months]
    small = [m.known < ENOUGH for m in card.months]
    lines = (
        month_line(referrals, "us", t, top=volume, last_open=last_open),
        month_line(shares, "out", t, top=leak, last_open=last_open, small=small),
    )
    alts = told(referrals, found, f"{card.label}: referrals"), told(shares, found, f"{card.label}: leakage")
    pair = "".join(
        _half(role, value, name, line, alt)
        for role, value, name, line, alt in zip(
            ("us", "out"),
            (f"{card.referrals:,}", formatted(card.leakage.value, card.leakage.unit)),
            ("referrals", "leakage"),
            lines,
            alts,
            strict=True,
        )
    )
    said = " ".join(card.says) or "Nothing moved beyond chance."
    return f'<div class="lz-box"><div class="pair">{pair}</div><p>{escape(said)}</p></div>'


def _half(role: str, value: str, name: str, line: str, alt: str) -> str:
    """A figure of the window, and below it its months."""
    picture = f'<img alt="{escape(alt)}" src="{line}">' if line else ""
    return f'<div><span class="{role}">{escape(value)}</span> <span class="q">{name}</span>{picture}</div>'


def told(values: Sequence[float | None], found: Overview, of: str) -> str:
    """The line in words: where it begins and ends, and its highest month."""
    months = [(m, v) for m, v in zip(found.span.months, values, strict=True) if v is not None]
    if not months:
        return f"{of}, not known by month"
    write = percent if of.endswith("leakage") else whole
    (first, begins), (last, ends) = months[0], months[-1]
    most, top = max(months, key=lambda pair: pair[1])
    return (
        f"{of} by month, {write(begins)} in {month_words(first)}, {write(ends)} in {month_words(last)}, "
        f"most in {month_words(most)}: {write(top)}"
    )
