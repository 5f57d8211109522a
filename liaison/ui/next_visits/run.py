"""The run that the page shows: none yet, on its way, failed, or of data that have changed since."""

from liaison.ui.making import Made, day
from liaison.ui.next_visits import asked
from liaison.ui.next_visits.asked import Newest

__all__ = ["LIST", "day", "ready", "tell"]
LIST = Made(
    kind="rank",
    empty="No list yet: no referrals are in",
    none="No list has been made yet",
    nothing_to="Nothing to rank yet",
    nothing="Nothing has been ranked yet",
    brings="This page says whom to see next, why, and what a visit should bring. It is worked out from referrals and "
    "visits, in less than a minute, and again when you ask for it after an import.",
    too_little="There is too little to rank by",
    button="Make the list",
    key="list",
    this="This list",
    other="visits or people",
)


def ready(title: str) -> Newest | None:
    """The newest run; where there is none, the page says what would be here and how to get it."""
    now = asked.newest()
    if now is None:
        LIST.none_yet(title)
    return now


def tell(now: Newest) -> None:
    """Whether the list is older than the data, and how far the next one is."""
    if not now.fresh:
        LIST.tell(now.run.fitted_at, now.run.data_id)
