"""Where referrals are stuck: by service line, payer, practice or destination, with an interval and a smallest n."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

import pandas as pd
from sqlalchemy import BigInteger, Select, Subquery, Table, and_, case, cast, func, select

from liaison.access import Viewer
from liaison.facts.live import Live
from liaison.facts.rollups import payer_stage_day, resolved, stage_day
from liaison.metrics.breakdown import Row, key_and_label
from liaison.metrics.counting import Question, asked_window, count, vintage_of
from liaison.metrics.definitions.stuck import stuck_share as definition
from liaison.metrics.disclosure import Cell, Cells
from liaison.metrics.figure import Figure, Unit
from liaison.metrics.filters import COLUMN, Filters, honours, restricted
from liaison.metrics.intervals import share_interval
from liaison.metrics.hiding import Count
from liaison.metrics.stages import OPEN
from liaison.metrics.stuck import longer_than, now_asked
from liaison.metrics.suppression import hide, no_free_filters
from liaison.metrics.waiting import LOOP, limits_table, of_limit, waiting_days, waiting_stage
from liaison.vocabulary import Audience, Stage

By = Literal["service_line", "payer", "organisation", "practice"]
MEASURES = ("stuck", "open", "created")


@dataclass(frozen=True)
class StuckBy:
    """Rows by one dimension, most stuck first; each figure is stuck of open; below `too_few` no share is said."""

    by: str
    total: Figure
    rows: tuple[Row, ...]
    vintage: date | None
    too_few: int

    def as_json(self) -> dict[str, Any]:
        return {
            "window": self.total.window.as_json() if self.total.window else None,
            "vintage": self.vintage.isoformat() if self.vintage else None,
            "by": self.by,
            "total": _figure_json(self.total, self.too_few),
            "rows": [{"key": r.key, "label": r.label, **_figure_json(r.figure, self.too_few)} for r in self.rows],
        }

    def frame(self) -> pd.DataFrame:
        """key, label: str; stuck, open, created: int; share, low, high: 0 to 1, null where too few; too_few: bool."""
        rows = self.as_json()["rows"]
        columns = ["key", "label", "stuck", "open", "share", "low", "high", "created", "too_few", "suppressed"]
        return pd.DataFrame(rows, columns=columns)

    def cells(self) -> Cells:
        cells = Cells()
        of = ("stuck", "waiting", "open")
        for row in (*self.rows, None):
            figure = row.figure if row else self.total
            stuck, open_ = figure.numerator or 0, figure.denominator or 0
            at = {m: self._at(m, row) for m in of}
            cells.show(at["stuck"], stuck)
            cells.show(at["open"], open_)
            cells.imply(at["waiting"], open_ - stuck)
            cells.add_up(at["open"], [at["stuck"], at["waiting"]])
        for measure in of:
            listed: list[Cell] = [self._at(measure, row) for row in self.rows]
            cells.add_up(self._at(measure, None), listed)
        return cells

    def _at(self, measure: str, row: Row | None) -> Count:
        return Count(f"{measure} now", 0, 0, frozenset({(self.by, row.key)}) if row else frozenset())

    def without(self, hidden: frozenset[Cell]) -> "StuckBy":
        def shown(figure: Figure, row: Row | None) -> Figure:
            stuck, open_ = self._at("stuck", row) in hidden, self._at("open", row) in hidden
            gone = stuck or open_
            return replace(
                figure,
                value=None if gone else figure.value,
                low=None if gone else figure.low,
                high=None if gone else figure.high,
                numerator=None if stuck else figure.numerator,
                denominator=None if open_ else figure.denominator,
                beside={"created": None},  # another population, which other tables show or hide
                suppressed=gone,
            )

        rows = [replace(r, figure=shown(r.figure, r)) for r in self.rows]
        rows.sort(key=lambda r: (r.figure.numerator is None, -(r.figure.numerator or 0), r.label))
        return replace(self, total=shown(self.total, None), rows=tuple(rows))


def _figure_json(figure: Figure, enough: int) -> dict[str, Any]:
    found = {"stuck": figure.numerator, "open": figure.denominator, "share": figure.value}
    found |= {"low": figure.low, "high": figure.high, **figure.beside}
    # Too few is said of what is seen; a hidden row says that it is hidden.
    found["too_few"] = bool(figure.denominator is not None and figure.denominator < enough)
    return found | ({"suppressed": True} if figure.suppressed else {})


def stuck_by(
    live: Live, viewer: Viewer, audience: Audience, filters: Filters, by: By, stage: str | None = None
) -> StuckBy:
    """Stuck of open referrals for each of `by`; `stage` keeps to those that are open in one stage.

    Lines and payers come from rollups; practices and destinations from the referrals themselves, which is slower.
    """
    no_free_filters(filters, audience)
    question = now_asked(live, viewer, filters)
    counted = _counted(question, COLUMN[by], limits_table(longer_than(live, viewer)), stage)
    window = asked_window(Question(live, viewer, filters))
    vintage, enough = vintage_of(counted), live.home.settings.small_n
    total = _figure([int(counted[m].sum()) for m in MEASURES], enough)
    rows = []
    for key, *counts in counted[[COLUMN[by], *MEASURES]].itertuples(index=False):
        if counts[1]:
            rows.append(Row(*key_and_label(live, by, key), _figure([int(n) for n in counts], enough)))
    rows.sort(key=lambda r: (-(r.figure.numerator or 0), -(r.figure.denominator or 0), r.label))
    papers = {"window": window, "vintage": vintage}
    rows = [replace(r, figure=replace(r.figure, **papers)) for r in rows]
    return hide(StuckBy(by, replace(total, **papers), tuple(rows), vintage, enough), audience)


def _figure(counts: Sequence[int], enough: int) -> Figure:
    stuck, open_, created = counts
    found = share_interval(stuck, open_) if open_ >= enough else None
    value = found.value if found else None
    low, high = (found.low, found.high) if found else (None, None)
    beside = {"created": created}
    return Figure(definition.name, value, Unit.share, None, stuck, open_, low=low, high=high, beside=beside)


def _counted(question: Question, column: str, limits: Subquery, stage: str | None) -> pd.DataFrame:
    """column, stuck, open, created, newest: from a rollup that holds the column, else from resolved rows."""
    rollups = [t for t in (stage_day, payer_stage_day) if column in t.c and _serves(t, question)]
    if rollups:
        return count(question, lambda source: _of_stages(source, column, limits, stage), rollups)
    live = question.live
    keys = [resolved.c[c] for c in dict.fromkeys((column, "line"))]
    days = waiting_days().label("days")
    rows = select(*keys, waiting_stage().label("stage"), days, resolved.c.as_of.label("newest"))
    cut = restricted(rows, resolved, question.filters, question.viewer, question.complete).subquery("referrals")
    waits = cut.c.stage.is_not(None) if stage is None else cut.c.stage == stage
    joined = cut.outerjoin(limits, of_limit(limits, cut))
    measures = [
        _sum(and_(waits, cut.c.days > limits.c.after), 1, "stuck"),
        _sum(waits, 1, "open"),
        func.count().label("created"),
        func.max(cut.c.newest).label("newest"),
    ]
    return live.frame(select(cut.c[column], *measures).select_from(joined).group_by(cut.c[column]))


def _serves(table: Table, question: Question) -> bool:
    free = question.viewer.territories is None
    return honours(table, question.filters) and (free or "territory" in table.c)


def _of_stages(source: Any, column: str, limits: Subquery, stage: str | None) -> Select[Any]:
    """The same from rows by stage: created are the rows of the first stage."""
    c = source.c
    waits = and_(c.outcome == OPEN, c.stage != LOOP.value if stage is None else c.stage == stage)
    measures = [
        _sum(and_(waits, c.days > limits.c.after), c.rows, "stuck"),
        _sum(waits, c.rows, "open"),
        _sum(c.stage == Stage.created.value, c.rows, "created"),
        func.max(c.newest).label("newest"),
    ]
    joined = source.outerjoin(limits, of_limit(limits, source))
    return select(c[column], *measures).select_from(joined).group_by(c[column])


def _sum(condition: Any, what: Any, name: str) -> Any:
    return cast(func.sum(case((condition, what), else_=0)), BigInteger).label(name)
