"""Two territories, or two windows, side by side: each difference with its interval, and no more claimed."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from liaison.metrics.breakdown import Breakdown
from liaison.metrics.figure import Figure, percent
from liaison.metrics.filters import Filters
from liaison.metrics.findings.leakage import change_in_leakage
from liaison.metrics.findings.places import TOO_FEW, compared, leads, moved_words
from liaison.ui import filters, options, parts, states
from liaison.ui.ask import kept, version
from liaison.ui.style import phone
from liaison.ui.tables import Col, table
from liaison.ui.territories.asked import counts
from liaison.ui.territories.view import BY, View
from liaison.ui.trends import Span, span_of
from liaison.vocabulary import NONE, month_text, month_words

YEAR = 12
THEN = {"before": "The same number of months before", "year": "The same months a year before"}


def territories(asked: Filters) -> None:
    """Two territories by every measure that the map shows."""
    found = counts(asked).by("territory")
    names = {row.key: row.label for row in found.rows if row.key != NONE}
    if len(names) < 2:
        states.off("There is only one territory here", "Take the territory filter away, or bring territories in.")
        return
    keys = list(names)
    with st.container(horizontal=True):
        first = options.field("a", "First territory", names, keys[0], width=280)
        second = options.field("b", "Second territory", names, keys[1], width=280)
    figures = {row.key: row.figure for row in found.rows}
    parts.picture(leads(names[first], figures[first], names[second], figures[second]), _drawn(figures[first]))
    key = version(asked, "two territories", first, second)
    rows = kept().get(key, lambda: measure_rows(figures[first], figures[second]))
    shown = {
        "measure": Col("Measure", 180),
        "first": Col(names[first], 200),
        "second": Col(names[second], 200),
        "says": Col("The second against the first", 320),
    }
    if phone():
        shown = {name: replace(col, width=110) for name, col in shown.items()}
    table(rows, shown, key="two-territories", alt="Two territories side by side", most=len(rows), version=key)
    parts.note("Points are the ends of a 95% interval. Counts of territories of other sizes are not compared.")


def _drawn(figure: Figure) -> str:
    return f"Side by side, {figure.window}."


def windows(asked: Filters, now: View) -> None:
    """The places of the list in the window and in an earlier one."""
    known = filters.known()
    span = span_of(asked, known)
    then = options.field("then", "Compared with", THEN, "before", width=320)
    earlier = _earlier(span, then)
    if known.first is None or earlier[0] < known.first:
        states.off(
            "There is no such window", f"The data begin in {month_words(known.first or 0)}: choose fewer months."
        )
        return
    before = counts(replace(asked, first=month_text(earlier[0]), last=month_text(earlier[1])))
    current = counts(asked)
    said = change_in_leakage(before.total, current.total)
    parts.picture((said or "Leakage: no clear change").rstrip("."), f"{before.window}, then {current.window}.")
    label = BY[now.by]
    shown = {
        "label": Col(label, 230),
        "before": Col(str(before.window), 190),
        "after": Col(str(current.window), 190),
        "says": Col("Change in leakage", 290),
    }
    if phone():
        shown = {name: replace(col, width=110) for name, col in shown.items()}
    key = version(asked, "two windows", now.by, then)
    rows = kept().get(key, lambda: window_rows(current.by(now.by), before.by(now.by)))
    table(rows, shown, key="two-windows", alt=f"{label} in two windows", most=12, version=key)
    parts.note(
        f"Intervals are widened for {len(rows):,} comparisons at once, so that chance alone rarely shows as a change."
    )


def measure_rows(first: Figure, second: Figure) -> pd.DataFrame:
    """measure, first, second, says: one row a measure."""
    rows = [(each.measure, each.first, each.second, each.says) for each in compared(first, second)]
    return pd.DataFrame(rows, columns=["measure", "first", "second", "says"])


def window_rows(after: Breakdown, before: Breakdown) -> pd.DataFrame:
    """label, before, after, says: one row a place, in the order of the list."""
    listed = [row for row in after.rows if row.key != NONE]
    then = {row.key: row.figure for row in before.rows}
    rows = []
    for row in listed:
        old = then.get(row.key)
        says = moved_words(old, row.figure, len(listed)) if old else TOO_FEW
        rows.append({"label": row.label, "before": _share(old), "after": _share(row.figure), "says": says})
    return pd.DataFrame(rows, columns=["label", "before", "after", "says"])


def _earlier(span: Span, then: str) -> tuple[int, int]:
    step = YEAR if then == "year" else span.length
    return span.first - step, span.last - step


def _share(figure: Figure | None) -> str:
    if figure is None or figure.value is None:
        return "no referral"
    return f"{percent(figure.value)} of {figure.denominator or 0:,}"
