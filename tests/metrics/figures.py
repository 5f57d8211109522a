"""Breakdowns written down by hand."""

from collections.abc import Mapping, Sequence

from liaison.metrics.breakdown import Breakdown, Row
from liaison.metrics.figure import Coverage, Figure, Unit
from liaison.metrics.window import Window
from liaison.vocabulary import month_id

MARCH = Window(month_id("2026-03"), month_id("2026-03"))


def figure(out: int, known: int, unknown: int = 0, not_completed: int = 0, window: Window | None = MARCH) -> Figure:
    return Figure(
        "leakage",
        out / known if known else None,
        Unit.share,
        window,
        out,
        known,
        Coverage(known, known + unknown, "Destination known"),
        beside={"unknown": unknown, "not_completed": not_completed},
    )


def _figure(counts: Sequence[int], window: Window | None) -> Figure:
    out, known, unknown, not_completed = (*counts, 0, 0)[:4]
    return figure(out, known, unknown, not_completed, window)


def breakdown(by: str, rows: Mapping[str, tuple[int, ...]], window: Window | None = MARCH) -> Breakdown:
    """`rows`: label -> out, known, unknown, not completed (the last two may be left away)."""
    made = tuple(Row(label, label, _figure(counts, window)) for label, counts in rows.items())
    sums = [sum(column) for column in zip(*((*c, 0, 0)[:4] for c in rows.values()), strict=True)] or [0, 0, 0, 0]
    total = _figure(sums, window)
    return Breakdown(by, total, made, window, None, total.coverage)
