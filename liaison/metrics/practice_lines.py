"""One practice by service line: half a year beside the same months before, what left, which lines began or stopped."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select

from liaison.access import Viewer
from liaison.facts.live import Live
from liaison.facts.rollups import practice_month
from liaison.metrics.breakdown import key_and_label
from liaison.metrics.counting import Question, asked_window, count, vintage_of
from liaison.metrics.filters import Filters
from liaison.metrics.leakage import one_vantage
from liaison.metrics.movements import REACH, inside_only, last_month, reach_of, replace_months
from liaison.metrics.panel import Movement, moved, sent
from liaison.metrics.parts import destination_known, every_referral, out_of_network
from liaison.metrics.window import Window
from liaison.vocabulary import NONE, Audience, month_text

HALF, YEAR = 6, 12  # months that are added up, and how far apart the two sums lie


@dataclass(frozen=True)
class LineOfPractice:
    """Referrals of every vantage. `now`, `before`: of the two windows (`before` is None without one); `recent`: of the
    last three complete months; `year`: of the twelve before those. `out` of `known`: of the last twelve complete
    months, in the one vantage that leakage is counted over.
    """

    key: str
    label: str
    now: int
    before: int | None
    movement: Movement
    recent: int
    year: int
    known: int
    out: int

    def as_json(self) -> dict[str, Any]:
        return {**self.__dict__, "movement": self.movement.value}


@dataclass(frozen=True)
class PracticeLines:
    """`rows`: lines with a referral in either window or the year, most first. `before`: the same months of the year
    before, else the six months before; None where the data hold neither whole.
    """

    window: Window | None
    before: Window | None
    rows: tuple[LineOfPractice, ...] = ()
    vintage: date | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "window": self.window.as_json() if self.window else None,
            "before": self.before.as_json() if self.before else None,
            "vintage": self.vintage.isoformat() if self.vintage else None,
            "rows": [row.as_json() for row in self.rows],
        }


def practice_lines(live: Live, viewer: Viewer, audience: Audience, filters: Filters) -> PracticeLines:
    """The lines of `filters.practice` (ValueError without one), up to the last complete month; inside the team only."""
    inside_only(audience, "What one practice sends by line")
    if filters.practice is None:
        raise ValueError("lines are told of one practice")
    question = Question(live, viewer, Filters(practice=filters.practice))
    whole, last = asked_window(question), last_month(question)
    if whole is None or last is None:
        return PracticeLines(None, None)
    now = Window(last - HALF + 1, last)
    before = _before(now, whole)
    asked = replace_months(question, month_text(last - REACH + 1), None)
    counted = count(asked, _statement, [practice_month])
    late = {source for source, until in question.complete.items() if until < last}
    found, left = [], _left(counted, Window(last - YEAR + 1, last))
    for key, by_source in _by_line(counted).items():
        months = _added(by_source)
        held = sent({last - month + 1: n for month, n in months.items()})
        reach = min((reach_of(question, s, last) for s, own in by_source.items() if _any(own, last)), default=0)
        silent = any(s in late and own for s, own in by_source.items())
        named = ("", "No service line") if key == NONE else key_and_label(live, "service_line", key)
        then = None if before is None else _inside(months, before)
        movement = moved(held, reach, silent=silent)
        known, out = left.get(key, (0, 0))
        sums = (held.recent, held.year, known, out)
        found.append(LineOfPractice(*named, _inside(months, now), then, movement, *sums))
    rows = [row for row in found if row.now or row.before or row.year]
    rows.sort(key=lambda row: (-max(row.now, row.before or 0), row.label))
    return PracticeLines(now, before, tuple(rows), vintage_of(counted))


def _before(now: Window, whole: Window) -> Window | None:
    """The same months a year before know the season; where the data begin later, the six before."""
    for apart in (YEAR, HALF):
        if now.first - apart >= whole.first:
            return Window(now.first - apart, now.last - apart)
    return None


def _statement(source: Any) -> Select[Any]:
    keys = [source.c.line, source.c.source, source.c.vantage, source.c.month_id]
    measures = [part.counted(source) for part in (every_referral, destination_known, out_of_network)]
    return select(*keys, *measures, func.max(source.c.newest).label("newest")).group_by(*keys)


def _by_line(counted: Any) -> dict[str, dict[str, dict[int, int]]]:
    """Line -> source -> month id -> referrals."""
    found: dict[str, dict[str, dict[int, int]]] = {}
    columns = (counted[name].tolist() for name in ("line", "source", "month_id", "referrals"))
    for line, source, month, referrals in zip(*columns, strict=True):
        own = found.setdefault(str(line), {}).setdefault(str(source), {})
        own[int(month)] = own.get(int(month), 0) + int(referrals)  # of every vantage
    return found


def _left(counted: Any, window: Window) -> dict[str, tuple[int, int]]:
    """Line -> (known, out) of a window."""
    year = counted[counted["month_id"].between(window.first, window.last)]
    sums = one_vantage(year).groupby("line")[["known", "out"]].sum()
    return {str(line): (int(known), int(out)) for line, known, out in sums.itertuples()}


def _added(by_source: Mapping[str, Mapping[int, int]]) -> dict[int, int]:
    months: dict[int, int] = {}
    for own in by_source.values():
        for month, n in own.items():
            months[month] = months.get(month, 0) + n
    return months


def _inside(months: Mapping[int, int], window: Window) -> int:
    return sum(n for month, n in months.items() if window.first <= month <= window.last)


def _any(own: Mapping[int, int], last: int) -> bool:
    """Whether a source saw anything in the last three months."""
    return any(month > last - 3 for month in own)
