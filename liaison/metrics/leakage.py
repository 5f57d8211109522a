"""Leakage: who loses what to whom, and why. The rules stand in `definitions/leakage.py`."""

from dataclasses import replace
from typing import Any, Literal

import pandas as pd
from sqlalchemy import Select, Table, func, select

from liaison.access import Viewer
from liaison.facts.live import Live
from liaison.facts.rollups import destination_month, group_destination_month, practice_month
from liaison.metrics.breakdown import Breakdown, Row, key_and_label
from liaison.metrics.counting import Question, asked_window, count, vintage_of
from liaison.metrics.definitions.leakage import leakage as definition
from liaison.metrics.definitions.shares import cause_share, organisation_share
from liaison.metrics.figure import Coverage, Figure, Unit
from liaison.metrics.filters import COLUMN, Filters
from liaison.metrics.parts import destination_known, destination_unknown, every_referral, out_of_network, summed
from liaison.metrics.suppression import hide_small, no_free_filters
from liaison.metrics.window import Window
from liaison.vocabulary import Audience, Vantage

By = Literal[
    "service_line",
    "practice",
    "practice_group",
    "practice_type",
    "territory",
    "organisation",
    "cause",
    "month",
    "payer",
    "priority",
]
# Kinds of destination: their rows share one denominator, and are shares of leakage.
OF_DESTINATION = {"organisation": organisation_share, "cause": cause_share}
MEASURES = ["out", "known", "unknown", "referrals", "not_completed"]
COVERAGE = "Destination known"
PARTS = (out_of_network, destination_known, destination_unknown, every_referral)


def leakage(
    live: Live, viewer: Viewer, audience: Audience, filters: Filters, by: By | tuple[By, ...] | None = None
) -> Breakdown:
    """The share of known-destination referrals that left the network, in total and by one or two dimensions."""
    no_free_filters(filters, audience)
    question = Question(live, viewer, filters)
    dimensions = (by,) if isinstance(by, str) else tuple(by or ())
    columns = ["month_id" if d == "month" else COLUMN[d] for d in dimensions]
    counted = count(question, lambda source: _statement(source, columns), _rollups(columns))
    window = asked_window(question)
    seen = one_vantage(counted)
    whole = seen.assign(all="all").groupby("all")[MEASURES].sum()
    total = _figures(whole, window, seen)[0] if len(seen) else _nothing(window)
    rows = _rows(live, dimensions, columns, counted, seen, window) if columns else []
    rows.sort(key=lambda r: (-(r.figure.numerator or 0), -(r.figure.denominator or 0), r.label))
    found = Breakdown(
        by="+".join(dimensions) or None,
        total=total,
        rows=tuple(rows),
        window=window,
        vintage=total.vintage,
        coverage=total.coverage,
        notes=_notes(counted, seen, audience),
    )
    return hide_small(found, audience)


def _rollups(columns: list[str]) -> list[Table]:
    """The rollups that hold the dimensions, the smaller first."""
    return [t for t in (practice_month, group_destination_month, destination_month) if all(c in t.c for c in columns)]


def _statement(source: Any, columns: list[str]) -> Select[Any]:
    keys = [source.c[c] for c in columns] + [source.c.vantage]
    measures = [part.counted(source) for part in PARTS]
    return select(
        *keys, *measures, summed(source, "not_completed"), func.max(source.c.newest).label("newest")
    ).group_by(*keys)


def one_vantage(counted: pd.DataFrame) -> pd.DataFrame:
    """Rows of the vantage that is counted: ordered where there is any, else claims. `received` is volume only."""
    for vantage in (Vantage.ordered, Vantage.claims):
        rows = counted[counted["vantage"] == vantage.value]
        if len(rows):
            return rows
    return counted.iloc[0:0]


def _figures(rows: pd.DataFrame, window: Window | None, seen: pd.DataFrame, known: int | None = None) -> list[Figure]:
    """A figure for each row of sums; `known` is the shared denominator of a kind of destination."""
    vintage = vintage_of(seen)
    found = []
    for out, own, unknown, referrals, ended in rows[MEASURES].itertuples(index=False):
        of = own if known is None else known
        found.append(
            Figure(
                definition=definition.name,
                value=out / of if of else None,
                unit=Unit.share,
                window=window,
                numerator=int(out),
                denominator=int(of),
                coverage=Coverage(int(own), int(referrals), COVERAGE),
                vintage=vintage,
                beside={"unknown": int(unknown), "not_completed": int(ended)},
            )
        )
    return found


def _nothing(window: Window | None) -> Figure:
    """No referral of a vantage that shows where patients went."""
    beside = {"unknown": 0, "not_completed": 0}
    return Figure(definition.name, None, Unit.share, window, 0, 0, Coverage(0, 0, COVERAGE), beside=beside)


def _rows(
    live: Live,
    dimensions: tuple[str, ...],
    columns: list[str],
    counted: pd.DataFrame,
    seen: pd.DataFrame,
    window: Window | None,
) -> list[Row]:
    """A row for every group there is; one that is not seen from the vantage counted has denominator 0."""
    shared = len(columns) == 1 and dimensions[0] in OF_DESTINATION
    every = counted.groupby(columns)[MEASURES].size().index
    sums = seen.groupby(columns)[MEASURES].sum()
    observable = every.isin(sums.index)
    figures = _figures(sums.reindex(every, fill_value=0), window, seen, int(seen["known"].sum()) if shared else None)
    if shared:
        figures = [replace(f, definition=OF_DESTINATION[dimensions[0]].name) for f in figures]
    rows = []
    for key, figure, visible in zip(every, figures, observable, strict=True):
        parts = key if isinstance(key, tuple) else (key,)
        named = [key_and_label(live, d, k) for d, k in zip(dimensions, parts, strict=True)]
        more: dict[str, Any] = {"observable": bool(visible)} if "practice" in dimensions else {}
        if len(dimensions) > 1:
            more |= {d: k for d, (k, _) in zip(dimensions, named, strict=True)}
            more |= {f"{d}_label": label for d, (_, label) in zip(dimensions, named, strict=True)}
        rows.append(Row("|".join(k for k, _ in named), " · ".join(label for _, label in named), figure, more))
    return rows


def _notes(counted: pd.DataFrame, seen: pd.DataFrame, audience: Audience) -> tuple[str, ...]:
    """Which vantage was counted, and what was left aside for it."""
    if seen.empty:
        return (
            ("No referral here says where else it could have gone: leakage is not observable.",) if len(counted) else ()
        )
    used = str(seen["vantage"].iloc[0])
    others = counted[counted["vantage"] != used].groupby("vantage")["referrals"].sum()
    # Outside the team a count that no table holds could give a hidden one away.
    aside = [f"{int(n):,} of vantage {v}" if audience is Audience.inside else f"vantage {v}" for v, n in others.items()]
    return (f"Counted over referrals of vantage {used}." + (f" Left aside: {', '.join(aside)}." if aside else ""),)
