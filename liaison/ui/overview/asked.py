"""What the page asks for, each counted once for a version of the data: functions of `ui.ask`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from liaison.access import Viewer
from liaison.facts.live import Live
from liaison.metrics.breakdown import Breakdown
from liaison.metrics.changes import Changes, told
from liaison.metrics.counting import Question, asked_window
from liaison.metrics.definitions.volume import volume as definition
from liaison.metrics.figure import Coverage, Figure, Unit
from liaison.metrics.filters import Filters, stored_value
from liaison.metrics.leakage import COVERAGE, broken_down, leakage
from liaison.metrics.monthly import Counts, Monthly, added, monthly, total
from liaison.metrics.movements import movements
from liaison.metrics.stuck import Stuck, stuck
from liaison.metrics.suppression import audit, no_free_filters
from liaison.metrics.volume import volume
from liaison.metrics.window import day
from liaison.ui import filters as global_filters
from liaison.ui.ask import ask
from liaison.ui.trends import Span, span_of
from liaison.vocabulary import NONE, Audience, month_text

MOST_CARDS = 12
OTHERS = "others"
Series = tuple[Counts, ...]  # one for each month of the span's line


@dataclass(frozen=True)
class Card:
    """A service line, or the smaller ones together (`line` None): figures of the window, counts by month, its finding.

    `line`: the id that a URL carries.
    """

    key: str
    label: str
    line: str | None
    referrals: int
    leakage: Figure
    months: Series
    says: tuple[str, ...]


@dataclass(frozen=True)
class Before:
    """The window before, where all of it is there."""

    volume: int
    leakage: Figure


@dataclass(frozen=True)
class Overview:
    """Everything on the page. For an audience that small numbers are hidden from there are only the figures."""

    span: Span
    volume: Figure
    leakage: Breakdown
    stuck: Stuck
    changes: Changes | None = None
    months: Series = ()
    by_line: Mapping[str, Series] | None = None
    cards: tuple[Card, ...] = ()
    before: Before | None = None


def overview(live: Live, viewer: Viewer, audience: Audience, filters: Filters) -> Overview:
    """From three questions: all lines by month (whatever the window), who moved, what is stuck."""
    span, waiting = span_of(filters, global_filters.known()), ask(stuck, filters)
    if audience is not Audience.inside:
        no_free_filters(filters, audience)
        seen, lost = volume(live, viewer, Audience.inside, filters), leakage(live, viewer, Audience.inside, filters)
        seen, lost = audit([seen, replace(lost, notes=())])
        return Overview(span, seen.total, lost, waiting)
    counted: Monthly = ask(monthly, replace(filters, first=None, last=None))
    question = Question(live, viewer, filters)
    found = told(question, counted, ask(movements, replace(filters, first=None)), waiting)
    lines = counted.lines(frozenset(counted.spans), tuple(range(span.first, span.last + 1)))
    every = added(lines)
    by_line = {line: tuple(months.get(m, Counts()) for m in span.months) for line, months in lines.items()}
    lost = broken_down(question, ("service_line",), counted.seen(filters, "line"), audience)
    return Overview(
        span=span,
        volume=_volume(question, counted),
        leakage=lost,
        stuck=waiting,
        changes=found,
        months=tuple(every.get(m, Counts()) for m in span.months),
        by_line=by_line,
        cards=tuple(_cards(lost, counted.sizes(filters), by_line, found)),
        before=_before(question, counted, span),
    )


def _before(question: Question, counted: Monthly, span: Span) -> Before | None:
    if span.before is None:
        return None
    first, last = map(month_text, span.before)
    asked = replace(question.filters, first=first, last=last)
    lost = broken_down(replace(question, filters=asked), (), counted.seen(asked), Audience.inside)
    return Before(int(counted.within(asked)["referrals"].sum()), lost.total)


def _volume(question: Question, counted: Monthly) -> Figure:
    """Referrals of the window, of every vantage."""
    rows = counted.within(question.filters)
    referrals = int(rows["referrals"].sum())
    coverage = Coverage(int(rows["known"].sum()), referrals, COVERAGE)
    vintage = day(int(rows["newest"].max())) if len(rows) else None
    return Figure(definition.name, referrals, Unit.count, asked_window(question), coverage=coverage, vintage=vintage)


def _cards(lost: Breakdown, sizes: Mapping[str, int], by_line: Mapping[str, Series], found: Changes) -> list[Card]:
    """Lines that lose most first; where they are many, the smaller ones together."""
    cards = []
    for row in lost.rows:
        line = stored_value("service_line", row.key)
        label = "No service line" if row.key == NONE else row.label
        # A single line is all there is: what is said of all referrals is said of it.
        about = found.of_line(row.key) if len(lost.rows) > 1 else found.of_all()
        says = tuple(change.says for change in about)
        cards.append(Card(row.key, label, line, int(sizes[line]), row.figure, by_line[line], says))
    if len(cards) <= MOST_CARDS:
        return cards
    return [*cards[: MOST_CARDS - 1], _others(cards[MOST_CARDS - 1 :], lost.total)]


def _others(cards: Sequence[Card], like: Figure) -> Card:
    parts = [(c.leakage.numerator or 0, c.leakage.denominator or 0, c.leakage.beside["unknown"] or 0) for c in cards]
    out, known, unknown = (sum(part) for part in zip(*parts, strict=True))
    figure = replace(
        like,
        value=out / known if known else None,
        numerator=out,
        denominator=known,
        beside={"unknown": unknown},
        coverage=Coverage(known, known + unknown, COVERAGE),
    )
    months = tuple(total(each) for each in zip(*(c.months for c in cards), strict=True))
    said = tuple(says for c in cards for says in c.says)
    return Card(OTHERS, f"{len(cards)} smaller lines", None, sum(c.referrals for c in cards), figure, months, said)
