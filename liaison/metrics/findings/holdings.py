"""What is said about the data that are in."""

from liaison.metrics.figure import Figure, percent
from liaison.metrics.quality import Feed
from liaison.metrics.window import Window
from liaison.vocabulary import month_words

NOTHING = "No referrals are in yet"


def holdings(total: Figure, window: Window | None, begun: int | None = None) -> str:
    """How many referrals there are, of which complete months, and for how many the destination is known.

    `begun`: the id of the first month with a referral, complete or not.
    """
    if not total.value or window is None:
        return f"Referrals are in from {month_words(begun)}, and no month is complete" if begun else NOTHING
    known = total.coverage.share if total.coverage else None
    said = f"{total.value:,.0f} referrals from {month_words(window.first)} to {month_words(window.last)}"
    return said if known is None else f"{said}; the destination is known for {percent(known)}"


def lateness(feeds: tuple[Feed, ...]) -> str | None:
    """Which sources have not sent their next extract in time; None where all have."""
    late = [feed.source for feed in feeds if feed.late]
    if not late:
        return None
    return f"{late[0]} is late: its next extract was due." if len(late) == 1 else f"{len(late)} sources are late."
