"""What changed, in sentences: the figure, the words, its months, and the page that explains it."""

from html import escape

import streamlit as st

from liaison.charts.month_line import spark
from liaison.charts.tokens import Tokens
from liaison.metrics.figure import percent
from liaison.metrics.filters import stored_value
from liaison.metrics.findings.changes import Change, Kind
from liaison.metrics.monthly import Counts
from liaison.ui import entries, filters, links, parts, states
from liaison.ui.ask import kept, version
from liaison.ui.entries import Entry
from liaison.ui.markup import html
from liaison.ui.overview import needs
from liaison.ui.overview.asked import Overview
from liaison.ui.style import phone, tokens
from liaison.vocabulary import month_words

MOST = 8
ROLE = {Kind.volume: "us", Kind.leakage: "out", Kind.unknown: "unknown"}
# Where each kind of sentence is explained, and what the way there is called.
OPENS: dict[Kind, tuple[Entry, str]] = {
    Kind.volume: (entries.TERRITORIES, "Where"),
    Kind.leakage: (entries.LEAKAGE, "Leakage"),
    Kind.unknown: (entries.DATA, "Data"),
    Kind.stuck: (entries.FUNNEL, "Funnel"),
    Kind.new: (entries.PRACTICE, "New practices"),
    Kind.lapsed: (entries.PRACTICE, "Lapsed practices"),
    Kind.returning: (entries.PRACTICE, "Returning practices"),
}


def show(found: Overview) -> None:
    """The sentences, what somebody should act on first."""
    if found.changes is None:
        states.off("What changed", "It is told of single practices and months, so it is not shown outside the team.")
        return
    told = found.changes
    if told.month is None:
        parts.note("No month is complete yet: what changed is told from the second complete month on.")
        return
    parts.picture(f"What changed in {month_words(told.month)}", _against(told.month))
    if not any(change.kind is not Kind.stuck for change in told.said):
        parts.say(f"{told.headline}.")
    t, small = tokens(), phone()
    rows = told.said[:MOST]
    key = ("changes", t.name, small, version(filters.chosen()))
    made = kept().get(key, lambda: [words(c, "" if small else _spark(c, found, t)) for c in rows])
    with st.container(key="changes", gap=None):
        needs.barriers()
        for change, row in zip(rows, made, strict=True):
            html(row)
            _way(change)
    if len(told.said) > MOST:
        parts.note(f"{len(told.said) - MOST} more stand with their service lines below.")


def _against(month: int) -> str:
    """What the sentences compare, and how sure they are."""
    then = f"{month_words(month - 1)} and {month_words(month - 12)}"
    return f"Against {then}. Only what chance alone does not explain, with its interval; what to act on comes first."


def _way(change: Change) -> None:
    """The page that explains it; an empty place, so that rows stay aligned, while the bar has no such page."""
    entry, label = OPENS[change.kind]
    if entry.title in entries.listed():
        links.link(entry, label, **_about(change))
    else:
        html("<span></span>")


def words(change: Change, line: str = "") -> str:
    """One sentence as a row: its figure, its words (the part before the interval strong), its months (a data URI)."""
    rest = change.says.removeprefix(change.short)
    picture = f'<img class="lz-spark" alt="" src="{line}">' if line else ""
    return (
        f'<div class="lz-change"><span class="v {ROLE.get(change.kind, "")}">{escape(figure(change))}</span>'
        f"<p><strong>{escape(change.short)}</strong>{escape(rest)}</p>{picture}</div>"
    )


def figure(change: Change) -> str:
    """The number that stands before a sentence, with the way it went."""
    given = change.figures
    if change.kind is Kind.stuck:
        return f"{given['stuck']:,}"
    if change.kind not in ROLE:
        return f"{given['practices']:,}"
    way = "\u2191" if given["change"] > 0 else "\u2193"
    return f"{way} {percent(abs(given['change']) if change.kind is Kind.volume else given['value'])}"


def _spark(change: Change, found: Overview, t: Tokens) -> str:
    """The months of what a sentence is about; nothing for practices and the stuck."""
    if change.kind not in ROLE:
        return ""
    held = found.by_line or {}
    months = held.get(stored_value("service_line", change.line[0]), ()) if change.line else found.months
    of = {Kind.volume: _referrals, Kind.leakage: _leaked, Kind.unknown: _unknown}[change.kind]
    return spark([of(m) for m in months], ROLE[change.kind], t, last_open=found.span.open_end(filters.known()))


def _referrals(month: Counts) -> float | None:
    return month.referrals


def _leaked(month: Counts) -> float | None:
    return month.out / month.known if month.known else None


def _unknown(month: Counts) -> float | None:
    seen = month.unknown + month.known
    return month.unknown / seen if seen else None


def _about(change: Change) -> dict[str, str]:
    """What the page that explains it opens with."""
    line = {"line": stored_value("service_line", change.line[0])} if change.line else {}
    return {**change.about, **line} | ({"part": "quality"} if change.kind is Kind.unknown else {})
