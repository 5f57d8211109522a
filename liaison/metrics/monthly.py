"""Every service line month by month, counted once for all that an overview says of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

import pandas as pd
from sqlalchemy import Select

from liaison.access import Viewer
from liaison.facts.live import Live
from liaison.facts.rollups import destination_month, practice_month
from liaison.metrics.counting import Question, asked_window, count
from liaison.metrics.filters import Filters
from liaison.metrics.leakage import Seen, Sums, seen_of, statement
from liaison.metrics.movements import inside_only, replace_months
from liaison.metrics.window import Window
from liaison.vocabulary import Audience, Vantage, month_text

KEYS = ("month_id", "line", "source")
FIRST, EVER = month_text(0), "9999-12"  # months are cut afterwards: another window is then no other count


class Counts(NamedTuple):
    """Referrals of one line in one month: of every vantage, and those that the vantage of leakage knows of."""

    referrals: int = 0
    out: int = 0
    known: int = 0
    unknown: int = 0


Lines = dict[str, dict[int, Counts]]  # service line -> month id -> its counts


@dataclass(frozen=True)
class Monthly:
    """`rows`: month_id, line, source, vantage, the measures of `Sums`, newest; also months that are not over.

    `spans`: source -> its first month and its last complete one.
    """

    rows: pd.DataFrame
    spans: Mapping[str, Window]
    _lines: dict[tuple[frozenset[str], str | None], Lines] = field(default_factory=dict)

    def within(self, filters: Filters) -> pd.DataFrame:
        """The rows of a window, as figures count it: without a last month, each source up to its last complete one."""
        first, last = filters.months()
        months = self.rows["month_id"]
        ends = pd.Series(last, index=self.rows.index) if last is not None else self.rows["source"].map(self._ends)
        return self.rows[(months >= (first or 0)) & (months <= ends)]

    def sizes(self, filters: Filters) -> dict[str, int]:
        """Line -> its referrals in a window, of every vantage."""
        sums = self.within(filters).groupby("line")["referrals"].sum()
        return {str(line): int(n) for line, n in sums.items()}

    @cached_property
    def _ends(self) -> dict[str, int]:
        return {source: -1 if span.incomplete else span.last for source, span in self.spans.items()}

    def seen(self, filters: Filters, *columns: str) -> Seen:
        """What leakage is counted of in a window, in all or by columns of `rows`."""
        rows = self.within(filters)
        grouped = rows.groupby([*columns, "vantage"], sort=False)
        sums = grouped[list(Sums._fields)].sum().assign(newest=grouped["newest"].max()).reset_index()
        return seen_of(sums, columns)

    @cached_property
    def _vantages(self) -> set[tuple[int, str, str]]:
        return set(zip(*(self.rows[name].tolist() for name in ("month_id", "source", "vantage")), strict=True))

    def whole(self, month: int, against: int) -> frozenset[str]:
        """Sources that saw both months to their end. Part of a source's first may be missing: it is left out."""
        spans = self.spans.items()
        return frozenset(s for s, w in spans if not w.incomplete and w.first < against and month <= w.last)

    def lines(self, sources: frozenset[str], vantage_of: tuple[int, ...]) -> Lines:
        """Counts by line and month of some sources. Leakage is of one vantage: ordered where one of the months
        `vantage_of` has any, else claims.
        """
        there = {v for month, source, v in self._vantages if month in vantage_of and source in sources}
        used = next((v.value for v in (Vantage.ordered, Vantage.claims) if v.value in there), None)
        if (sources, used) not in self._lines:
            self._lines[sources, used] = self._added(sources, used)
        return self._lines[sources, used]

    def _added(self, sources: frozenset[str], used: str | None) -> Lines:
        """As `lines`; the same for every window, so each is made once."""
        names = ("month_id", "line", "source", "vantage", "referrals", "out", "known", "unknown")
        sums: dict[str, dict[int, list[int]]] = {}
        for month, line, source, vantage, *measures in zip(*(self.rows[n].tolist() for n in names), strict=True):
            if source not in sources:
                continue
            held = sums.setdefault(line, {}).setdefault(month, [0, 0, 0, 0])
            for place, number in enumerate(measures if vantage == used else measures[:1]):
                held[place] += number
        return {line: {month: Counts(*held) for month, held in months.items()} for line, months in sums.items()}


def monthly(live: Live, viewer: Viewer, audience: Audience, filters: Filters) -> Monthly:
    """All months there are; the window of `filters` does not cut them."""
    inside_only(audience, "Every line month by month")
    question = replace_months(Question(live, viewer, filters), FIRST, EVER)
    rows = count(question, _statement, [practice_month, destination_month])
    sources = rows["source"].unique().tolist()
    spans = {s: asked_window(Question(live, viewer, Filters(source=s))) for s in sources}
    return Monthly(rows, {s: span for s, span in spans.items() if span})


def _statement(source: Any) -> Select[Any]:
    return statement(source, KEYS)


def added(lines: Lines) -> dict[int, Counts]:
    """Month -> the counts of all lines together."""
    found: dict[int, list[Counts]] = {}
    for months in lines.values():
        for month, counts in months.items():
            found.setdefault(month, []).append(counts)
    return {month: total(each) for month, each in found.items()}


def total(counts: Sequence[Counts]) -> Counts:
    return Counts(*map(sum, zip(*counts, strict=True)))
