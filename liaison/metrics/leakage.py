"""Leakage: who loses what to whom, and why. The rules stand in `definitions/leakage.py`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Literal, NamedTuple

import pandas as pd
from sqlalchemy import Select, Table, func, select

from liaison.access import Viewer
from liaison.facts.live import Live
from liaison.facts.rollups import destination_month, group_destination_month, practice_month
from liaison.metrics.breakdown import Breakdown, Row, key_and_label
from liaison.metrics.counting import Question, asked_window, count
from liaison.metrics.definitions.leakage import leakage as definition
from liaison.metrics.definitions.shares import cause_share, organisation_share
from liaison.metrics.figure import Coverage, Figure, Unit
from liaison.metrics.filters import COLUMN, Filters
from liaison.metrics.parts import destination_known, destination_unknown, every_referral, out_of_network, summed
from liaison.metrics.suppression import hide_small, no_free_filters
from liaison.metrics.window import Window, day
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
COVERAGE = "Destination known"
PARTS = (out_of_network, destination_known, destination_unknown, every_referral)


class Sums(NamedTuple):
    """Referrals of one group; `known` are those that went in or out."""

    out: int = 0
    known: int = 0
    unknown: int = 0
    referrals: int = 0
    not_completed: int = 0


@dataclass(frozen=True)
class Seen:
    """What one vantage saw. `groups` has every key there is; None where this vantage saw nothing of it.

    `aside`: vantage -> referrals that were not counted. Plain values: a page asks for several, and frames of a hundred
    rows cost more to add up than to count.
    """

    vantage: str | None
    groups: dict[tuple[Any, ...], Sums | None]
    total: Sums
    newest: date | None
    aside: dict[str, int]


def leakage(
    live: Live, viewer: Viewer, audience: Audience, filters: Filters, by: By | tuple[By, ...] | None = None
) -> Breakdown:
    """The share of known-destination referrals that left the network, in total and by one or two dimensions."""
    no_free_filters(filters, audience)
    question = Question(live, viewer, filters)
    dimensions = (by,) if isinstance(by, str) else tuple(by or ())
    columns = ["month_id" if d == "month" else COLUMN[d] for d in dimensions]
    counted = count(question, lambda source: statement(source, columns), _rollups(columns))
    return hide_small(broken_down(question, dimensions, seen_of(counted, columns), audience), audience)


def _rollups(columns: list[str]) -> list[Table]:
    """The rollups that hold the dimensions, the smaller first."""
    return [t for t in (practice_month, group_destination_month, destination_month) if all(c in t.c for c in columns)]


def statement(source: Any, columns: Sequence[str]) -> Select[Any]:
    """Every part of leakage by these columns and by vantage; of a rollup built once, which takes longer than to ask."""
    return _rollup_statement(source, tuple(columns)) if isinstance(source, Table) else _built(source, columns)


@lru_cache(maxsize=64)
def _rollup_statement(source: Table, columns: tuple[str, ...]) -> Select[Any]:
    return _built(source, columns)


def _built(source: Any, columns: Sequence[str]) -> Select[Any]:
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


def seen_of(counted: pd.DataFrame, columns: Sequence[str]) -> Seen:
    """The rows of `statement` by these columns: those of the vantage that is counted."""
    held = {str(name): counted[name].tolist() for name in counted.columns}
    vantages = held["vantage"]
    used = next((v.value for v in (Vantage.ordered, Vantage.claims) if v.value in vantages), None)
    keys = list(zip(*(held[c] for c in columns), strict=True)) if columns else [()] * len(vantages)
    measures = map(Sums, *(held[name] for name in Sums._fields))
    groups: dict[tuple[Any, ...], Sums | None] = dict.fromkeys(keys)
    kept, newest, aside = list[Sums](), 0, dict[str, int]()
    for key, vantage, sums, extract in zip(keys, vantages, measures, held["newest"], strict=True):
        if vantage == used:
            groups[key] = sums
            kept.append(sums)
            newest = max(newest, extract)
        else:
            aside[vantage] = aside.get(vantage, 0) + sums.referrals
    total = Sums(*map(sum, zip(*kept, strict=True)))
    return Seen(used, groups, total, day(newest) if kept else None, aside)


def broken_down(question: Question, dimensions: tuple[str, ...], seen: Seen, audience: Audience) -> Breakdown:
    """Counted groups as figures, those that lose most first; nothing is hidden yet."""
    window = asked_window(question)
    total = _figure(definition.name, seen.total, window, seen)
    rows = _rows(question.live, dimensions, seen, window) if dimensions else []
    rows.sort(key=lambda r: (-(r.figure.numerator or 0), -(r.figure.denominator or 0), r.label))
    return Breakdown(
        by="+".join(dimensions) or None,
        total=total,
        rows=tuple(rows),
        window=window,
        vintage=total.vintage,
        coverage=total.coverage,
        notes=_notes(seen, audience),
    )


def _figure(name: str, sums: Sums, window: Window | None, seen: Seen, known: int | None = None) -> Figure:
    """`known` is the shared denominator of a kind of destination."""
    of = sums.known if known is None else known
    return Figure(
        definition=name,
        value=sums.out / of if of else None,
        unit=Unit.share,
        window=window,
        numerator=sums.out,
        denominator=of,
        coverage=Coverage(sums.known, sums.referrals, COVERAGE),
        vintage=seen.newest,
        beside={"unknown": sums.unknown, "not_completed": sums.not_completed},
    )


def _rows(live: Live, dimensions: tuple[str, ...], seen: Seen, window: Window | None) -> list[Row]:
    """A row for every group there is; one that is not seen from the vantage counted has denominator 0."""
    shared = len(dimensions) == 1 and dimensions[0] in OF_DESTINATION
    name = OF_DESTINATION[dimensions[0]].name if shared else definition.name
    named = [{k: key_and_label(live, d, k) for k in {g[i] for g in seen.groups}} for i, d in enumerate(dimensions)]
    rows = []
    for group in sorted(seen.groups):
        sums = seen.groups[group]
        figure = _figure(name, sums or Sums(), window, seen, seen.total.known if shared else None)
        parts = [of[key] for of, key in zip(named, group, strict=True)]
        more: dict[str, Any] = {"observable": sums is not None} if "practice" in dimensions else {}
        if len(dimensions) > 1:
            more |= {d: key for d, (key, _) in zip(dimensions, parts, strict=True)}
            more |= {f"{d}_label": label for d, (_, label) in zip(dimensions, parts, strict=True)}
        rows.append(Row("|".join(k for k, _ in parts), " \u00b7 ".join(label for _, label in parts), figure, more))
    return rows


def _notes(seen: Seen, audience: Audience) -> tuple[str, ...]:
    """Which vantage was counted, and what was left aside for it."""
    if seen.vantage is None:
        blind = "No referral here says where else it could have gone: leakage is not observable."
        return (blind,) if seen.groups else ()
    # Outside the team a count that no table holds could give a hidden one away.
    aside = [
        f"{n:,} of vantage {v}" if audience is Audience.inside else f"vantage {v}"
        for v, n in sorted(seen.aside.items())
    ]
    return (
        f"Counted over referrals of vantage {seen.vantage}." + (f" Left aside: {', '.join(aside)}." if aside else ""),
    )
