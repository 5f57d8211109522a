"""Breakdowns added up to coarser ones: what a page shows beside each other is then counted once.

Only where nothing is hidden: a sum over hidden rows would show what was hidden.
"""

from collections.abc import Iterable
from dataclasses import replace

from liaison.access import Viewer
from liaison.facts.live import Live
from liaison.metrics.breakdown import Breakdown, Row
from liaison.metrics.figure import Coverage, Figure
from liaison.metrics.filters import Filters
from liaison.metrics.leakage import By, leakage
from liaison.metrics.suppression import audit, no_free_filters
from liaison.metrics.window import Window
from liaison.vocabulary import Audience, month_id


def added(figures: Iterable[Figure], like: Figure, window: Window | None) -> Figure:
    """The figure of several that do not overlap, of the kind of `like`. ValueError where one of them is hidden."""
    parts = list(figures)
    if any(f.suppressed for f in parts):
        raise ValueError("hidden figures cannot be added up")
    out, known = (sum(getattr(f, name) or 0 for f in parts) for name in ("numerator", "denominator"))
    beside = {name: sum(f.beside.get(name) or 0 for f in parts) for name in like.beside}
    coverage = like.coverage and Coverage(known, known + (beside.get("unknown") or 0), like.coverage.of_what)
    return replace(
        like,
        value=out / known if known else None,
        numerator=out,
        denominator=known,
        beside=beside,
        coverage=coverage,
        window=window,
        vintage=like.vintage if parts else None,
    )


def along(found: Breakdown, dimension: str) -> Breakdown:
    """A breakdown by two dimensions, added up to one of them; its rows lose most first."""
    groups: dict[str, list[Row]] = {}
    for row in found.rows:
        groups.setdefault(str(row.more[dimension]), []).append(row)
    rows = []
    for key, same in groups.items():
        figure = added((r.figure for r in same), found.total, found.window)
        blind = [r.more["observable"] for r in same if "observable" in r.more]
        more = {"observable": any(blind)} if blind and dimension == "practice" else {}
        rows.append(Row(key, str(same[0].more[f"{dimension}_label"]), figure, more))
    rows.sort(key=lambda r: (-(r.figure.numerator or 0), -(r.figure.denominator or 0), r.label))
    return replace(found, by=dimension, rows=tuple(rows))


def within(found: Breakdown, first: int, last: int) -> Figure:
    """A breakdown by month, added up over the months `first` to `last`, both inclusive."""
    months = (r.figure for r in found.rows if first <= month_id(r.key) <= last)
    return added(months, found.total, Window(first, last))


def both_ways(
    live: Live, viewer: Viewer, audience: Audience, filters: Filters, rows: By, columns: By
) -> tuple[Breakdown, Breakdown, Breakdown]:
    """Leakage by two dimensions, by the first alone, by the second alone."""
    no_free_filters(filters, audience)
    found = leakage(live, viewer, Audience.inside, filters, (rows, columns))
    tables = (found, along(found, rows), along(found, columns))
    if audience is Audience.inside:
        return tables
    # Hidden together: each alone could give away what the others keep.
    both, first, second = audit([replace(t, notes=()) for t in tables])
    return both, first, second
