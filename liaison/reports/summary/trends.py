"""Volume and leakage of the last year by month, with the year before: counted once, hidden as one table."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from liaison.access import Viewer
from liaison.facts.live import Live
from liaison.metrics.disclosure import Cell, Cells
from liaison.metrics.figure import Figure
from liaison.metrics.filters import Filters
from liaison.metrics.findings import summary as says
from liaison.metrics.hiding import Count
from liaison.metrics.leakage import leakage
from liaison.metrics.monthly import Counts, added, monthly
from liaison.metrics.volume import volume
from liaison.reports.summary.shown import Drawn
from liaison.vocabulary import Audience, month_text, month_words

YEAR = 11  # months before the last one
MEASURES = ("referrals", "out", "known", "unknown")


@dataclass(frozen=True)
class Month:
    """Referrals of every vantage, and those that leakage is counted of; None where hidden."""

    month: int
    referrals: int | None
    out: int | None
    known: int | None
    unknown: int | None

    @property
    def share(self) -> float | None:
        return self.out / self.known if self.out is not None and self.known else None


@dataclass(frozen=True)
class Trends:
    """`months`: the year and the month before it; `before_*`: the year before, where all of it is there."""

    first: int
    last: int
    months: tuple[Month, ...]
    volume: Figure
    leakage: Figure
    before_volume: int | None
    before_leakage: Figure | None

    def cells(self) -> Cells:
        """Each month's counts, and the year's as sums of them."""
        cells = Cells()
        for each in self.months:
            out, known, unknown = each.out or 0, each.known or 0, each.unknown or 0
            counts = {"referrals": each.referrals or 0, "out": out, "known": known, "unknown": unknown}
            at = {name: Count(name, each.month, each.month) for name in (*MEASURES, "kept", "volume")}
            for name, count in counts.items():
                cells.show(at[name], count)
            cells.imply(at["kept"], known - out)
            cells.imply(at["volume"], known + unknown)
            cells.add_up(at["known"], [at["out"], at["kept"]])
            cells.add_up(at["volume"], [at["known"], at["unknown"]])
        return cells

    def without(self, hidden: frozenset[Cell]) -> "Trends":
        """A year is shown only where each of its months is, so that two reports a month apart give none away."""
        months = tuple(_cut(each, hidden) for each in self.months)
        year = [each for each in months if each.month >= self.first]
        seen = all(each.referrals is not None for each in year)
        told = all(each.out is not None and each.known is not None for each in year)
        return replace(
            self,
            months=months,
            volume=self.volume if seen else _hidden(self.volume),
            # What is in no table of the report is not told beside it either.
            leakage=replace(self.leakage, beside={}) if told else _hidden(self.leakage),
            before_volume=self.before_volume if seen else None,
            before_leakage=self.before_leakage if told else None,
        )


def _cut(each: Month, hidden: frozenset[Cell]) -> Month:
    def held(name: str) -> int | None:
        return None if Count(name, each.month, each.month) in hidden else getattr(each, name)

    return Month(each.month, *map(held, MEASURES))


def _hidden(figure: Figure) -> Figure:
    return replace(figure, value=None, numerator=None, denominator=None, beside={}, coverage=None, suppressed=True)


def trends(live: Live, viewer: Viewer, last: int) -> Trends:
    """Of the twelve months up to `last` (month id), for inside; `suppression.audit` hides for others."""
    first = last - YEAR
    counted = monthly(live, viewer, Audience.inside, Filters())
    drawn = tuple(range(first - 1, last + 1))
    start = min((span.first for span in counted.spans.values()), default=first)
    every = added(counted.lines(frozenset(counted.spans), drawn))
    asked = Filters(first=month_text(first), last=month_text(last))
    before = Filters(first=month_text(first - 12), last=month_text(first - 1)) if first - 12 >= start else None
    figure = volume(live, viewer, Audience.inside, asked).total
    return Trends(
        first,
        last,
        tuple(_month(m, every.get(m, Counts())) for m in drawn if m >= start),
        figure,
        leakage(live, viewer, Audience.inside, asked).total,
        int(volume(live, viewer, Audience.inside, before).total.value or 0) if before else None,
        leakage(live, viewer, Audience.inside, before).total if before else None,
    )


def _month(month: int, counts: Counts) -> Month:
    return Month(month, counts.referrals, counts.out, counts.known, counts.unknown)


def drawn(of: Trends) -> tuple[Drawn, Drawn]:
    """Volume, then leakage: month, value, complete, role, suppressed."""
    window = f"{month_words(of.first)} to {month_words(of.last)}"
    volume_says = says.volume_says(of.volume, of.before_volume)
    leakage_says = says.leakage_says(of.leakage, of.before_leakage)
    return (
        Drawn(volume_says, says.VOLUME.format(window), f"{volume_says}. By month.", _rows(of.months, "us")),
        Drawn(leakage_says, says.LEAKAGE.format(window), f"{leakage_says}. By month.", _rows(of.months, "out")),
    )


def _rows(months: Sequence[Month], role: str) -> tuple[dict[str, Any], ...]:
    held = {"us": lambda each: each.referrals, "out": lambda each: each.share}[role]
    hides = {"us": lambda each: each.referrals is None, "out": lambda each: each.out is None or each.known is None}
    return tuple(
        {"month": m.month, "value": held(m), "complete": True, "role": role, "suppressed": hides[role](m)}
        for m in months
    )
