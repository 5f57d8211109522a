"""Volume: how many referrals were created, month by month. All vantages count, each referral once."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Select, Table, func, select

from liaison.access import Viewer
from liaison.facts.live import Live
from liaison.facts.rollups import destination_month, group_destination_month, practice_month
from liaison.metrics.breakdown import key_and_label
from liaison.metrics.counting import Question, asked_window, count, vintage_of
from liaison.metrics.definitions.volume import volume as definition
from liaison.metrics.disclosure import Cell, Cells
from liaison.metrics.figure import Coverage, Figure, Unit, papers_as_json
from liaison.metrics.filters import COLUMN, Filters
from liaison.metrics.hiding import Count, months_of
from liaison.metrics.parts import destination_known, every_referral
from liaison.metrics.suppression import hide, no_free_filters
from liaison.metrics.window import Window
from liaison.vocabulary import Audience, month_text

ALL, ALL_LABEL = "(all)", "All referrals"
MEASURES = (every_referral, destination_known)


@dataclass(frozen=True)
class VolumeRow:
    """Referrals of one group in one month; null where hidden."""

    key: str
    label: str
    month: int  # month_id
    referrals: int | None

    def as_json(self) -> dict[str, Any]:
        found = {"key": self.key, "label": self.label, "month": month_text(self.month), "referrals": self.referrals}
        return found | ({"suppressed": True} if self.referrals is None else {})


@dataclass(frozen=True)
class Volume:
    """Rows by group and month; a month without referrals has no row. `total` counts them all."""

    by: str | None
    total: Figure
    rows: tuple[VolumeRow, ...]
    window: Window | None
    vintage: date | None
    coverage: Coverage | None

    def as_json(self) -> dict[str, Any]:
        return {
            **papers_as_json(self.window, self.vintage, self.coverage),
            "by": self.by,
            "total": self.total.value,
            "rows": [row.as_json() for row in self.rows],
        }

    def frame(self) -> pd.DataFrame:
        """key, label: str; month: month_id; referrals: int or null where hidden."""
        columns = ["key", "label", "month", "referrals"]
        return pd.DataFrame([[r.key, r.label, r.month, r.referrals] for r in self.rows], columns=columns)

    def cells(self) -> Cells:
        cells = Cells()
        for row in self.rows:
            cells.show(self._of(row), row.referrals or 0)
        total, known = self._whole("referrals"), self._whole("known of all")
        cells.show(total, int(self.total.value or 0))
        cells.add_up(total, [self._of(row) for row in self.rows])
        if self.coverage:
            cells.show(known, self.coverage.known)
            cells.imply(self._whole("unknown of all"), self.coverage.of - self.coverage.known)
            cells.add_up(total, [known, self._whole("unknown of all")])
        return cells

    def _whole(self, measure: str) -> Count:
        return Count(measure, *months_of(self.window))

    def _of(self, row: VolumeRow) -> Count:
        of = frozenset({(self.by, row.key)}) if self.by else frozenset[tuple[str, str]]()
        return Count("referrals", row.month, row.month, of)

    def without(self, hidden: frozenset[Cell]) -> "Volume":
        rows = tuple(replace(r, referrals=None) if self._of(r) in hidden else r for r in self.rows)
        gone = self._whole("referrals") in hidden
        total = replace(self.total, value=None, suppressed=True) if gone else self.total
        coverage = None if gone or self._whole("known of all") in hidden else self.coverage
        return replace(self, rows=rows, total=replace(total, coverage=coverage), coverage=coverage)


def volume(live: Live, viewer: Viewer, audience: Audience, filters: Filters, by: str | None = None) -> Volume:
    """Referrals by month, in all or by one dimension (a name of `filters.COLUMN`)."""
    no_free_filters(filters, audience)
    question = Question(live, viewer, filters)
    column = COLUMN[by] if by else None
    counted = count(question, lambda source: _statement(source, column), _rollups(column))
    window = asked_window(question)
    referrals = int(counted["referrals"].sum())
    coverage = Coverage(int(counted["known"].sum()), referrals, "Destination known")
    vintage = vintage_of(counted)
    total = Figure(definition.name, referrals, Unit.count, window, coverage=coverage, vintage=vintage)
    rows = _rows(live, by, column, counted)
    return hide(Volume(by, total, tuple(rows), window, vintage, coverage), audience)


def _rollups(column: str | None) -> list[Table]:
    return [t for t in (practice_month, group_destination_month, destination_month) if column is None or column in t.c]


def _statement(source: Any, column: str | None) -> Select[Any]:
    keys = [source.c.month_id] + ([source.c[column]] if column else [])
    measures = [part.counted(source) for part in MEASURES]
    return select(*keys, *measures, func.max(source.c.newest).label("newest")).group_by(*keys)


def _rows(live: Live, by: str | None, column: str | None, counted: pd.DataFrame) -> list[VolumeRow]:
    """The largest group first, its months in order."""
    if by is None or column is None:
        found = zip(counted["month_id"], counted["referrals"], strict=True)
        return [VolumeRow(ALL, ALL_LABEL, int(m), int(n)) for m, n in sorted(found)]
    size = counted.groupby(column)["referrals"].sum()
    rows: list[VolumeRow] = []
    for stored in sorted(size.index, key=lambda k: (-int(size[k]), str(k))):
        key, label = key_and_label(live, by, stored)
        own = counted[counted[column] == stored].sort_values("month_id")
        rows += [VolumeRow(key, label, int(m), int(n)) for m, n in zip(own["month_id"], own["referrals"], strict=True)]
    return rows
