"""What the page Routes says of a day and of a week."""

from collections.abc import Sequence
from typing import NamedTuple

NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve")


class Told(NamedTuple):
    """A day or week: how many stops, minutes of driving as words, when one is back (None for a week), how many of the
    practices that could be seen are in no day, how many things cannot be."""

    stops: int
    driving: str
    back: str | None
    left_out: int
    conflicts: int


def routes_headline(when: str, told: Told) -> str:
    """'Six stops on Tue 1 Dec, 1 h 57 min of driving, back at 14:20; 3 more do not fit this week'"""
    many = NUMBERS[told.stops] if told.stops < len(NUMBERS) else f"{told.stops:,}"
    said = f"{many} {'stop' if told.stops == 1 else 'stops'} {when}"
    if told.stops:
        said += f", {told.driving} of driving" + (f", back at {told.back}" if told.back else "")
    if told.conflicts:
        cannot = "one thing cannot be" if told.conflicts == 1 else f"{told.conflicts:,} things cannot be"
        return f"{said}; {cannot}"
    return f"{said}; {told.left_out:,} more do not fit this week" if told.left_out else said


def expected_note(gains: Sequence[tuple[float, float, float]], level: float, missing: int = 0) -> str:
    """What the visits should bring together, their intervals' ends added up, since what is not known is shared."""
    gain, low, high = (sum(each[n] for each in gains) for n in range(3))
    said = (
        f"Expected of these {len(gains):,} visits together: {gain:,.0f} referrals, {low:,.0f} to {high:,.0f} "
        f"({level:.0%} interval), by the list of next visits."
    )
    verb = "is" if missing == 1 else "are"
    return said.replace("-", "\u2212") + (f" {missing:,} more {verb} on no list." if missing else "")
