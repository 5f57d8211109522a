"""Since when, line by line, and why."""

import streamlit as st

from liaison.charts.cause_bars import cause_bars
from liaison.charts.trend import trend
from liaison.metrics.filters import Filters
from liaison.metrics.findings.organisations import moved_sentence, newcomers, otherwise, reason, since
from liaison.metrics.organisation import Organisation
from liaison.ui import charts as drawn
from liaison.ui import parts, states
from liaison.ui.ask import version
from liaison.ui.organisations.asked import One
from liaison.ui.style import phone
from liaison.ui.tables import Col, Colour, table
from liaison.vocabulary import month_words

LINES = {
    "label": Col("Service line", 170),
    "taken": Col("Referrals", 84, "count"),
    "first": Col("First seen", 142),
    "halves": Col("Before \u2192 now", 150, help="Share of the line's known destinations, where it clearly moved."),
    "months": Col("By month", 110, "line", "orange"),
}
ON_PHONE = {
    "label": Col("Line", 130),
    "taken": Col("Referrals", 78, "count"),
    "halves": Col("Before \u2192 now", 140),
}


def show(found: One, question: Filters, key: str) -> None:
    """The two columns under the heat map."""
    if found.lines.empty:
        return
    left, right = st.columns([11, 9], gap="medium")
    with left:
        _since(found, question, key)
    with right:
        _trend(found, question, key)
        _why(found, question, key)
    if said := otherwise(found.found):
        parts.note(said)


def _since(found: One, question: Filters, key: str) -> None:
    one = found.found
    parts.picture(
        (moved_sentence(one) or since(one) or "Since when").rstrip("."),
        f"Referrals by service line, by month to {month_words(one.window.last)}.{_compared(one)}",
    )
    for more in (newcomers(one), since(one) if moved_sentence(one) else None):
        if more:
            parts.note(more)
    top = max((max(line) for line in found.lines["months"] if line), default=1)
    colour: Colour = "blue" if one.who.ours else "orange"
    columns = LINES | {"months": Col("By month", 110, "line", colour, top=float(top or 1))}
    table(
        found.lines,
        ON_PHONE if phone() else columns,
        key=f"lines-{key}",
        alt="Service lines by referrals that went there, with the month first seen and how its share moved",
        most=13,
        version=version(question, "lines", key),
    )


def _compared(one: Organisation) -> str:
    """What stands against what in the table."""
    if not one.spans.half:
        return " These data reach back too little to compare."
    n = one.spans.half
    return (
        f" Now is the last {n} months, before the {n} before; a move is said only where chance could not have made it."
    )


def _trend(found: One, question: Filters, key: str) -> None:
    one = found.found
    parts.picture(
        "Referrals by month",
        f"All lines, from {month_words(one.spans.first)} to {month_words(one.window.last)}.",
    )
    drawn.show(
        trend,
        found.months,
        version=version(question, "trend", key),
        key="trend",
        alt="Referrals that went there by month; the table beside it shows the months of each line",
        height=130,
        named=3 if phone() else 6,
    )


def _why(found: One, question: Filters, key: str) -> None:
    if found.found.who.ours:
        states.off("Why", "Reasons are recorded for what leaves the network; Leakage shows them.")
        return
    parts.picture(
        (reason(found.found) or "Why they go").rstrip("."),
        "Referrals that went there by the reason recorded; not recorded is a band of its own.",
    )
    drawn.show(
        cause_bars,
        found.causes,
        version=version(question, "causes", key),
        key="causes",
        alt="Referrals that went there by reason",
        limit=8,
    )
