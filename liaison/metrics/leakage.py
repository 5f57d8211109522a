"""Leakage: who loses what to whom, and why. The rules stand in `definitions/leakage.py`."""

from typing import Any, Literal

import pandas as pd
from sqlalchemy import Select, Table, func, select

from liaison.access import Viewer
from liaison.facts.live import Live
from liaison.facts.rollups import destination_month, practice_month
from liaison.metrics.breakdown import Breakdown, Row, key_and_label
from liaison.metrics.counting import Question, asked_window, count, vintage_of
from liaison.metrics.definitions.leakage import leakage as definition
from liaison.metrics.figure import Coverage, Figure, Unit
from liaison.metrics.filters import COLUMN, Filters
from liaison.metrics.parts import destination_known, destination_unknown, every_referral, out_of_network, summed
from liaison.metrics.suppression import hide_small
from liaison.metrics.window import Window
from liaison.vocabulary import Audience, Vantage

By = Literal[
    "service_line", "practice", "practice_type", "territory", "organisation", "cause", "month", "payer", "priority"
]
OF_DESTINATION = ("organisation", "cause")  # kinds of destination: their rows share one denominator
PARTS = (out_of_network, destination_known, destination_unknown, every_referral)


def leakage(
    live: Live, viewer: Viewer, audience: Audience, filters: Filters, by: By | tuple[By, ...] | None = None
) -> Breakdown:
    """The share of known-destination referrals that left the network, in total and by one or two dimensions."""
    question = Question(live, viewer, filters)
    dimensions = (by,) if isinstance(by, str) else tuple(by or ())
    columns = ["month_id" if d == "month" else COLUMN[d] for d in dimensions]
    counted = count(question, lambda source: _statement(source, columns), _rollups(columns))
    window = asked_window(question, practice_month)
    seen = _one_vantage(counted)
    total = _figure(seen, window, seen)
    rows = (
        [_row(live, dimensions, columns, key, part, seen, window) for key, part in _groups(counted, columns)]
        if columns
        else []
    )
    rows.sort(key=lambda r: (-(r.figure.numerator or 0), -(r.figure.denominator or 0), r.label))
    found = Breakdown(
        by="+".join(dimensions) or None,
        total=total,
        rows=tuple(rows),
        window=window,
        vintage=total.vintage,
        coverage=total.coverage,
        notes=_notes(counted, seen),
    )
    return hide_small(found, audience)


def _rollups(columns: list[str]) -> list[Table]:
    """The rollups that hold the dimensions, the smaller first."""
    return [t for t in (practice_month, destination_month) if all(c in t.c for c in columns)]


def _statement(source: Any, columns: list[str]) -> Select[Any]:
    keys = [source.c[c] for c in columns] + [source.c.vantage]
    measures = [part.counted(source) for part in PARTS]
    return select(
        *keys, *measures, summed(source, "not_completed"), func.max(source.c.newest).label("newest")
    ).group_by(*keys)


def _one_vantage(counted: pd.DataFrame) -> pd.DataFrame:
    """Rows of the vantage that is counted: ordered where there is any, else claims. `received` is volume only."""
    for vantage in (Vantage.ordered, Vantage.claims):
        rows = counted[counted["vantage"] == vantage.value]
        if len(rows):
            return rows
    return counted.iloc[0:0]


def _groups(counted: pd.DataFrame, columns: list[str]) -> list[tuple[tuple[Any, ...], pd.DataFrame]]:
    return [(key if isinstance(key, tuple) else (key,), part) for key, part in counted.groupby(columns, sort=False)]


def _figure(rows: pd.DataFrame, window: Window | None, whole: pd.DataFrame) -> Figure:
    """`whole` gives the denominator: the rows themselves, or all of them for a kind of destination."""
    out, known = int(rows["out"].sum()), int(whole["known"].sum())
    unknown, volume = int(rows["unknown"].sum()), int(rows["referrals"].sum())
    return Figure(
        definition=definition.name,
        value=out / known if known else None,
        unit=Unit.share,
        window=window,
        numerator=out,
        denominator=known,
        coverage=Coverage(int(rows["known"].sum()), volume, "Destination known"),
        vintage=vintage_of(rows),
        beside={"unknown": unknown, "not_completed": int(rows["not_completed"].sum())},
    )


def _row(
    live: Live,
    dimensions: tuple[str, ...],
    columns: list[str],
    key: tuple[Any, ...],
    part: pd.DataFrame,
    seen: pd.DataFrame,
    window: Window | None,
) -> Row:
    own = seen.loc[seen.index.intersection(part.index)]
    shared = len(columns) == 1 and dimensions[0] in OF_DESTINATION
    figure = _figure(own, window, seen if shared else own)
    named = [key_and_label(live, d, k) for d, k in zip(dimensions, key, strict=True)]
    more: dict[str, Any] = {"observable": bool(len(own))} if "practice" in dimensions else {}
    if len(dimensions) > 1:
        more |= {d: k for d, (k, _) in zip(dimensions, named, strict=True)}
        more |= {f"{d}_label": label for d, (_, label) in zip(dimensions, named, strict=True)}
    return Row("|".join(k for k, _ in named), " · ".join(label for _, label in named), figure, more)


def _notes(counted: pd.DataFrame, seen: pd.DataFrame) -> tuple[str, ...]:
    """Which vantage was counted, and what was left aside for it."""
    if seen.empty:
        return (
            ("No referral here says where else it could have gone: leakage is not observable.",) if len(counted) else ()
        )
    used = str(seen["vantage"].iloc[0])
    others = counted[counted["vantage"] != used].groupby("vantage")["referrals"].sum()
    aside = [f"{int(n):,} of vantage {v}" for v, n in others.items()]
    return (f"Counted over referrals of vantage {used}." + (f" Left aside: {', '.join(aside)}." if aside else ""),)
