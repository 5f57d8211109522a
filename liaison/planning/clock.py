"""A day's clock: it stands still during the pause, for a drive under way as for who waits.

A drive that meets the pause goes on after it, so that the pause takes time but no place of its own, and costs no
travel that is not made. A visit is never interrupted, not even by a pause of no length: it ends before the pause, or
begins after it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from liaison.planning.problem import Day, Stop, Window

NEVER = 1 << 60  # later than any day; where a day has no pause


# Plain functions of numbers, so that the search can compile them as they are.
def after_drive(leaves: int, drive: int, pause_from: int, pause_to: int) -> int:
    """When a drive that leaves then is over."""
    at = leaves + drive
    if leaves < pause_to and at > pause_from:
        return at + pause_to - pause_from
    return at


def before_drive(arrives: int, drive: int, pause_from: int, pause_to: int) -> int:
    """The latest moment to leave for a drive that must be over by then."""
    if arrives - drive >= pause_to:
        return arrives - drive
    if arrives >= pause_to and drive > arrives - pause_to:
        return arrives - drive - (pause_to - pause_from)
    return min(arrives, pause_from) - drive


def first_start(arrives: int, opens: Sequence[int], closes: Sequence[int]) -> int:
    """The first start for who arrives then, in windows in order; -1: none."""
    for w in range(len(opens)):
        if arrives <= closes[w]:
            return max(arrives, opens[w])
    return -1


def last_start(by: int, opens: Sequence[int], closes: Sequence[int]) -> int:
    """The last start not after `by`; -1: none."""
    for w in range(len(opens) - 1, -1, -1):
        if closes[w] >= 0 and opens[w] <= by:
            return min(by, closes[w])
    return -1


@dataclass(frozen=True)
class Clock:
    """The hours of a day and its pause; a pause at either end only shortens the day."""

    day: Day

    @cached_property
    def begins(self) -> int:
        pause = self.day.pause
        inside = pause is not None and pause.opens <= self.day.begins < pause.closes
        return min(pause.closes, self.day.ends) if pause and inside else self.day.begins

    @cached_property
    def ends(self) -> int:
        pause = self.day.pause
        inside = pause is not None and self.begins < pause.opens < self.day.ends <= pause.closes
        return pause.opens if pause and inside else self.day.ends

    @cached_property
    def pause(self) -> Window:
        """Where the clock stands still; beyond the end of time when it never does."""
        pause = self.day.pause
        if pause is None or pause.opens < self.begins or pause.closes > self.ends:
            return Window(NEVER, NEVER)
        return pause

    def arrives(self, leaves: int, drive: int) -> int:
        return after_drive(leaves, drive, self.pause.opens, self.pause.closes)

    def leaves(self, arrives: int, drive: int) -> int:
        return before_drive(arrives, drive, self.pause.opens, self.pause.closes)

    def between(self, first: int, last: int) -> int:
        """How much time passes from one moment to a later one, the pause apart."""
        return last - first - max(0, min(last, self.pause.closes) - max(first, self.pause.opens))

    def starts(self, stop: Stop) -> list[Window]:
        """When a visit by this liaison may start on this day."""
        return self.openings(stop) if stop.is_for(self.day) else []

    def openings(self, stop: Stop) -> list[Window]:
        """The stop's windows within the hours, cut at the pause, in order, disjoint; whoever comes."""
        pause, last = self.pause, self.ends - stop.service
        cut = []
        for window in stop.windows_on(self.day.date):
            opens, closes = max(window.opens, self.begins), min(window.closes, last)
            cut += [(opens, min(closes, pause.opens - stop.service)), (max(opens, pause.closes), closes)]
        merged: list[Window] = []
        for opens, closes in sorted(piece for piece in cut if piece[0] <= piece[1]):
            if merged and opens <= merged[-1].closes:
                merged[-1] = Window(merged[-1].opens, max(closes, merged[-1].closes))
            else:
                merged.append(Window(opens, closes))
        return merged
