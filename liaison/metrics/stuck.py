"""Stuck: open referrals that have waited longer than nine of ten did before them."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import BigInteger, Select, and_, cast, false, func, or_, select

from liaison.access import Viewer
from liaison.facts.live import Live
from liaison.facts.rollups import LAST_EXACT_DAY
from liaison.metrics.breakdown import key_and_label
from liaison.metrics.counting import Question, open_window, stage_rows, vintage_of
from liaison.metrics.definitions.stuck import stuck as definition
from liaison.metrics.disclosure import Cell, Cells
from liaison.metrics.figure import Coverage, Figure, Unit
from liaison.metrics.filters import Filters
from liaison.metrics.hiding import Count
from liaison.metrics.stages import CLOSED, OPEN
from liaison.metrics.suppression import hide, no_free_filters
from liaison.metrics.survival import curve, kinds
from liaison.vocabulary import Audience, Stage

EVER = "9999-12"  # a count of what is open now asks for every month, also one that is not over
YEAR = 12


@dataclass(frozen=True)
class StuckRow:
    """One line and stage. `after_days`: longer than this is stuck; null where too few moved on to say."""

    key: str
    label: str
    stage: Stage
    stuck: int | None
    open: int | None
    after_days: int | None

    def as_json(self) -> dict[str, Any]:
        found = {"key": self.key, "label": self.label, "stage": self.stage.value, "stuck": self.stuck}
        found |= {"open": self.open, "after_days": self.after_days}
        return found | ({"suppressed": True} if self.stuck is None or self.open is None else {})


@dataclass(frozen=True)
class Stuck:
    """Rows by service line and stage, most stuck first; `total` is the figure of the Overview."""

    total: Figure
    rows: tuple[StuckRow, ...]
    vintage: date | None

    def as_json(self) -> dict[str, Any]:
        return {
            "vintage": self.vintage.isoformat() if self.vintage else None,
            "coverage": self.total.coverage.as_json() if self.total.coverage else None,
            "total": self.total.as_json(),
            "rows": [row.as_json() for row in self.rows],
        }

    def frame(self) -> pd.DataFrame:
        """key, label, stage: str; stuck, open, after_days: int or null."""
        columns = ["key", "label", "stage", "stuck", "open", "after_days"]
        return pd.DataFrame([row.as_json() for row in self.rows], columns=columns)

    def cells(self) -> Cells:
        cells = Cells()
        measures: dict[str, list[Cell]] = {"stuck": [], "waiting": [], "open": []}
        for row in self.rows:
            stuck, open_ = row.stuck or 0, row.open or 0
            at = {m: self._at(m, row) for m in measures}
            cells.show(at["stuck"], stuck)
            cells.show(at["open"], open_)
            cells.imply(at["waiting"], open_ - stuck)
            cells.add_up(at["open"], [at["stuck"], at["waiting"]])
            for measure, cell in at.items():
                measures[measure].append(cell)
        for measure, listed in measures.items():
            total = self._at(measure, None)
            cells.imply(total, sum(cells.counts[c] for c in listed))
            cells.add_up(total, listed)
        cells.published |= {self._at("stuck", None), self._at("open", None)}
        cells.add_up(self._at("open", None), [self._at("stuck", None), self._at("waiting", None)])
        return cells

    def _at(self, measure: str, row: StuckRow | None) -> Count:
        of = frozenset({("service_line", row.key), ("stage", row.stage.value)}) if row else frozenset[tuple[str, str]]()
        return Count(f"{measure} now", 0, 0, of)

    def without(self, hidden: frozenset[Cell]) -> "Stuck":
        def shown(measure: str, row: StuckRow | None, count: int | None) -> int | None:
            return None if self._at(measure, row) in hidden else count

        rows = [
            replace(r, stuck=shown("stuck", r, r.stuck), open=shown("open", r, r.open), after_days=r.after_days)
            for r in self.rows
        ]
        rows.sort(key=lambda r: (r.stuck is None, -(r.stuck or 0), r.label, list(Stage).index(r.stage)))
        stuck, open_ = shown("stuck", None, self.total.numerator), shown("open", None, self.total.denominator)
        gone = stuck is None or open_ is None
        total = replace(self.total, value=stuck, numerator=stuck, denominator=open_, coverage=None, suppressed=gone)
        return replace(self, total=total, rows=tuple(rows))


def stuck(live: Live, viewer: Viewer, audience: Audience, filters: Filters) -> Stuck:
    """Stuck referrals by line and stage, of all that are open; a window asked for keeps to those created in it."""
    no_free_filters(filters, audience)
    limits = longer_than(live, viewer)
    first, last = filters.months()
    asked = now_asked(live, viewer, filters)
    open_ = stage_rows(asked, _still_open)
    counted = _counted(live, open_, limits)
    now, of = sum(r.stuck or 0 for r in counted), sum(r.open or 0 for r in counted)
    judged = sum(r.open or 0 for r in counted if r.after_days is not None)
    total = Figure(
        definition.name,
        now,
        Unit.count,
        open_window(Question(live, viewer, filters)) if first is not None or last is not None else None,
        numerator=now,
        denominator=of,
        coverage=Coverage(judged, of, "Usual time in stage known"),
        vintage=vintage_of(open_),
    )
    return hide(Stuck(total, tuple(counted), total.vintage), audience)


def now_asked(live: Live, viewer: Viewer, filters: Filters) -> Question:
    """The question of what is open now: the months asked for, without a last one also those that are not over."""
    return Question(live, viewer, filters if filters.last is not None else replace(filters, last=EVER))


def _grouped(source: Any, *names: str) -> Select[Any]:
    keys = [source.c[name] for name in names]
    newest = func.max(source.c.newest).label("newest")
    return select(*keys, cast(func.sum(source.c.rows), BigInteger).label("rows"), newest).group_by(*keys)


def _year_before(source: Any, complete: dict[str, int]) -> Select[Any]:
    """Durations by line and stage, of each source's last twelve complete months."""
    months = source.c.month_id
    years = [and_(source.c.source == s, months > end - YEAR, months <= end) for s, end in complete.items()]
    return _grouped(source, "line", "stage", "outcome", "days").where(or_(false(), *years))


