"""Two windows side by side, and what of their difference is more than chance."""

import streamlit as st

from liaison.charts.share_intervals import share_intervals
from liaison.metrics.filters import Filters
from liaison.metrics.findings.funnel import what_changed
from liaison.metrics.funnel_change import WITHIN
from liaison.ui import charts as drawn
from liaison.ui import filters, options, papers, parts, states, windows
from liaison.ui.ask import ask, version
from liaison.ui.funnel.asked import Compared, compared
from liaison.ui.style import phone
from liaison.ui.tables import Col, download, table
from liaison.ui.trends import Span, span_of
from liaison.vocabulary import month_text, month_words

PARAM, BEFORE, OTHER = "against", "before", "other"
MOVED = f"Moved on within {WITHIN} days; open referrals count for as long as they were seen."
COLUMNS = {
    "stage": Col("Stage", 90),
    "share_before": Col("Reached: before", 116, help="Before, of those created. Newer referrals may still get there."),
    "share_now": Col("now", 54),
    "moved_before": Col(f"In {WITHIN} days: before", 140, help=f"Before. {MOVED}"),
    "moved_now": Col("now", 124),
    "days_before": Col(
        "Days: before", 100, help="Before: median days to the next stage, read to the same day in both windows."
    ),
    "days_now": Col("now", 90),
}
ON_PHONE = {"stage": COLUMNS["stage"], "moved_before": Col("Before", 130), "moved_now": Col("Now", 130)}


def show(asked: Filters) -> None:
    """The window of the filters against the one before, or against months that are chosen."""
    span = span_of(asked, filters.known())
    months = _against(span)
    if months is None:
        states.off("Nothing to compare with", "The months before this window are not in. Choose a shorter one above.")
        return
    first, last = months
    found: Compared = ask(compared, asked, before_first=month_text(first), before_last=month_text(last))
    if found.table.empty or not found.found.steps[0].before.created:
        states.off("Nothing to compare with", "No referral of those months answers to the filters.")
        return
    said = what_changed(found.found)
    now, before = found.found.now, found.found.before
    parts.picture(
        said[0].rstrip(".") if said else "No step changed beyond chance",
        f"Now: {now}. Before: {before}. With 95% intervals. Newer referrals have had less time, so shares reached are "
        "not compared in words.",
    )
    if said[1:]:
        parts.say(*said[1:4])
    data = version(asked, "compared", first, last)
    left, right = st.columns([8, 12], gap="medium")
    with left:
        parts.picture(
            f"Who moved on within {WITHIN} days", "Share of those in the stage, with its 95% interval. Grey: before."
        )
        drawn.show(
            share_intervals,
            found.moved,
            version=data,
            key="compared-picture",
            alt="Shares that moved on before and now, with intervals; the table beside it shows the same numbers",
        )
    with right:
        columns = ON_PHONE if phone() else COLUMNS
        table(found.table, columns, key="compared", alt="Stages before and now", version=str(data))
        _papers(found)


def _papers(found: Compared) -> None:
    from liaison.metrics.definitions.funnel import moved_on

    extract = f"Extract of {found.found.vintage}."
    with papers.footer("Days and shares with 95% intervals", [moved_on], "compared", counted=[extract]) as sentences:
        download(found.found.frame, "funnel-two-windows", key="compared", papers=sentences)


def _against(span: Span) -> tuple[int, int] | None:
    """The months to compare with; the URL says which, fields say them where they are one's own."""
    there, given = filters.known(), st.query_params.get(PARAM, BEFORE)
    own = windows.read(given) and given not in windows.NAMED
    length = "month" if span.length == 1 else f"{span.length} months"
    choices = {BEFORE: f"Against the {length} before", OTHER: "Against other months \u2026"}
    if own:
        choices = {given: f"Against {windows.label(given)}"} | choices
    with st.container(horizontal=True, vertical_alignment="center", key="compared-head"):
        chosen = options.field(PARAM, "Compare with", choices, BEFORE, label_visibility="collapsed", width=270)
        if chosen == BEFORE:
            return span.before
        first, last = windows.ends(given, there) if own else span.before or (span.first, span.last)
        months = list(range(there.first or first, (there.last or last) + 1))[::-1]
        for title, key, month in (("First month", "against-first", first), ("Last month", "against-last", last)):
            options.mirror(key, month)
            st.selectbox(
                title,
                months if month in months else [month, *months],
                format_func=month_words,
                key=key,
                label_visibility="collapsed",
                on_change=_choose,
                width=120,
            )
    return first, last


def _choose() -> None:
    """Months of one's own go into the URL."""
    st.query_params[PARAM] = windows.span(st.session_state["against-first"], st.session_state["against-last"])
