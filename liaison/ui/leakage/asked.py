"""What the page asks for, each counted once for a version of the data: a function of `ui.ask`."""

from dataclasses import dataclass, replace

import pandas as pd

from liaison.access import Viewer
from liaison.charts.leakage_heatmap import ALL, worst_cells
from liaison.facts.live import Live
from liaison.fieldwork.practices import towns
from liaison.metrics.breakdown import Breakdown, Row
from liaison.metrics.figure import Figure
from liaison.metrics.filters import Filters, stored_value
from liaison.metrics.leakage import leakage
from liaison.metrics.months import practices_by_month
from liaison.metrics.sums import both_ways
from liaison.store import reading
from liaison.vocabulary import NONE, Audience

EVERY = "All"


@dataclass(frozen=True)
class Grid:
    """`cells`: as the heat map wants them, keys as URLs carry them. `by_group`, `by_line`: its totals.

    `keys`: every cell there is; `worst`: the cells that lose most referrals, largest first.
    """

    total: Figure
    by_group: Breakdown
    by_line: Breakdown
    cells: pd.DataFrame
    notes: tuple[str, ...]
    keys: frozenset[tuple[str, str]]
    worst: pd.DataFrame
    names: dict[str, str]  # of rows and of lines, by "row:KEY" and "line:KEY"


def grid(live: Live, viewer: Viewer, audience: Audience, filters: Filters) -> Grid:
    """Practice group x service line, with totals by row, by line and of all."""
    found, by_group, by_line = both_ways(live, viewer, audience, filters, "practice_group", "service_line")
    rows = [_cell(_group(r), _line(r), r) for r in found.rows]
    rows += [_cell((r.key, _named(r.label, "No practice found")), (ALL, EVERY), r) for r in by_group.rows]
    rows += [_cell((ALL, EVERY), (_id(r.key), _named(r.label, "No service line")), r) for r in by_line.rows]
    rows.append(_cell((ALL, EVERY), (ALL, EVERY), Row(ALL, EVERY, found.total)))
    cells = pd.DataFrame(rows)
    keys = frozenset(zip(cells["row_key"], cells["line_key"], strict=True))
    names = {f"row:{k}": str(v) for k, v in zip(cells["row_key"], cells["row"], strict=True)}
    names |= {f"line:{k}": str(v) for k, v in zip(cells["line_key"], cells["line"], strict=True)}
    return Grid(found.total, by_group, by_line, cells, found.notes, keys, worst_cells(cells), names)


def _group(row: Row) -> tuple[str, str]:
    return str(row.more["practice_group"]), _named(str(row.more["practice_group_label"]), "No practice found")


def _line(row: Row) -> tuple[str, str]:
    return _id(str(row.more["service_line"])), _named(str(row.more["service_line_label"]), "No service line")


def _id(line: str) -> str:
    """The id that a URL carries: the files' own spelling of a line is free text."""
    return stored_value("service_line", line)


def _named(label: str, blank: str) -> str:
    return blank if label == NONE else label


def _cell(group: tuple[str, str], line: tuple[str, str], row: Row) -> dict[str, object]:
    figure = row.figure
    return {
        "row_key": group[0],
        "row": group[1],
        "line_key": line[0],
        "line": line[1],
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "unknown": figure.beside.get("unknown"),
        "value": figure.value,
        "suppressed": figure.suppressed,
    }


def by_month(live: Live, viewer: Viewer, audience: Audience, filters: Filters) -> Breakdown:
    """Leakage by month, in the order of months."""
    found = leakage(live, viewer, audience, filters, "month")
    return replace(found, rows=tuple(sorted(found.rows, key=lambda r: r.key)))


@dataclass(frozen=True)
class Behind:
    """What lies behind a cell: practices (with their months), destinations (with the reason given most), causes."""

    total: Figure
    practices: Breakdown
    organisations: Breakdown
    causes: Breakdown
    practice_rows: pd.DataFrame
    destination_rows: pd.DataFrame
    cause_rows: pd.DataFrame


def behind(live: Live, viewer: Viewer, audience: Audience, filters: Filters) -> Behind:
    """Where a selection's lost referrals went, why, and who sent them."""
    went, organisations, causes = both_ways(live, viewer, audience, filters, "organisation", "cause")
    practices, lost = practices_by_month(live, viewer, audience, filters)
    return Behind(
        went.total,
        practices,
        organisations,
        causes,
        _practices(practices, lost, _towns(live)),
        _destinations(organisations, went),
        _causes(causes),
    )


def _towns(live: Live) -> dict[str, str]:
    """Practice id -> its town. A change of practices is followed by a recount, so this is of one version too."""
    with reading(live.home.store) as connection:
        return towns(connection)


def _practices(found: Breakdown, lost: dict[str, dict[int, int]], towns: dict[str, str]) -> pd.DataFrame:
    """key, label, town, numerator, denominator, value, months (lost by month), observable, suppressed."""
    if not found.window:
        return pd.DataFrame()
    months = range(found.window.first, found.window.last + 1)
    rows = [
        {
            "key": r.key,
            "label": _named(r.label, "No practice found"),
            "town": towns.get(r.key, ""),
            "numerator": r.figure.numerator,
            "denominator": r.figure.denominator,
            "value": r.figure.value,
            "months": [lost.get(r.key, {}).get(month, 0) for month in months] if lost else [],
            "observable": r.more.get("observable", True),
            "suppressed": r.figure.suppressed,
        }
        for r in found.rows
    ]
    return pd.DataFrame(rows)


def _destinations(found: Breakdown, went: Breakdown) -> pd.DataFrame:
    """key, label, numerator, share (of what was lost), reason (recorded most often), suppressed."""
    reasons: dict[str, str] = {}
    for row in went.rows:  # most referrals first
        said = str(row.more["cause_label"])
        if row.figure.numerator and said != NONE:
            reasons.setdefault(str(row.more["organisation"]), said)
    lost = found.total.numerator or 0
    rows = [
        {
            "key": r.key,
            "label": _named(r.label, "Not named"),
            "numerator": r.figure.numerator,
            "share": r.figure.numerator / lost if lost and r.figure.numerator is not None else None,
            "reason": reasons.get(r.key, "Not recorded"),
            "suppressed": r.figure.suppressed,
        }
        for r in found.rows
        if r.figure.numerator or r.figure.suppressed
    ]
    return pd.DataFrame(rows, columns=["key", "label", "numerator", "share", "reason", "suppressed"])


def _causes(found: Breakdown) -> pd.DataFrame:
    """As the chart of causes wants them: shares of what was lost."""
    lost = found.total.numerator or 0
    rows = [
        {
            "key": r.key,
            "label": r.label,
            "numerator": r.figure.numerator,
            "denominator": lost,
            "value": r.figure.numerator / lost if lost and r.figure.numerator is not None else None,
            "suppressed": r.figure.suppressed,
        }
        for r in found.rows
        if r.figure.numerator or r.figure.suppressed
    ]
    return pd.DataFrame(rows, columns=["key", "label", "numerator", "denominator", "value", "suppressed"])
