"""The window before, and the months of a line: what tiles of several pages need beside a figure."""

from dataclasses import dataclass, replace

from liaison.metrics.choices import Choices
from liaison.metrics.figure import Figure, date_words, percent
from liaison.metrics.filters import Filters
from liaison.ui import windows
from liaison.vocabulary import month_text

LINE = 13  # months of a tile's line: a year and the month it began with


@dataclass(frozen=True)
class Span:
    """Months that a page looks at: its window, the one of the same length before (if all of it is there), its line."""

    first: int
    last: int
    before: tuple[int, int] | None
    line_first: int
    line_last: int  # a month that is not over yet is still drawn

    @property
    def length(self) -> int:
        return self.last - self.first + 1

    @property
    def since(self) -> str:
        """'on the year before', 'on the 6 months before', 'on the month before'."""
        if self.length == 12:
            return "on the year before"
        return "on the month before" if self.length == 1 else f"on the {self.length} months before"

    @property
    def months(self) -> tuple[int, ...]:
        return tuple(range(self.line_first, self.line_last + 1))

    def open_end(self, known: Choices) -> bool:
        """Whether the line's last month is not over."""
        return known.complete is not None and self.line_last > known.complete

    def question(self, filters: Filters) -> Filters:
        """The filters over every month that any of this needs."""
        first = min(self.line_first, self.before[0] if self.before else self.first, self.first)
        return replace(filters, first=month_text(first), last=month_text(max(self.line_last, self.last)))


def span_of(filters: Filters, known: Choices) -> Span:
    """The months of a question, where there are any referrals at all."""
    end = windows.newest(known)
    first, last = filters.months()
    first = first if first is not None else known.first or end
    last = last if last is not None else end
    length = last - first + 1
    whole = known.first is not None and first - length >= known.first
    newest = known.last if last == end and known.last is not None else last
    return Span(
        first,
        last,
        (first - length, first - 1) if whole else None,
        max(known.first or first, last - LINE + 1),
        max(newest, last),
    )


def source(figure: Figure) -> str:
    """Where a page's figures come from, in one line: extract, months, how much is known."""
    said = [f"Extract of {date_words(figure.vintage)}"] if figure.vintage else []
    said += [str(figure.window)] if figure.window else []
    if figure.coverage and figure.coverage.share is not None:
        said.append(f"destination known for {percent(figure.coverage.share)} of {figure.coverage.of:,} referrals")
    return " \u00b7 ".join(said)
