"""The sentence, the tiles and the table of the Overview."""

from dataclasses import replace
from functools import partial

import pandas as pd
import streamlit as st

from liaison.metrics.breakdown import Breakdown
from liaison.metrics.figure import Figure, formatted, percent
from liaison.metrics.filters import Filters
from liaison.metrics.findings.leakage import what_leaks_most
from liaison.metrics.findings.moves import count_move, leakage_move, unknown_move, unknown_of
from liaison.metrics.findings.overview import overview
from liaison.metrics.stuck import Stuck, stuck
from liaison.metrics.sums import within
from liaison.metrics.volume import Volume, volume
from liaison.ui import entries, filters, parts, states
from liaison.ui.ask import ask, version
from liaison.ui.leakage.asked import by_month
from liaison.ui.overview.asked import Lines, by_line
from liaison.ui.style import phone
from liaison.ui.tables import Col, download, table
from liaison.ui.tiles import Tile, moved, tiles
from liaison.ui.trends import Span, source, span_of
from liaison.vocabulary import month_text

LINES = {
    "label": Col("Service line", 230),
    "referrals": Col("Referrals", 110, "count", help="All referrals of the vantage counted, known destination or not."),
    "numerator": Col("Out of network", 130, "count"),
    "value": Col("Leakage", 190, "share", "orange"),
    "unknown": Col("Unknown", 150, "share", "gray", help="Share of referrals whose destination is not known."),
    "months": Col("Leakage by month", 200, "line", "orange", top=100),
}
ON_PHONE = {
    "label": Col("Line", 150),
    "numerator": Col("Lost", 70, "count"),
    "value": Col("Leakage", 110, "share", "orange"),
}


def shown() -> bool:
    """Whether there is something to show; else says what is missing and gives the button that brings it."""
    if filters.known().first is not None:
        return True
    parts.head("Overview", "No referrals are in yet")
    brings = "This page says what changed and what needs a person. Your set-up and a referral export fill it."
    if states.no_data("Nothing to show yet", brings, "Set up your own data", key="set-up"):
        st.switch_page(entries.DATA.file)
    return False


def head(asked: Filters) -> None:
    """What changed, what needs a person: a sentence each, then a tile each."""
    span = span_of(asked, filters.known())
    lines, months = ask(by_line, asked), ask(by_month, span.question(asked))
    waiting = ask(stuck, asked)
    before = within(months, *span.before) if span.before else None
    sentences = overview(lines.found, replace(lines.found, total=before, rows=()) if before else None, waiting)
    parts.head("Overview", sentences[0].rstrip("."))
    parts.say(*sentences[1:])
    volumes, counted = ask(volume, span.question(asked)), ask(volume, asked)
    if not counted.total.value:
        states.no_match(key="clear-filters", on_click=filters.clear, filters=filters.in_words())
        return
    tiles(
        [
            _volume(counted.total, volumes, span),
            *_leakage(lines.found.total, before, months, span),
            _stuck(waiting),
        ]
    )


def _volume(now: Figure, every: Volume, span: Span) -> Tile:
    each = {row.month: row.referrals or 0 for row in every.rows}
    value = int(now.value or 0)
    move = None
    if span.before:
        move = count_move(sum(n for m, n in each.items() if span.before[0] <= m <= span.before[1]), value)
    return moved(
        Tile("Referrals", formatted(now.value, now.unit), "us", papers=now.papers()),
        move,
        span,
        [each.get(month) for month in span.months],
    )


def _leakage(now: Figure, before: Figure | None, months: Breakdown, span: Span) -> list[Tile]:
    by_key = {row.key: row.figure for row in months.rows}
    line = [by_key.get(month_text(month)) for month in span.months]
    unknown, every = unknown_of(now)
    missing = [(u / n if n else None) if f else None for f in line for u, n in [unknown_of(f) if f else (0, 0)]]
    leak = Tile(
        "Leakage",
        formatted(now.value, now.unit),
        "out",
        papers=now.papers(),
        opens=entries.LEAKAGE.file,
        opens_as="Leakage",
    )
    gap = Tile(
        "Destination unknown",
        percent(unknown / every) if every else "not known",
        "unknown",
        papers=now.papers(),
        short="Unknown",
        opens=entries.DATA.file,
        opens_as="Data",
    )
    return [
        moved(leak, leakage_move(before, now) if before else None, span, [f.value if f else None for f in line]),
        moved(gap, unknown_move(before, now) if before else None, span, missing),
    ]


def _stuck(found: Stuck) -> Tile:
    return Tile("Stuck referrals", str(found.total), "us", papers=found.total.papers(), beside="open too long")


def lines(asked: Filters) -> None:
    """Per service line, most referrals lost first."""
    found: Lines = ask(by_line, asked)
    if found.rows.empty:
        return
    worst = what_leaks_most(found.found)
    parts.picture(
        (worst or "Leakage by service line").rstrip("."),
        f"Service lines by referrals lost, {found.found.window}. The bar is the share of known destinations that left.",
    )
    table(
        found.rows,
        ON_PHONE if phone() else LINES,
        key="lines",
        alt="Referrals, leakage and unknown destinations by service line",
        most=12,
        version=version(asked),
    )


def footer(asked: Filters) -> None:
    """Source, vintage, coverage; definitions; the table as a file."""
    from liaison.metrics.definitions.base import METRICS

    found: Lines = ask(by_line, asked)
    if found.rows.empty:
        return
    total = found.found.total
    said = "\n\n".join(f"**{METRICS[name].title}.** {METRICS[name].says}" for name in ("volume", "leakage", "stuck"))
    papers = [f"Filters: {filters.in_words()}.", total.papers(), *found.found.notes]
    said += "\n\n" + " ".join(found.found.notes)
    with parts.footer(source(total), said, "overview"):
        download(partial(lines_file, found), "service-lines", key="lines", papers=papers)


def lines_file(found: Lines) -> pd.DataFrame:
    """The table as a file, each row with its window and vintage."""
    rows = found.rows.drop(columns=["key", "months"])
    return rows.assign(window=str(found.found.window), extract_of=str(found.found.vintage))
