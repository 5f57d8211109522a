"""What it takes to win a source: touches before its first referral, where it was won while the files look."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median, quantiles

SILENT = 12  # months without a referral, from the first month of the files on, before which nothing was won
FEWEST = 3  # sources won, below which none is called usual


@dataclass(frozen=True)
class Won:
    """A practice that was touched before its first referral: how often, and weeks from the first touch to the month."""

    practice_id: str
    touches: int
    weeks: float


@dataclass(frozen=True)
class Winning:
    """`won`: by practice; `median`, `low`, `high`: touches that it took, with the middle half; None below three."""

    won: Mapping[str, Won]
    median: float | None
    low: float | None
    high: float | None
    weeks: float | None


def winning(first: Mapping[str, int], since: int | None, touches: Mapping[str, Sequence[str]]) -> Winning:
    """`first`: practice -> month id of its first referral; `since`: first month of the files; touches: ISO days.

    Counted are practices that sent nothing for a year of the files and were touched before the month of the first
    referral. Days within that month are left out: which came first cannot be told.
    """
    won = {}
    for practice, month in first.items():
        begins = date(month // 12, month % 12 + 1, 1)
        before = sorted(day for day in touches.get(practice, ()) if day < begins.isoformat())
        if since is None or month < since + SILENT or not before:
            continue
        won[practice] = Won(practice, len(before), (begins - date.fromisoformat(before[0])).days / 7)
    many = [one.touches for one in won.values()]
    if len(many) < FEWEST:
        return Winning(won, None, None, None, None)
    low, _, high = quantiles(many, n=4, method="inclusive")
    return Winning(won, median(many), low, high, median(one.weeks for one in won.values()))
