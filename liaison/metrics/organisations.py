"""Destinations ranked: who receives referrals, ours among them, how that changed, what mostly and why."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Select, func, select

from liaison.access import Viewer
from liaison.facts.live import Live
from liaison.metrics.breakdown import key_and_label
from liaison.metrics.counting import Question, count, vintage_of
from liaison.metrics.definitions.shares import organisation_share
from liaison.metrics.figure import Coverage, Figure, Unit, papers_as_json
from liaison.metrics.filters import Filters
from liaison.metrics.intervals import ratio
from liaison.metrics.leakage import COVERAGE, leakage
from liaison.metrics.parts import destination_known, destination_unknown, in_network, out_of_network
from liaison.metrics.suppression import no_free_filters
from liaison.metrics.taking import NOT_NAMED, ROLLUPS, Named, Role, Spans, our_ids, spans, vantage_counted
from liaison.metrics.window import Window
from liaison.vocabulary import NONE, Audience, month_text

COUNTED = (out_of_network, in_network, destination_known, destination_unknown)
NAMES = [part.name for part in COUNTED]


@dataclass(frozen=True)
class Destination:
    """One organisation. `figure`: what it received, of all known destinations. `of_lost`: its share of what is lost.

    `before`: the same count in the window before, None where the data do not reach back. `months`: counts by month id.
    `line` and `cause`: the service line and the recorded reason given most; None where there is none.
    """

    key: str
    label: str
    role: Role
    figure: Figure
    of_lost: float | None
    before: int | None
    months: dict[int, int]
    line: str | None
    cause: str | None

    def as_json(self) -> dict[str, Any]:
        taken = self.figure.numerator
        change = ratio(self.before, taken) if self.before and taken is not None else None
        found = {"key": self.key, "label": self.label, "ours": self.role == "us", **self.figure.as_json()}
        found |= {"of_lost": self.of_lost, "before": self.before}
        found["change"] = {"ratio": change.value, "low": change.low, "high": change.high} if change else None
        months = [{"month": month_text(m), "referrals": n} for m, n in sorted(self.months.items())]
        return found | {"line": self.line, "cause": self.cause, "months": months}


@dataclass(frozen=True)
class Organisations:
    """`rows`: ours first, then who takes most. `total`: leakage of all; what is lost is its numerator.

    `nameless`: names that are on record neither as ours nor as another's, and referrals to them. `otherwise`: referrals
    to ours that their file calls out of network: part of what is lost, and no other organisation's.
    """

    rows: tuple[Destination, ...]
    total: Figure
    window: Window | None
    before: tuple[int, int] | None
    vintage: date | None
    coverage: Coverage | None
    nameless: tuple[int, int] = (0, 0)
    otherwise: int = 0
    notes: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        before = {"from": month_text(self.before[0]), "to": month_text(self.before[1])} if self.before else None
        return {
            **papers_as_json(self.window, self.vintage, self.coverage),
            "before": before,
            "total": self.total.as_json(),
            "rows": [row.as_json() for row in self.rows],
            "not_on_record": {"names": self.nameless[0], "referrals": self.nameless[1]},
            "otherwise": self.otherwise,
            "notes": list(self.notes),
        }


def organisations(live: Live, viewer: Viewer, audience: Audience, filters: Filters) -> Organisations:
    """Every organisation that received referrals of the window. Outside the team: what others took, and no more."""
    no_free_filters(filters, audience)
    months = spans(live, viewer, filters)
    if months is None or audience is not Audience.inside:
        return _shares_only(live, viewer, audience, filters)
    counted = count(Question(live, viewer, months.history(filters)), _by_month, ROLLUPS)
    now = counted[counted["month_id"].between(months.window.first, months.window.last)]
    used = vantage_counted(now)
    now = now[now["vantage"] == used]
    total = _total(now, months.window)
    detail = count(Question(live, viewer, filters), _by_line_and_cause, ROLLUPS)
    ours = our_ids(live)
    received = _received(counted, used, ours)
    otherwise = int(now.loc[now["organisation"].isin(ours), "out"].sum())
    rows = _rows(live, received, _detail(detail, used), months, total)
    unknown = now[now["organisation"].ne(NONE) & now["unknown"].gt(0)]
    nameless = (int(unknown["organisation"].nunique()), int(unknown["unknown"].sum()))
    notes = (f"Counted over referrals of vantage {used}.",) if used else ()
    return Organisations(
        rows, total, months.window, months.before, total.vintage, total.coverage, nameless, otherwise, notes
    )


def _by_month(source: Any) -> Select[Any]:
    keys = [source.c.organisation, source.c.month_id, source.c.vantage]
    measures = [part.counted(source) for part in COUNTED]
    return select(*keys, *measures, func.max(source.c.newest).label("newest")).group_by(*keys)


def _by_line_and_cause(source: Any) -> Select[Any]:
    keys = [source.c.organisation, source.c.line, source.c.cause, source.c.vantage]
    return select(*keys, out_of_network.counted(source), in_network.counted(source)).group_by(*keys)


def _total(now: pd.DataFrame, window: Window) -> Figure:
    out, _, known, unknown = (int(now[name].sum()) for name in NAMES)
    return Figure(
        "leakage",
        out / known if known else None,
        Unit.share,
        window,
        out,
        known,
        Coverage(known, known + unknown, COVERAGE),
        vintage_of(now),
        beside={"unknown": unknown},
    )


def _received(counted: pd.DataFrame, used: str | None, ours: frozenset[str]) -> dict[tuple[str, bool], dict[int, int]]:
    """(organisation, whether it is ours) -> month id -> referrals that it received."""
    found: dict[tuple[str, bool], dict[int, int]] = {}
    columns = counted[["organisation", "month_id", "vantage", "out", "kept"]].to_dict("list")
    for key, month, vantage, out, kept in zip(*columns.values(), strict=True):
        referrals = int(kept if key in ours else out)
        if vantage == used and referrals:
            found.setdefault((key, key in ours), {})[int(month)] = referrals
    return found


def _detail(detail: pd.DataFrame, used: str | None) -> dict[tuple[str, str], Counter[str]]:
    """(organisation, "line kept", "line out" or "cause") -> referrals by stored value; a blank is nobody's answer."""
    found: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    columns = detail[["organisation", "line", "cause", "vantage", "out", "kept"]].to_dict("list")
    for key, line, cause, vantage, out, kept in zip(*columns.values(), strict=True):
        if vantage != used:
            continue
        if line != NONE:
            found[key, "line kept"][line] += int(kept)
            found[key, "line out"][line] += int(out)
        if cause != NONE:
            found[key, "cause"][cause] += int(out)
    return found


