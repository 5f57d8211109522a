"""Where one practice's other referrals go: per service line to which organisation, and for what reason."""

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Any

from liaison.access import Viewer
from liaison.facts.live import Live
from liaison.metrics.breakdown import Breakdown, Row
from liaison.metrics.figure import Figure
from liaison.metrics.filters import Filters
from liaison.metrics.leakage import leakage
from liaison.metrics.sums import along
from liaison.vocabulary import NONE, Audience


@dataclass(frozen=True)
class Went:
    """`out`: referrals of a line to an organisation; `known`: of that line, with a known destination."""

    line: str
    line_label: str
    organisation: str
    organisation_label: str
    out: int
    known: int
    reason: str | None  # the one recorded most often

    def as_json(self) -> dict[str, Any]:
        return {**self.__dict__, "share": self.out / self.known if self.known else None}


@dataclass(frozen=True)
class Elsewhere:
    """`rows`: most referrals first; `organisations`, `causes`: the same referrals added up by each."""

    total: Figure
    rows: tuple[Went, ...]
    organisations: Breakdown
    causes: Breakdown

    def as_json(self) -> dict[str, Any]:
        causes = [r.as_json() for r in self.causes.rows if r.figure.numerator]
        return {"total": self.total.as_json(), "rows": [r.as_json() for r in self.rows], "causes": causes}


def elsewhere(live: Live, viewer: Viewer, audience: Audience, filters: Filters) -> Elsewhere:
    """Out-of-network referrals of a selection by line and organisation, in the vantage that leakage is counted over.

    No rollup holds practice and organisation together: of one practice this is cheap, of all it is a scan.
    """
    found = leakage(live, viewer, audience, filters, ("service_line", "organisation", "cause"))
    pairs: dict[tuple[str, str], list[Row]] = defaultdict(list)
    known: dict[str, int] = defaultdict(int)
    for row in found.rows:
        known[str(row.more["service_line"])] += row.figure.denominator or 0
        if row.figure.numerator:
            pairs[str(row.more["service_line"]), str(row.more["organisation"])].append(row)
    rows = [_went(same, known[line]) for (line, _), same in pairs.items()]
    rows.sort(key=lambda w: (-w.out, w.line_label, w.organisation_label))
    organisations, causes = (_shares(along(found, dimension)) for dimension in ("organisation", "cause"))
    return Elsewhere(found.total, tuple(rows), organisations, causes)


def _shares(found: Breakdown) -> Breakdown:
    """Rows of a destination or a reason, each over all known destinations: shares of leakage that add up to it."""
    known = found.total.denominator or 0
    rows = [replace(r, figure=_over(r.figure, known)) for r in found.rows]
    return replace(found, rows=tuple(rows))


def _over(figure: Figure, known: int) -> Figure:
    return replace(figure, denominator=known, value=(figure.numerator or 0) / known if known else None)


def _went(rows: list[Row], known: int) -> Went:
    reasons: dict[str, int] = defaultdict(int)
    for row in rows:
        if row.more["cause"] != NONE:
            reasons[str(row.more["cause_label"])] += row.figure.numerator or 0
    first = rows[0].more
    return Went(
        str(first["service_line"]),
        str(first["service_line_label"]),
        str(first["organisation"]),
        str(first["organisation_label"]),
        sum(r.figure.numerator or 0 for r in rows),
        known,
        max(sorted(reasons), key=lambda reason: reasons[reason]) if reasons else None,
    )
