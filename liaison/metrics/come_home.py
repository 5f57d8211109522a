"""What could come home, practice by practice. The rules stand in `definitions/come_home.py`."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, ClassVar

import pandas as pd

from liaison.access import Viewer
from liaison.facts.live import Live
from liaison.facts.rollups import practice_month
from liaison.metrics.breakdown import Breakdown, key_and_label
from liaison.metrics.counting import Question, asked_window, count
from liaison.metrics.definitions.come_home import could_come_home as definition
from liaison.metrics.disclosure import Cell, Cells
from liaison.metrics.figure import Figure, Unit, papers_as_json
from liaison.metrics.filters import Filters, stored_value
from liaison.metrics.hiding import Count, months_of
from liaison.metrics.leakage import seen_of, statement
from liaison.metrics.suppression import hide, no_free_filters
from liaison.metrics.window import Window
from liaison.vocabulary import NONE, Audience

BOUND = "An upper bound, not a forecast: distance, insurance, waiting times and choice keep some away."


@dataclass(frozen=True)
class Homeward:
    """One practice. `could`: referrals that could come home, of `outside` that left, of `known` destinations.

    `main_line`: id and label of the line in which most of them went, first by label among equals.
    """

    key: str
    label: str
    could: int | None
    outside: int | None
    known: int | None
    main_line: tuple[str, str] | None = None
    suppressed: bool = False

    @property
    def share(self) -> float | None:
        return self.could / self.outside if self.could is not None and self.outside else None

    @property
    def leakage(self) -> float | None:
        return self.outside / self.known if self.outside is not None and self.known else None

    def as_json(self) -> dict[str, Any]:
        found: dict[str, Any] = {"key": self.key, "label": self.label, "could_come_home": self.could}
        found |= {"outside": self.outside, "value": self.share, "known": self.known, "leakage": self.leakage}
        found |= {"main_line": self.main_line[0] if self.main_line else None}
        return found | ({"suppressed": True} if self.suppressed else {})


@dataclass(frozen=True)
class CouldComeHome:
    """Practices that sent something outside, those with most to win first; `lines`: id and label of those we take."""

    definitions: ClassVar = (definition.name,)

    total: Homeward
    rows: tuple[Homeward, ...]
    lines: tuple[tuple[str, str], ...]
    window: Window | None
    vintage: date | None
    notes: tuple[str, ...] = (BOUND,)

    @property
    def figure(self) -> Figure:
        """The total, with its papers."""
        return Figure(
            definition.name,
            self.total.share,
            Unit.share,
            self.window,
            self.total.could,
            self.total.outside,
            vintage=self.vintage,
            suppressed=self.total.suppressed,
        )

    def as_json(self) -> dict[str, Any]:
        total = {k: v for k, v in self.total.as_json().items() if k in ("could_come_home", "outside", "value")}
        return {
            **papers_as_json(self.window, self.vintage, None),
            "total": total | ({"suppressed": True} if self.total.suppressed else {}),
            "lines": [{"key": key, "label": label} for key, label in self.lines],
            "rows": [row.as_json() for row in self.rows],
            "notes": list(self.notes),
        }

    def cells(self) -> Cells:
        """outside = could + the rest, known = outside + kept; rows add up to the total."""
        cells = Cells()
        for row in (self.total, *self.rows):
            could, outside = row.could or 0, row.outside or 0
            at = {measure: self._at(measure, row) for measure in ("home", "away", "out", "known", "kept")}
            cells.show(at["home"], could)
            cells.show(at["out"], outside)
            cells.imply(at["away"], outside - could)
            cells.add_up(at["out"], [at["home"], at["away"]])
            if row.known is not None:
                cells.show(at["known"], row.known)
                cells.imply(at["kept"], row.known - outside)
                cells.add_up(at["known"], [at["out"], at["kept"]])
        for measure in ("home", "away", "out"):
            cells.add_up(self._at(measure, self.total), [self._at(measure, row) for row in self.rows])
        return cells

    def _at(self, measure: str, row: Homeward) -> Count:
        of = frozenset({("practice", row.key)}) if row.key else frozenset()
        return Count(measure, *months_of(self.window), of)

    def without(self, hidden: frozenset[Cell]) -> "CouldComeHome":
        rows = [self._shown(row, hidden) for row in self.rows]
        # The order of hidden rows would tell how large they are.
        rows.sort(key=lambda r: (r.could is None, -(r.could or 0), r.label, r.key))
        return replace(self, total=self._shown(self.total, hidden), rows=tuple(rows))

    def _shown(self, row: Homeward, hidden: frozenset[Cell]) -> Homeward:
        could = None if {self._at("home", row), self._at("away", row)} & hidden else row.could
        outside = None if self._at("out", row) in hidden else row.outside
        known = None if {self._at("known", row), self._at("kept", row)} & hidden else row.known
        gone = (could, outside, known) != (row.could, row.outside, row.known)
        # Which line is the largest says how the lines of a practice compare, and no table gives their counts.
        return replace(row, could=could, outside=outside, known=known, main_line=None, suppressed=gone)


def come_home(
    live: Live, viewer: Viewer, audience: Audience, filters: Filters, known: frozenset[str] | None = None
) -> CouldComeHome:
    """Of what each practice sent out of network, how much went in lines that our own organisations take.

    `known`: the lines we take, as stored, where the caller has them already.
    """
    no_free_filters(filters, audience)
    question = Question(live, viewer, filters)
    counted = _by_line(question, "practice", "line")
    if known is not None:
        taken = known
    else:
        taken = lines_taken(live, viewer, audience, filters) if filters.chosen() else _taken(counted)
    seen = seen_of(counted, ("practice", "line"))
    practices: dict[str, list[tuple[str, int, int]]] = {}
    for (practice, line), sums in seen.groups.items():
        if sums:
            practices.setdefault(practice, []).append((line, sums.out, sums.known))
    labels = {line: key_and_label(live, "service_line", line) for line in taken | {k[1] for k in seen.groups}}
    rows = [_row(key_and_label(live, "practice", p), lines, taken, labels) for p, lines in practices.items()]
    lines = sorted((labels[line] for line in taken), key=lambda pair: (pair[1], pair[0]))
    return hide(_found(rows, tuple(lines), asked_window(question), seen.newest), audience)


def of_one_line(live: Live, found: Breakdown, line: str, taken: frozenset[str]) -> CouldComeHome:
    """The same from leakage by practice that was counted for one line, to spare counting it again. Inside the team."""
    stored = stored_value("service_line", line)
    labels = {stored: key_and_label(live, "service_line", stored)}
    counts = [(r, (r.figure.numerator or 0, r.figure.denominator or 0)) for r in found.rows]
    rows = [_row((r.key, r.label), [(stored, *sums)], taken, labels) for r, sums in counts]
    lines = tuple(labels.values()) if stored in taken else ()
    return _found(rows, lines, found.window, found.vintage)


def lines_taken(live: Live, viewer: Viewer, audience: Audience, filters: Filters) -> frozenset[str]:
    """The lines, as stored, that our own organisations take in these months: a filter cuts practices, not our lines."""
    return _taken(_by_line(Question(live, viewer, Filters(filters.first, filters.last)), "line"))


def lines_seen_taken(found: Breakdown) -> tuple[frozenset[str], bool]:
    """From leakage by line: the lines, as stored, that are taken by what it counts, and whether those are all it has.

    What was left aside or filtered away could only add to them.
    """
    taken, every = set(), set()
    for row in found.rows:
        line, figure = stored_value("service_line", row.key), row.figure
        every.add(line)
        stayed = (figure.denominator or 0) - (figure.numerator or 0) - (figure.beside.get("not_completed") or 0)
        if stayed > 0 and line != NONE:
            taken.add(line)
    return frozenset(taken), taken == every


def _by_line(question: Question, *columns: str) -> pd.DataFrame:
    return count(question, lambda source: statement(source, columns), [practice_month])


def _taken(counted: pd.DataFrame) -> frozenset[str]:
    """Lines of which an in-network referral, from any vantage, did not end without being seen."""
    stayed = counted["known"] - counted["out"] - counted["not_completed"]
    return frozenset(counted.loc[stayed > 0, "line"]) - {NONE}


def _row(
    practice: tuple[str, str],
    lines: list[tuple[str, int, int]],
    taken: frozenset[str],
    labels: dict[str, tuple[str, str]],
) -> Homeward:
    """`practice`: key and label; `lines`: (line, out, known)."""
    winnable = [(-out, labels[line][1], line) for line, out, _ in lines if out and line in taken]
    main = labels[min(winnable)[2]] if winnable else None
    outside, known = _sum(out for _, out, _ in lines), _sum(of for _, _, of in lines)
    return Homeward(*practice, -_sum(out for out, _, _ in winnable), outside, known, main)


def _found(
    rows: list[Homeward], lines: tuple[tuple[str, str], ...], window: Window | None, newest: date | None
) -> CouldComeHome:
    """The practices that sent something outside, those with most to win first."""
    sent = sorted((r for r in rows if r.outside), key=lambda r: (-(r.could or 0), -(r.outside or 0), r.label, r.key))
    total = Homeward("", "total", _sum(r.could for r in sent), _sum(r.outside for r in sent), None)
    return CouldComeHome(total, tuple(sent), lines, window, newest)


def _sum(numbers: Iterable[int | None]) -> int:
    return sum(n or 0 for n in numbers)