def _still_open(source: Any) -> Select[Any]:
    """Open referrals by line, stage and days; a loop that is closed is no stage to wait in."""
    waiting = and_(source.c.outcome == OPEN, source.c.stage != Stage.loop_closed.value)
    return _grouped(source, "line", "stage", "days").where(waiting)


def usual_limits(live: Live, viewer: Viewer) -> dict[tuple[str, str], int]:
    """(line, stage) -> the usual days, read once a version from everything in the viewer's scope.

    No filter cuts it: whether a referral is stuck must not depend on what else stands on the page.
    """
    if viewer.scope not in live.usual_days:
        everything = Question(live, viewer, Filters(last=EVER))
        complete = everything.complete
        live.usual_days[viewer.scope] = _limits(stage_rows(everything, lambda source: _year_before(source, complete)))
    return live.usual_days[viewer.scope]


def longer_than(live: Live, viewer: Viewer) -> dict[tuple[str, str], int]:
    """(line, stage) -> days: an open referral that has waited longer is stuck."""
    minimum = live.home.settings.stuck_minimum_days
    return {key: max(days, minimum - 1) for key, days in usual_limits(live, viewer).items()}


def _limits(recent: pd.DataFrame) -> dict[tuple[str, str], int]:
    """(line, stage) -> the 90th percentile of days, over referrals created in the year before."""
    timed = recent[recent["days"].notna() & (recent["outcome"] != CLOSED)]
    keys = pd.MultiIndex.from_frame(timed[["line", "stage"]])
    days, kind, rows = timed["days"].to_numpy(np.int64), kinds(timed["outcome"]), timed["rows"].to_numpy(np.int64)
    codes, groups = keys.factorize()
    found = {
        (str(line), str(stage)): curve(days[here], kind[here], rows[here]).quantile(0.9)
        for place, (line, stage) in enumerate(groups)
        if len(here := np.flatnonzero(codes == place))
    }
    # Beyond the last exact day nothing can be told apart any more.
    return {key: days for key, days in found.items() if days is not None and days <= LAST_EXACT_DAY}


def _counted(live: Live, open_: pd.DataFrame, limits: dict[tuple[str, str], int]) -> list[StuckRow]:
    rows = []
    for (line, stage), part in open_.groupby(["line", "stage"]):
        after = limits.get((str(line), str(stage)))
        waiting = 0 if after is None else int(part.loc[part["days"] > after, "rows"].sum())
        key, label = key_and_label(live, "service_line", line)
        rows.append(StuckRow(key, label, Stage(str(stage)), waiting, int(part["rows"].sum()), after))
    return sorted(rows, key=lambda r: (-(r.stuck or 0), r.label, list(Stage).index(r.stage)))