def _rows(
    live: Live,
    received: dict[tuple[str, bool], dict[int, int]],
    detail: dict[tuple[str, str], Counter[str]],
    months: Spans,
    total: Figure,
) -> tuple[Destination, ...]:
    rows = []
    for (key, ours), by_month in received.items():
        referrals = _within(by_month, months.window.first, months.window.last)
        if not referrals:
            continue
        lines, causes = detail.get((key, "line kept" if ours else "line out")), detail.get((key, "cause"))
        rows.append(
            Destination(
                key,
                _label(live, key),
                Named(key, "", ours).role,
                _figure(referrals, total),
                None if ours or not total.numerator else referrals / total.numerator,
                _within(by_month, *months.before) if months.before else None,
                by_month,
                _most(live, "service_line", lines),
                None if ours else _most(live, "cause", causes),
            )
        )
    rows.sort(key=lambda r: (r.role != "us", r.key == NONE, -(r.figure.numerator or 0), r.label))
    return tuple(rows)


def _within(by_month: dict[int, int], first: int, last: int) -> int:
    return sum(n for month, n in by_month.items() if first <= month <= last)


def _label(live: Live, key: str) -> str:
    return NOT_NAMED if key == NONE else live.label_of.get(("organisation", key), key)


def _figure(referrals: int, total: Figure) -> Figure:
    known = total.denominator or 0
    return Figure(
        organisation_share.name,
        referrals / known if known else None,
        Unit.share,
        total.window,
        referrals,
        known,
        total.coverage,
        total.vintage,
    )


def _most(live: Live, kind: str, counts: Counter[str] | None) -> str | None:
    """The label of the value with most referrals; of equal ones the first by name."""
    stored = max(sorted(counts or {}), key=(counts or Counter[str]()).__getitem__, default=None)
    return key_and_label(live, kind, stored)[1] if counts and stored and counts[stored] else None


def _shares_only(live: Live, viewer: Viewer, audience: Audience, filters: Filters) -> Organisations:
    """What may leave the team: shares of leakage by organisation. Months, lines and reasons would be small counts."""
    found = leakage(live, viewer, audience, filters, "organisation")
    lost = found.total.numerator
    rows = tuple(
        Destination(
            r.key,
            NOT_NAMED if r.key == NONE else r.label,
            "unknown" if r.key == NONE else "out",
            r.figure,
            r.figure.numerator / lost if lost and r.figure.numerator is not None else None,
            None,
            {},
            None,
            None,
        )
        for r in found.rows
        if r.figure.numerator != 0
    )
    return Organisations(rows, found.total, found.window, None, found.vintage, found.coverage, notes=found.notes)
