"""What the page asks about a cell: where its lost referrals went, why, and who sent them."""

from dataclasses import dataclass, replace

import pandas as pd

from liaison.access import Viewer
from liaison.facts.live import Live
from liaison.fieldwork.practices import towns
from liaison.metrics.breakdown import Breakdown, Row
from liaison.metrics.come_home import CouldComeHome, Homeward, come_home, lines_taken, of_one_line
from liaison.metrics.filters import Filters
from liaison.metrics.months import Lost, practices_by_month
from liaison.metrics.sums import both_ways
from liaison.store import reading
from liaison.ui.leakage.asked import lost_rows, named
from liaison.ui.leakage.views import NO_GROUP
from liaison.vocabulary import NONE, Audience

NOT_NAMED, NOT_RECORDED = "Not named", "Not recorded"


@dataclass(frozen=True)
class Behind:
    """Destinations (with the reason given most) and reasons of what was lost; `pairs`: destination x reason."""

    pairs: Breakdown
    organisations: Breakdown
    causes: Breakdown
    destination_rows: pd.DataFrame
    cause_rows: pd.DataFrame


def behind(live: Live, viewer: Viewer, audience: Audience, filters: Filters) -> Behind:
    """Where a selection's lost referrals went, and why."""
    pairs, organisations, causes = both_ways(live, viewer, audience, filters, "organisation", "cause")
    lost = pairs.total.numerator or 0
    reasons: dict[str, str] = {}
    for row in pairs.rows:  # most referrals first
        said = str(row.more["cause_label"])
        if row.figure.numerator and said != NONE:
            reasons.setdefault(str(row.more["organisation"]), said)
    went = lost_rows(organisations.rows, lost, NOT_NAMED, lambda r: reasons.get(r.key, NOT_RECORDED))
    return Behind(pairs, organisations, causes, went, lost_rows(causes.rows, lost, NOT_RECORDED))


def reasons_of(found: Behind, organisation: str) -> tuple[Breakdown, pd.DataFrame]:
    """The reasons of what went to one destination, as a breakdown and as rows of the chart."""
    total = next(r.figure for r in found.organisations.rows if r.key == organisation)
    pairs = [r for r in found.pairs.rows if r.more["organisation"] == organisation]
    rows = tuple(Row(str(r.more["cause"]), str(r.more["cause_label"]), r.figure) for r in pairs)
    causes = replace(found.causes, total=total, rows=rows)
    return causes, lost_rows(rows, total.numerator or 0, NOT_RECORDED)


@dataclass(frozen=True)
class Senders:
    """Practices by what could come home. Where a destination or a reason is cut to, only what they lost there is known:
    `home` is None.
    """

    practices: Breakdown
    home: CouldComeHome | None
    rows: pd.DataFrame


def taken(live: Live, viewer: Viewer, audience: Audience, filters: Filters) -> frozenset[str]:
    """The lines that we take in these months."""
    return lines_taken(live, viewer, audience, filters)


def senders(
    live: Live, viewer: Viewer, audience: Audience, filters: Filters, lines: frozenset[str] = frozenset()
) -> Senders:
    """Who sent them; `lines` are those that we take."""
    practices, lost = practices_by_month(live, viewer, audience, filters)
    if filters.organisation is not None or filters.cause is not None:
        home = None
    elif filters.service_line is not None and audience is Audience.inside:
        home = of_one_line(live, practices, filters.service_line, lines)
    else:
        home = come_home(live, viewer, audience, filters, lines if audience is Audience.inside else None)
    with reading(live.home.store) as connection:
        town = towns(connection)
    return Senders(practices, home, _rows(practices, home, lost, town))


def _rows(found: Breakdown, home: CouldComeHome | None, lost: Lost, town: dict[str, str]) -> pd.DataFrame:
    """key, label, town, could, numerator, denominator, value, line, months (lost by month), suppressed.

    Most to win first; practices that lost nothing stand last, those of which nothing can be observed are left out.
    """
    months = range(found.window.first, found.window.last + 1) if found.window else range(0)
    winnable = {r.key: r for r in home.rows} if home else {}
    rows = []
    for r in found.rows:
        if r.more.get("observable", True):
            could = winnable.get(r.key, _NOTHING)
            by_month = lost.get(r.key, {})
            rows.append(
                (
                    r.key,
                    named(r.label, NO_GROUP),
                    town.get(r.key, ""),
                    could.could,
                    r.figure.numerator,
                    r.figure.denominator,
                    r.figure.value,
                    could.main_line[1] if could.main_line else "",
                    [by_month.get(month, 0) for month in months] if lost else [],
                    r.figure.suppressed or could.suppressed,
                )
            )
    rows.sort(key=lambda row: (row[9], -(row[3] or 0), -(row[4] or 0), row[1]))
    columns = ["key", "label", "town", "could", "numerator", "denominator", "value", "line", "months", "suppressed"]
    return pd.DataFrame(rows, columns=columns)


_NOTHING = Homeward("", "", 0, 0, None)
