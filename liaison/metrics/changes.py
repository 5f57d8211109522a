"""What changed since last month: the months compared, the practices that moved, what is stuck, in sentences."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from liaison.access import Viewer
from liaison.facts.live import Live
from liaison.metrics.breakdown import key_and_label
from liaison.metrics.counting import Question
from liaison.metrics.definitions.change import change as definition
from liaison.metrics.figure import Coverage, date_words, papers_as_json
from liaison.metrics.filters import Filters
from liaison.metrics.findings.changes import Change, Kind, Pair, headline, in_order, spread_of, what_moved
from liaison.metrics.findings.movements import who_moved
from liaison.metrics.findings.overview import stuck_change
from liaison.metrics.leakage import COVERAGE
from liaison.metrics.monthly import Counts, Monthly, added, monthly
from liaison.metrics.movements import Movements, inside_only, last_month, movements
from liaison.metrics.panel import BEFORE_NEW, RECENT
from liaison.metrics.stuck import Stuck, stuck
from liaison.metrics.window import Window, day
from liaison.vocabulary import Audience, month_text, month_words

LAGS = (1, 12)


@dataclass(frozen=True)
class Changes:
    """Sentences about one complete month, what matters most first. `vintage`, `coverage`: of that month."""

    definitions: ClassVar = (definition.name,)

    month: int | None
    said: tuple[Change, ...]
    vintage: date | None
    coverage: Coverage | None
    notes: tuple[str, ...]

    @property
    def headline(self) -> str:
        return headline(self.said, self.month)

    def of_line(self, key: str) -> list[Change]:
        """What is said of one service line."""
        return [c for c in self.said if c.line and c.line[0] == key]

    def of_all(self) -> list[Change]:
        """What is said of volume, leakage and unknown destinations of all referrals."""
        return [c for c in self.said if c.line is None and c.kind in (Kind.volume, Kind.leakage, Kind.unknown)]

    def as_json(self) -> dict[str, Any]:
        window = Window(self.month, self.month) if self.month is not None else None
        rows = [
            {k: month_text(v) if k in ("month", "against") else v for k, v in change.as_json().items()}
            for change in self.said
        ]
        papers = papers_as_json(window, self.vintage, self.coverage)
        return {**papers, "headline": self.headline, "rows": rows, "notes": list(self.notes)}

    def as_text(self) -> str:
        """The sentences, a line each, then what could not be told."""
        window = f" in {month_words(self.month)}" if self.month is not None else ""
        papers = [f"Extract of {date_words(self.vintage)}."] if self.vintage else []
        papers += [f"{self.coverage}."] if self.coverage and self.coverage.share is not None else []
        said = [change.says for change in self.said] or [f"{self.headline}."]
        return "\n".join([f"What changed{window}", "", *said, "", *papers, *self.notes])


def changes(live: Live, viewer: Viewer, audience: Audience, filters: Filters) -> Changes:
    """Of the window's last month where it is complete, else of the last complete one before."""
    inside_only(audience, "What changed")
    question = Question(live, viewer, filters)
    counted = monthly(live, viewer, audience, filters)
    return told(question, counted, movements(live, viewer, audience, filters), stuck(live, viewer, audience, filters))


def told(question: Question, counted: Monthly, moved: Movements, waiting: Stuck) -> Changes:
    """The sentences, from what was counted."""
    month = last_month(question)
    if month is None:
        return Changes(None, (), None, None, ())
    pairs = [pair for lag in LAGS for pair in _pairs(question.live, counted, month, month - lag)]
    found = [*what_moved(pairs), *who_moved(moved)]
    if (state := stuck_change(waiting)) is not None:
        found.append(state)
    seen = added(counted.lines(frozenset(counted.spans), (month,))).get(month, Counts())
    rows = counted.rows[counted.rows["month_id"] == month]
    vintage = day(int(rows["newest"].max())) if len(rows) else None
    coverage = Coverage(seen.known, seen.known + seen.unknown, COVERAGE)
    return Changes(month, tuple(in_order(found)), vintage, coverage, tuple(_notes(counted, moved, month, pairs)))


def _pairs(live: Live, counted: Monthly, month: int, against: int) -> Iterator[Pair]:
    """All referrals, then every line, in both months; nothing where no source has seen both whole."""
    sources = counted.whole(month, against)
    if not sources:
        return
    begins = max(counted.spans[s].first for s in sources)
    lines = counted.lines(sources, (month, against))
    every = added(lines)
    if month not in every and against not in every:
        return
    yield _pair(None, every, month, against, begins)
    if len(lines) > 1:  # a single line is all there is
        for line in sorted(lines):
            yield _pair(key_and_label(live, "service_line", line), lines[line], month, against, begins)


def _pair(line: tuple[str, str] | None, months: dict[int, Counts], month: int, against: int, begins: int) -> Pair:
    now, before = (months.get(m, Counts()) for m in (month, against))
    return Pair(line, month, against, now, before, _spread(months, month, month - against, begins))


def _spread(months: dict[int, Counts], month: int, lag: int, begins: int) -> float:
    """How much pairs of months as far apart varied in the year before; where they are too few, the next months to
    each other.
    """
    for apart in sorted({lag, 1}, reverse=True):
        ends = [m for m in range(month - 12, month) if m - apart > begins]
        pairs = [(months.get(m - apart, Counts()).referrals, months.get(m, Counts()).referrals) for m in ends]
        if (spread := spread_of(pairs)) is not None:
            return spread
    return 1.0


def _notes(counted: Monthly, moved: Movements, month: int, pairs: list[Pair]) -> Iterator[str]:
    """What could not be told, and why."""
    if not pairs:
        yield f"There is no month to hold {month_words(month)} against yet: the first of a source may not be whole."
    elif all(pair.against == month - 1 for pair in pairs):
        yield f"No source reaches back beyond {month_words(month - 12)}: nothing is held against the year before."
    partly = {s for lag in LAGS for s in counted.spans if s not in counted.whole(month, month - lag)}
    if pairs and partly:
        yield f"Not in every comparison, for want of whole months: {', '.join(sorted(partly))}."
    if moved.late:
        yield f"Late, so that nobody who refers through it is called lapsed: {', '.join(moved.late)}."
    if moved.window and moved.reach < RECENT + BEFORE_NEW:
        held = f"The data hold {moved.reach} complete months"
        yield f"{held}: a practice can be called new from {RECENT + BEFORE_NEW} on."
