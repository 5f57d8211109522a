"""Margins: what a completed referral of a service line contributes, in dollars, from a date on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from liaison.fieldwork.kind import RecordKind
from liaison.fieldwork.syntax import Fault
from liaison.store.tables import margin
from liaison.vocabulary import comparison_key


def _order_faults(values: Mapping[str, Any]) -> list[Fault]:
    middle, low, high = (values.get(c) for c in ("margin", "low", "high"))
    if middle is not None and low is not None and low > middle:
        return [Fault("low", "is above the margin", "Give low, margin and high in rising order.")]
    if middle is not None and high is not None and high < middle:
        return [Fault("high", "is below the margin", "Give low, margin and high in rising order.")]
    return []


MARGINS = RecordKind(
    name="margins",
    one="margin",
    table=margin,
    keys=("service_line", "starts"),
    needs=("service_line", "margin"),
    forms={"starts": "date"},
    check=_order_faults,
)


@dataclass(frozen=True)
class Margin:
    """Dollars that a completed referral contributes, with the range that was given; since when, and who says so."""

    amount: float
    low: float | None
    high: float | None
    starts: str | None
    source: str | None


def margins_on(connection: Connection, day: str) -> dict[str, Margin]:
    """Service line, as a comparison key -> the figure in force on an ISO day."""
    m = margin.c
    since = func.coalesce(m.starts, "")
    rows = select(m.service_line, m.margin, m.low, m.high, m.starts, m.source).where(since <= day).order_by(since)
    return {comparison_key(line): Margin(*values) for line, *values in connection.execute(rows)}
