"""What is said about what could come home."""

from liaison.metrics.come_home import CouldComeHome
from liaison.metrics.figure import percent
from liaison.metrics.findings.leakage import ENOUGH
from liaison.metrics.findings.words import listed
from liaison.metrics.intervals import share_interval
from liaison.vocabulary import NONE

FIRST = 3


def first_to_see(found: CouldComeHome) -> str | None:
    """Which three practices hold most of what could come home; None where so little or so few say nothing.

    A fourth that cannot be told from the third is said: the order of equals is chance.
    """
    every = found.total.could
    rows = [r for r in found.rows if r.could and r.key != NONE]
    if not every or every < ENOUGH or len(rows) < FIRST or any(r.suppressed for r in found.rows):
        return None
    top = rows[:FIRST]
    held = sum(r.could or 0 for r in top)
    said = f"{listed([r.label for r in top])} hold {percent(held / every)} of what could come home"
    third, fourth = top[-1].could or 0, (rows[FIRST].could or 0) if len(rows) > FIRST else 0
    close = fourth > 0 and share_interval(third, third + fourth).low <= 0.5
    return f"{said}; others come close." if close else f"{said}."
