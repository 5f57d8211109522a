"""The months that a figure counts."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from liaison.vocabulary import month_text, month_words

EPOCH = date(1970, 1, 1)


def first_day(month: int) -> int:
    """The first day of a month, as days since 1970-01-01."""
    return (date(month // 12, month % 12 + 1, 1) - EPOCH).days


def day(number: int) -> date:
    """The date of a day number."""
    return EPOCH + timedelta(days=int(number))


@dataclass(frozen=True)
class Window:
    """Months `first` to `last`, both inclusive; `incomplete` names those that a source has not seen to their end."""

    first: int
    last: int
    incomplete: tuple[int, ...] = ()

    def as_json(self) -> dict[str, Any]:
        found: dict[str, Any] = {"from": month_text(self.first), "to": month_text(self.last)}
        return found | ({"incomplete": [month_text(m) for m in self.incomplete]} if self.incomplete else {})

    def __str__(self) -> str:
        span = month_words(self.first)
        span += "" if self.first == self.last else f" to {month_words(self.last)}"
        return span + (f", of which {month_words(self.incomplete[-1])} is not complete" if self.incomplete else "")


def last_complete(newest_extract: Mapping[str, int]) -> dict[str, int]:
    """Source -> its last complete month: the newest extract lies after the month's last day."""
    seen = {source: day(as_of) for source, as_of in newest_extract.items()}
    return {source: when.year * 12 + when.month - 2 for source, when in seen.items()}


def window_of(first: int, last: int, ends: Collection[int]) -> Window:
    """A window that was asked for, and its months that some source in it has not seen to the end.

    `ends`: the last complete month of each source that is counted.
    """
    return Window(first, last, tuple(m for m in range(first, last + 1) if ends and m > min(ends)))
