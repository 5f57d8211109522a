"""Where referrals are stuck: by service line, payer, practice or destination, with an interval and a smallest n."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

import pandas as pd
from sqlalchemy import BigInteger, Select, Table, and_, case, cast, func, select

from liaison.access import Viewer
from liaison.facts.live import Live
from liaison.facts.rollups import payer_stage_day, resolved, stage_day
from liaison.metrics.breakdown import Row, key_and_label
from liaison.metrics.counting import Question, count, open_window
from liaison.metrics.definitions.stuck import stuck_share as definition
from liaison.metrics.disclosure import Cell, Cells
from liaison.metrics.figure import Figure, Unit
from liaison.metrics.filters import COLUMN, Filters, honours, restricted
from liaison.metrics.hiding import Count
from liaison.metrics.intervals import share_interval
from liaison.metrics.stages import OPEN
from liaison.metrics.stuck import longer_than, now_asked
from liaison.metrics.suppression import hide, no_free_filters
from liaison.metrics.waiting import LOOP, is_open, last_stage, limits_table, stuck_after, waiting_days
from liaison.metrics.window import day
from liaison.vocabulary import Audience, Stage

By = Literal["service_line", "payer", "organisation", "practice"]
Limits = Mapping[tuple[str, str], int]  # (line, stage) -> days


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
    limits, column = longer_than(live, viewer), COLUMN[by]
    table = next((t for t in (stage_day, payer_stage_day) if column in t.c and _serves(t, question)), None)
    count_open = _open_of_rollup if table is not None else _open_of_rows
    counts = count_open(question, table if table is not None else resolved, column, limits, stage)
    created = _created(question, table, column)
    window, enough = open_window(Question(live, viewer, filters)), live.home.settings.small_n
    newest = max((c.newest for c in counts.values()), default=None)
    vintage = None if newest is None else day(newest)

    def figure(stuck: int, open_: int, made: int) -> Figure:
        return replace(_figure((stuck, open_, made), enough), window=window, vintage=vintage)

    rows = [
        Row(*key_and_label(live, by, key), figure(c.stuck, c.open, created.get(key, 0))) for key, c in counts.items()
    ]
    rows.sort(key=lambda r: (-(r.figure.numerator or 0), -(r.figure.denominator or 0), r.label))
    sums = sum(c.stuck for c in counts.values()), sum(c.open for c in counts.values()), sum(created.values())
    return hide(StuckBy(by, figure(*sums), tuple(rows), vintage, enough), audience)


def _figure(counts: Sequence[int], enough: int) -> Figure:
    stuck, open_, created = counts
    found = share_interval(stuck, open_) if open_ >= enough else None
    value = found.value if found else None
    low, high = (found.low, found.high) if found else (None, None)
    beside = {"created": created}
    return Figure(definition.name, value, Unit.share, None, stuck, open_, low=low, high=high, beside=beside)


@dataclass
class _Open:
    """What is open under one key."""

    stuck: int = 0
    open: int = 0
    newest: int = 0

    def add(self, stuck: int, open_: int, newest: int) -> None:
        self.stuck, self.open, self.newest = self.stuck + stuck, self.open + open_, max(self.newest, newest)


def _serves(table: Table, question: Question) -> bool:
    free = question.viewer.territories is None
    return honours(table, question.filters) and (free or "territory" in table.c)


def _open_of_rollup(
    question: Question, table: Table, column: str, limits: Limits, stage: str | None
) -> dict[str, _Open]:
    """Key -> what is open there, from a rollup of stages."""
    names = list(dict.fromkeys((column, "line", "stage", "days")))

    def statement(source: Any) -> Select[Any]:
        keys = [source.c[name] for name in names]
        waits = and_(
            source.c.outcome == OPEN, source.c.stage != LOOP.value if stage is None else source.c.stage == stage
        )
        sums: list[Any] = [_sum(source.c.rows, "rows"), func.max(source.c.newest).label("newest")]
        return select(*keys, *sums).where(waits).group_by(*keys)

    rows = count(question, statement, [table])
    found: defaultdict[str, _Open] = defaultdict(_Open)
    columns = [rows[name].tolist() for name in (column, "line", "stage", "days", "rows", "newest")]
    for key, line, at, days, n, newest in zip(*columns, strict=True):
        after = limits.get((line, at))
        found[key].add(n if after is not None and days > after else 0, n, newest)  # unknown days are NaN: not stuck
    return dict(found)


def _open_of_rows(question: Question, table: Table, column: str, limits: Limits, stage: str | None) -> dict[str, _Open]:
    """The same from the referrals themselves, added up by the engine: practices are many."""
    keys = [table.c[name] for name in dict.fromkeys((column, "line"))]
    waits = is_open() if stage is None else and_(is_open(), last_stage() == stage)
    each: Select[Any] = select(
        *keys, last_stage().label("stage"), waiting_days().label("days"), table.c.as_of.label("newest")
    ).where(waits)
    cut = restricted(each, table, question.filters, question.viewer, question.complete).subquery("waiting")
    lines = limits_table(limits)
    over = case((cut.c.days > stuck_after(lines, cut.c.stage), 1), else_=0)
    sums: list[Any] = [_sum(over, "stuck"), func.count().label("open"), func.max(cut.c.newest).label("newest")]
    joined = cut.outerjoin(lines, lines.c.line == cut.c.line)
    rows = question.live.frame(select(cut.c[column], *sums).select_from(joined).group_by(cut.c[column]))
    columns = [rows[name].tolist() for name in (column, "stuck", "open", "newest")]
    return {key: _Open(stuck, open_, newest) for key, stuck, open_, newest in zip(*columns, strict=True)}


def _created(question: Question, table: Table | None, column: str) -> dict[str, int]:
    """Key -> referrals created: the rows of the first stage."""

    def statement(source: Any) -> Select[Any]:
        rows = select(source.c[column], _sum(source.c.rows, "rows")).group_by(source.c[column])
        return rows if table is None else rows.where(source.c.stage == Stage.created.value)

    found = count(question, statement, [] if table is None else [table])
    return dict(zip(found[column].tolist(), found["rows"].tolist(), strict=True))


def _sum(what: Any, name: str) -> Any:
    return cast(func.sum(what), BigInteger).label(name)
