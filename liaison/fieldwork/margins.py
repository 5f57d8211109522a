"""Margins: what a completed referral of a service line contributes, in dollars, from a date on."""

from collections.abc import Mapping
from typing import Any

from liaison.fieldwork.kind import RecordKind
from liaison.fieldwork.syntax import Fault
from liaison.store.tables import margin


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
