"""What a planner is asked: stops with a value, days with hours, and the travel between their places.

Times are whole hundredths of a minute since midnight of their day: sums of them are exact. A visit's window is about
the start of its service, and no service is interrupted: a visit ends before the pause or begins after it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np
import numpy.typing as npt

MINUTE = 100  # hundredths
HOUR = 60 * MINUTE

Minutes = npt.NDArray[np.int64]


@dataclass(frozen=True, order=True)
class Window:
    """From `opens` to `closes`, both included."""

    opens: int
    closes: int


ANY_TIME = (Window(0, 100 * 24 * HOUR),)


@dataclass(frozen=True)
class Stop:
    """A visit that could be made once. `windows` hold on every day, or are given by date (none: closed).

    `liaisons` and `dates` narrow who may come and when; None: anybody, any day. Stops that name the same `practice`
    (two doctors of one building) are all seen by one liaison, or not at all. `required`: before everything else.
    """

    id: str
    place: int
    value: float
    service: int
    windows: tuple[Window, ...] | Mapping[date, tuple[Window, ...]] = ANY_TIME
    required: bool = False
    liaisons: frozenset[str] | None = None
    dates: frozenset[date] | None = None
    practice: str | None = None

    def windows_on(self, day: date) -> tuple[Window, ...]:
        return self.windows.get(day, ()) if isinstance(self.windows, Mapping) else self.windows

    def is_for(self, day: "Day") -> bool:
        """Whether this liaison may come on this date; the hours are another matter."""
        return (self.liaisons is None or day.liaison in self.liaisons) and (
            self.dates is None or day.date in self.dates
        )


@dataclass(frozen=True)
class Day:
    """A working day of a liaison: from where to where, from when to when; at most `driving_cap` of driving."""

    date: date
    liaison: str
    start: int
    end: int
    begins: int
    ends: int
    pause: Window | None = None
    driving_cap: int | None = None


@dataclass(frozen=True)
class Problem:
    """Stops, days and `travel[from, to]` between places (hundredths of a minute, int64, places x places).

    The plan wanted has the most value less `driving_price` for each hour of driving; at 0 driving only decides
    between plans of equal value.
    """

    travel: Minutes = field(compare=False, repr=False)
    stops: tuple[Stop, ...]
    days: tuple[Day, ...]
    driving_price: float = 0.0

    @cached_property
    def row(self) -> dict[str, int]:
        """Where each stop stands in `stops`."""
        return {stop.id: number for number, stop in enumerate(self.stops)}

    def stop(self, known: str) -> Stop:
        return self.stops[self.row[known]]

    def drive(self, start: int, end: int) -> int:
        return int(self.travel[start, end])


def in_minutes(hundredths: int) -> float:
    """As files and people have it: minutes to two places."""
    return hundredths / MINUTE


def at_clock(hundredths: int) -> str:
    """13:10, as on a clock; whole minutes, rounded."""
    minutes = round(hundredths / MINUTE)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
