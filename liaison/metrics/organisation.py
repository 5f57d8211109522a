"""One organisation: what it receives, from which practice groups, in which lines, since when, and why.

Another organisation takes what goes out of network to it; ours receives what stays.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Select, func, select

from liaison.access import Viewer
from liaison.facts.live import Live
from liaison.facts.rollups import group_destination_month
from liaison.metrics.breakdown import key_and_label
from liaison.metrics.counting import Question, count, vintage_of
from liaison.metrics.definitions.organisations import taken_share
from liaison.metrics.figure import Coverage, Figure, Unit, papers_as_json
from liaison.metrics.filters import Filters
from liaison.metrics.leakage import COVERAGE
from liaison.metrics.parts import destination_known, destination_unknown, in_network, out_of_network
from liaison.metrics.suppression import no_free_filters
from liaison.metrics.taking import ROLLUPS, Named, Spans, named, spans, vantage_counted
from liaison.metrics.window import Window
from liaison.vocabulary import NONE, Audience, month_text

Pair = tuple[int, int]  # (went there, destination known)


@dataclass(frozen=True)
class Cell:
    """What a practice group sends there of one line: `taken` of `known`; `unknown` stands beside."""

    group: str
    group_label: str
    line: str
    line_label: str
    taken: int
    known: int
    unknown: int

    def as_json(self) -> dict[str, Any]:
        value = self.taken / self.known if self.known else None
        return {
            **{"practice_group": self.group, "practice_group_label": self.group_label},
            **{"service_line": self.line, "service_line_label": self.line_label},
            **{"numerator": self.taken, "denominator": self.known, "value": value, "unknown": self.unknown},
        }


@dataclass(frozen=True)
class LineSince:
    """One service line over the months: `first` seen, counts by month, and the last year (or 6 months) by halves.

    `early`, `late`: (went there, destination known) in `Spans.halves`; None where the data do not reach back. `spread`:
    how much more the months of a half scatter than chance would have it, at least 1.
    """

    key: str
    label: str
    taken: int  # in the window
    first: int | None
    months: Mapping[int, Pair]
    early: Pair | None
    late: Pair | None
    spread: float = 1.0

    def as_json(self) -> dict[str, Any]:
        halves = {"months_before": self.early, "last_months": self.late}
        named_halves = {n: {"numerator": p[0], "denominator": p[1]} if p else None for n, p in halves.items()}
        months = [
            {"month": month_text(m), "numerator": t, "denominator": k} for m, (t, k) in sorted(self.months.items())
        ]
        first = month_text(self.first) if self.first is not None else None
        return {"key": self.key, "label": self.label, "numerator": self.taken, "first": first, **named_halves} | {
            "months": months
        }


@dataclass(frozen=True)
class Month:
    """A month of all lines: what went there, the known destinations, and what was lost in all (kept, for ours)."""

    taken: int
    known: int
    side: int


@dataclass(frozen=True)
class Organisation:
    """`share`: of all known destinations; `of_side`: of what is lost (for ours: of what stays).

    `otherwise`: referrals whose file says the opposite of what the organisation is; they are not counted here.
    """

    who: Named
    share: Figure
    of_side: Figure
    before: Month | None
    cells: tuple[Cell, ...]
    lines: tuple[LineSince, ...]
    months: Mapping[int, Month]
    causes: tuple[tuple[str, str, int], ...]  # key, label, referrals: largest first, not recorded last
    otherwise: int
    spans: Spans
    notes: tuple[str, ...]

    @property
    def window(self) -> Window:
        return self.spans.window

    @property
    def vintage(self) -> date | None:
        return self.share.vintage

    @property
    def taken(self) -> int:
        return self.share.numerator or 0

    @property
    def first(self) -> int | None:
        """The first month in which anything went there."""
        return min((m for m, month in self.months.items() if month.taken), default=None)

    def as_json(self) -> dict[str, Any]:
        months = [{"month": month_text(m), **c.__dict__} for m, c in sorted(self.months.items())]
        before = self.spans.before
        said = {"key": self.who.key, "label": self.who.label, "ours": self.who.ours}
        first = month_text(self.first) if self.first is not None else None
        return {
            **papers_as_json(self.window, self.vintage, self.share.coverage),
            "organisation": said,
            "total": self.share.as_json(),
            "of_kept" if self.who.ours else "of_lost": self.of_side.as_json(),
            "before": {"from": month_text(before[0]), "to": month_text(before[1]), **self.before.__dict__}
            if before and self.before
            else None,
            "first": first,
            "data_begin": month_text(self.spans.first),
            "compared": _compared(self.spans),
            "rows": [cell.as_json() for cell in self.cells],
            "lines": [line.as_json() for line in self.lines],
            "months": months,
            "causes": [{"key": k, "label": label, "numerator": n} for k, label, n in self.causes],
            "otherwise": self.otherwise,
            "notes": list(self.notes),
        }


def _compared(months: Spans) -> dict[str, dict[str, str]] | None:
    """The months that `months_before` and `last_months` of a line stand for."""
    if months.halves is None:
        return None
    names = ("months_before", "last_months")
    return {n: {"from": month_text(a), "to": month_text(b)} for n, (a, b) in zip(names, months.halves, strict=True)}


def organisation(live: Live, viewer: Viewer, audience: Audience, filters: Filters, key: str) -> Organisation | None:
    """What the organisation `key` receives; None where there are no referrals at all, LiaisonError where it is unknown.

    One organisation is a free filter: it is for the team only.
    """
    no_free_filters(replace(filters, organisation=key), audience)
    who = named(live, key)
    months = spans(live, viewer, filters)
    if months is None:
        return None
    # Payers and priorities stand beside no practice group in any rollup: those are counted from the referrals.
    groups = [group_destination_month]
    where = count(Question(live, viewer, filters), lambda source: _by_group_and_line(source, who), groups)
    when = count(
        Question(live, viewer, months.history(filters)), lambda source: _by_line_and_month(source, who), ROLLUPS
    )
    used = vantage_counted(where)
    where, when = where[where["vantage"] == used], when[when["vantage"] == used]
    by_line, by_month = _months(when)
    now = [c for m, c in by_month.items() if months.window.first <= m <= months.window.last]
    whole = Month(*(sum(getattr(c, name) for c in now) for name in ("taken", "known", "side")))
    share = _share(who, whole.taken, whole.known, int(where["unknown"].sum()), months.window, vintage_of(where))
    side = replace(
        share, value=whole.taken / whole.side if whole.side else None, denominator=whole.side, coverage=share.coverage
    )
    return Organisation(
        who,
        share,
        side,
        _added(by_month, months.before),
        _cells(live, where),
        _lines(live, by_line, months),
        by_month,
        () if who.ours else _causes(live, viewer, filters, who, used),
        int(where["otherwise"].sum()),
        months,
        (f"Counted over referrals of vantage {used}.",) if used else (),
    )


def _by_group_and_line(source: Any, who: Named) -> Select[Any]:
    keys = [source.c.practice_group, source.c.line, source.c.vantage]
    parts = (who.received(), who.otherwise(), destination_known, destination_unknown)
    measures = [part.counted(source) for part in parts]
    return select(*keys, *measures, func.max(source.c.newest).label("newest")).group_by(*keys)


def _by_line_and_month(source: Any, who: Named) -> Select[Any]:
    keys = [source.c.line, source.c.month_id, source.c.vantage]
    side = in_network if who.ours else out_of_network
    measures = [who.received().counted(source), destination_known.counted(source), side.counted(source).label("side")]
    return select(*keys, *measures).group_by(*keys)


def _by_cause(source: Any, who: Named) -> Select[Any]:
    keys = [source.c.cause, source.c.vantage]
    return select(*keys, who.received().counted(source)).group_by(*keys)


def _months(when: pd.DataFrame) -> tuple[dict[str, dict[int, Pair]], dict[int, Month]]:
    """Line -> month -> (taken, known); month -> all lines."""
    by_line: dict[str, dict[int, Pair]] = defaultdict(dict)
    added: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
    columns = when[["line", "month_id", "taken", "known", "side"]].to_dict("list")
    for line, month, *counts in zip(*columns.values(), strict=True):
        taken, known, side = (int(n) for n in counts)
        by_line[line][int(month)] = (taken, known)
        for place, n in enumerate((taken, known, side)):
            added[int(month)][place] += n
    return by_line, {m: Month(*counts) for m, counts in sorted(added.items())}


def _added(by_month: Mapping[int, Month], months: tuple[int, int] | None) -> Month | None:
    if months is None:
        return None
    inside = [c for m, c in by_month.items() if months[0] <= m <= months[1]]
    return Month(*(sum(getattr(c, name) for c in inside) for name in ("taken", "known", "side")))


def _share(who: Named, taken: int, known: int, unknown: int, window: Window, vintage: date | None) -> Figure:
    value = taken / known if known else None
    coverage = Coverage(known, known + unknown, COVERAGE)
    beside = {"unknown": unknown}
    return Figure(taken_share.name, value, Unit.share, window, taken, known, coverage, vintage, beside=beside)


def _cells(live: Live, where: pd.DataFrame) -> tuple[Cell, ...]:
    columns = where[["practice_group", "line", "taken", "known", "unknown"]].to_dict("list")
    found = []
    for group, line, taken, known, unknown in zip(*columns.values(), strict=True):
        group_key, group_label = key_and_label(live, "practice_group", group)
        line_key, line_label = key_and_label(live, "service_line", line)
        said = (
            "No practice found" if group == NONE else group_label,
            "No service line" if line == NONE else line_label,
        )
        found.append(Cell(group_key, said[0], line_key, said[1], int(taken), int(known), int(unknown)))
    return tuple(sorted(found, key=lambda c: (-c.taken, -c.known, c.group_label, c.line_label)))


def _lines(live: Live, by_line: Mapping[str, Mapping[int, Pair]], months: Spans) -> tuple[LineSince, ...]:
    halves = months.halves
    found = []
    for line, each in by_line.items():
        first = min((m for m, (taken, _) in each.items() if taken), default=None)
        if first is None:
            continue
        key, label = key_and_label(live, "service_line", line)
        taken = _between(each, months.window.first, months.window.last)[0]
        early, late = (_between(each, *half) for half in halves) if halves else (None, None)
        label = "No service line" if line == NONE else label
        spread = _spread(each, halves) if halves else 1.0
        found.append(LineSince(key, label, taken, first, dict(sorted(each.items())), early, late, spread))
    return tuple(sorted(found, key=lambda r: (-r.taken, r.label)))


def _between(each: Mapping[int, Pair], first: int, last: int) -> Pair:
    inside = [pair for month, pair in each.items() if first <= month <= last]
    return sum(t for t, _ in inside), sum(k for _, k in inside)


def _spread(each: Mapping[int, Pair], halves: tuple[tuple[int, int], tuple[int, int]]) -> float:
    """Pearson's chi-square of the months around their half's share, by its degrees of freedom; at least 1.

    Referrals of one practice are alike, and practices come and go: counts then scatter more than a binomial would.
    Source: McCullagh and Nelder 1989, Generalized Linear Models, 2nd ed., 4.5.
    """
    squares, free = 0.0, 0
    for first, last in halves:
        months = [pair for month, pair in each.items() if first <= month <= last and pair[1]]
        taken, known = sum(t for t, _ in months), sum(k for _, k in months)
        if 0 < taken < known:
            share = taken / known
            squares += sum((t - k * share) ** 2 / (k * share * (1 - share)) for t, k in months)
            free += len(months) - 1
    return max(1.0, squares / free) if free else 1.0


def _causes(
    live: Live, viewer: Viewer, filters: Filters, who: Named, used: str | None
) -> tuple[tuple[str, str, int], ...]:
    found = count(Question(live, viewer, filters), lambda source: _by_cause(source, who), ROLLUPS)
    found = found[(found["vantage"] == used) & (found["taken"] > 0)]
    rows = [
        (*key_and_label(live, "cause", str(cause)), int(n))
        for cause, n in zip(found["cause"], found["taken"], strict=True)
    ]
    return tuple(sorted(rows, key=lambda r: (r[0] == NONE, -r[2], r[1])))
