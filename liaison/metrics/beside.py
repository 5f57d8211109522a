"""Figures that follow from a leakage breakdown: what stayed, and what is not known."""

from dataclasses import replace

from liaison.metrics.breakdown import Breakdown
from liaison.metrics.definitions.leakage import keepage as keepage_definition
from liaison.metrics.definitions.volume import unknown_destination as unknown_definition
from liaison.metrics.figure import Figure


def keepage(found: Breakdown) -> Figure:
    """The share that stayed in network; hidden where leakage is."""
    total = found.total
    kept = None if total.numerator is None or total.denominator is None else total.denominator - total.numerator
    value = kept / total.denominator if kept is not None and total.denominator else None
    low, high = (None if end is None else 1 - end for end in (total.high, total.low))
    return replace(total, definition=keepage_definition.name, value=value, numerator=kept, low=low, high=high)


def unknown_destination(found: Breakdown) -> Figure:
    """The share of referrals whose destination is not known; hidden where one of its parts is."""
    total = found.total
    unknown = total.beside.get("unknown")
    # Without coverage the volume is hidden, and so is a share of it.
    every = found.coverage.of if found.coverage else None
    shown = unknown is not None and every is not None
    return replace(
        total,
        definition=unknown_definition.name,
        value=unknown / every if unknown is not None and every else None,
        numerator=unknown,
        denominator=every,
        low=None,
        high=None,
        suppressed=not shown and total.suppressed,
        beside={},
    )
