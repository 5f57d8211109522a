"""The counts of a report that leaves the team, as one linear system: what is small is hidden, and what gives it away.

The fixed list: each month's volume and leakage of the year, what covered practices sent month by month, and how many
referrals of each service line were seen. Figures of the estimate are made of hundreds of referrals by its own checks.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from liaison.metrics.disclosure import Cell, Cells
from liaison.metrics.hiding import Count
from liaison.metrics.suppression import audit
from liaison.models.stored.effects import EffectResult
from liaison.reports.summary.trends import Trends
from liaison.vocabulary import Audience, month_id

COVERED, NAMED, SEEN = "covered", "named", "seen"


@dataclass(frozen=True)
class Tables:
    """`covered`: month id -> referrals of covered practices; `lines`: service line -> (referrals, of them seen).

    A value of None is hidden.
    """

    first: int
    last: int
    trends: Trends
    covered: Mapping[int, int | None]
    lines: Mapping[str, tuple[int, int] | None]

    def cells(self) -> Cells:
        """All counts, and the sums that link the tables."""
        cells = self.trends.cells()
        whole = Count(COVERED, self.first, self.last)
        months = {month: Count(COVERED, month, month) for month in self.covered}
        for month, count in self.covered.items():
            cells.show(months[month], count or 0)
            every = Count("referrals", month, month)
            if every in cells.counts:
                elsewhere = Count("elsewhere", month, month)
                cells.imply(elsewhere, cells.counts[every] - (count or 0))
                cells.add_up(every, [months[month], elsewhere])
        if self.covered and whole not in cells.counts:
            cells.show(whole, sum(count or 0 for count in self.covered.values()))
            cells.add_up(whole, list(months.values()))
        self._lines(cells)
        return cells

    def _lines(self, cells: Cells) -> None:
        for line, held in self.lines.items():
            named, seen = held or (0, 0)
            at = {name: self._of(line, name) for name in (NAMED, SEEN, "unseen")}
            cells.show(at[NAMED], named)
            cells.show(at[SEEN], seen)
            cells.imply(at["unseen"], named - seen)
            cells.add_up(at[NAMED], [at[SEEN], at["unseen"]])
        if self.lines:
            # Shares of lines add up to one, so that a single hidden line would follow from the others.
            whole = Count(NAMED, -1, -1)
            cells.show(whole, sum((held or (0, 0))[0] for held in self.lines.values()))
            cells.add_up(whole, [self._of(line, NAMED) for line in self.lines])

    def _of(self, line: str, measure: str) -> Count:
        return Count(measure, -1, -1, frozenset({("line", line)}))

    def without(self, hidden: frozenset[Cell]) -> "Tables":
        months = {m: None if Count(COVERED, m, m) in hidden else n for m, n in self.covered.items()}
        parts = (NAMED, SEEN, "unseen")
        lines = {
            line: None if any(self._of(line, part) in hidden for part in parts) else held
            for line, held in self.lines.items()
        }
        return replace(self, trends=self.trends.without(hidden), covered=months, lines=lines)


def tables(of: EffectResult, trends: Trends, audience: Audience) -> Tables:
    """The report's counts as this audience may see them."""
    told = of.told
    lines = told["money"]["inputs"]["lines"] if told["money"] else ()
    found = Tables(
        of.first,
        of.last,
        trends,
        {month_id(row["month"]): round(row["observed"]) for row in told["monthly"]},
        {line["name"]: (line["n"], round(line["seen"] * line["n"])) for line in lines},
    )
    return found if audience is Audience.inside else audit([found])[0]
