"""What the page asks for, each counted once for a version of the data: functions of `ui.ask`."""

from dataclasses import dataclass

import pandas as pd

from liaison.access import Viewer
from liaison.facts.live import Live
from liaison.metrics.breakdown import Breakdown
from liaison.metrics.filters import Filters
from liaison.metrics.sums import both_ways
from liaison.vocabulary import NONE, Audience, month_text


@dataclass(frozen=True)
class Lines:
    """Leakage by service line, and `rows` for the table: key, label, referrals, numerator, value, unknown, months."""

    found: Breakdown
    rows: pd.DataFrame


def by_line(live: Live, viewer: Viewer, audience: Audience, filters: Filters) -> Lines:
    """Service lines of the window, most referrals lost first, each with its leakage by month."""
    pairs, lines, _ = both_ways(live, viewer, audience, filters, "service_line", "month")
    months = [month_text(m) for m in range(pairs.window.first, pairs.window.last + 1)] if pairs.window else []
    shares: dict[str, dict[str, float | None]] = {}
    for row in pairs.rows:
        shares.setdefault(str(row.more["service_line"]), {})[str(row.more["month"])] = row.figure.value
    rows = [
        {
            "key": r.key,
            "label": "No service line" if r.label == NONE else r.label,
            "referrals": None if r.figure.suppressed else r.figure.coverage and r.figure.coverage.of,
            "numerator": r.figure.numerator,
            "value": r.figure.value,
            "unknown": r.figure.coverage and r.figure.coverage.share is not None and 1 - r.figure.coverage.share,
            "months": [100 * (shares.get(r.key, {}).get(month) or 0.0) for month in months],
            "suppressed": r.figure.suppressed,
        }
        for r in lines.rows
    ]
    return Lines(lines, pd.DataFrame(rows))
