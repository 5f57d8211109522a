"""The sentence and the tiles of the Leakage page."""

from liaison.charts.words import HIDDEN
from liaison.metrics.figure import Figure, formatted, percent
from liaison.metrics.filters import Filters
from liaison.metrics.findings.leakage import leakage_headline, what_leaks_most
from liaison.metrics.findings.moves import count_move, leakage_move, unknown_move, unknown_of
from liaison.metrics.sums import within
from liaison.ui import filters as global_filters
from liaison.ui import parts
from liaison.ui.ask import ask, audience
from liaison.ui.leakage.asked import Grid, by_month, named
from liaison.ui.tiles import Tile, moved, tiles
from liaison.ui.trends import Span, span_of
from liaison.vocabulary import Audience, month_text


def sentence(found: Grid, asked: Filters) -> str:
    """What the reader should know first: the line that stands out, else the total; of one line, how much of it."""
    lines = found.lines
    if asked.service_line is not None and len(lines.rows) == 1:
        line = named(lines.rows[0].label, "unnamed lines'")
        return leakage_headline(lines, f"{line} referrals").rstrip(".")
    return (what_leaks_most(lines) or leakage_headline(lines)).rstrip(".")


def show(found: Grid, asked: Filters) -> None:
    """The head of the page, from what was counted."""
    parts.head("Leakage", sentence(found, asked))
    span = span_of(asked, global_filters.known())
    if audience() is not Audience.inside:
        # Its months and the window before would be further tables of the same referrals.
        tiles(_tiles(found.total, None, [], span))
        return
    months = ask(by_month, span.question(asked))
    before = within(months, *span.before) if span.before else None
    by_key = {row.key: row.figure for row in months.rows}
    line = [by_key.get(month_text(month)) for month in span.months]
    tiles(_tiles(found.total, before, line, span))


def _tiles(now: Figure, before: Figure | None, line: list[Figure | None], span: Span) -> list[Tile]:
    papers = now.papers()
    unknown, every = unknown_of(now)
    missing = percent(unknown / every) if every else "not known"
    missing = HIDDEN if now.suppressed and now.beside.get("unknown") is None else missing
    lost = HIDDEN if now.numerator is None else f"{_out(now):,}"
    kept = HIDDEN if now.numerator is None or now.denominator is None else f"{_kept(now):,}"
    return [
        moved(
            Tile(
                "Leakage",
                HIDDEN if now.suppressed and now.value is None else formatted(now.value, now.unit),
                "out",
                papers=papers,
            ),
            leakage_move(before, now) if before else None,
            span,
            [f.value if f else None for f in line],
        ),
        moved(
            Tile("Went out of network", lost, "out", papers=papers, short="Went out"),
            count_move(_out(before), _out(now)) if before else None,
            span,
            [_out(f) if f else None for f in line],
        ),
        moved(
            Tile("Kept by us", kept, "us", papers=papers),
            count_move(_kept(before), _kept(now)) if before else None,
            span,
            [_kept(f) if f else None for f in line],
        ),
        moved(
            Tile("Destination unknown", missing, "unknown", papers=papers, short="Unknown"),
            unknown_move(before, now) if before else None,
            span,
            [_unknown(f) if f else None for f in line],
        ),
    ]


def _out(figure: Figure) -> int:
    return figure.numerator or 0


def _kept(figure: Figure) -> int:
    return (figure.denominator or 0) - (figure.numerator or 0)


def _unknown(figure: Figure) -> float | None:
    unknown, every = unknown_of(figure)
    return unknown / every if every else None
