"""The months that people choose by a name, and how a URL carries them."""

import re
from dataclasses import dataclass

from liaison.metrics.choices import Choices
from liaison.vocabulary import month_id, month_text, month_words

YEAR, HALF, QUARTER, THIS_YEAR, EVERY = "12m", "6m", "3m", "ytd", "all"
NAMED = {
    YEAR: "Last 12 months",
    HALF: "Last 6 months",
    QUARTER: "Last 3 months",
    THIS_YEAR: "This year",
    EVERY: "All complete months",
}
OTHER = "other"
DEFAULT = YEAR
_LENGTH = {YEAR: 12, HALF: 6, QUARTER: 3}
_MONTH = r"\d{4}-(?:0[1-9]|1[0-2])"
_SPAN = re.compile(rf"({_MONTH})_({_MONTH})")


@dataclass(frozen=True)
class Months:
    """`first` and `last` as filters take them: None where all there is, and only complete months, are meant."""

    first: str | None
    last: str | None


def read(value: str) -> bool:
    """Whether a URL's value is a window."""
    span = _SPAN.fullmatch(value)
    return value in NAMED or (span is not None and span[1] <= span[2])


def span(first: int, last: int) -> str:
    """The URL's value for months chosen one by one."""
    return f"{month_text(min(first, last))}_{month_text(max(first, last))}"


def ends(value: str, known: Choices) -> tuple[int, int]:
    """First and last month id of a window, inside what there is."""
    months = asked(value, known)
    first = month_id(months.first) if months.first else known.first or 0
    last = month_id(months.last) if months.last else newest(known)
    return first, max(first, last)


def newest(known: Choices) -> int:
    """The month that named windows end with: the last complete one, else the last there is."""
    return known.complete if known.complete is not None else known.last or 0


def asked(value: str, known: Choices) -> Months:
    """The months that a window stands for. Named ones leave the end open: each source counts its complete months."""
    if found := _SPAN.fullmatch(value):
        return Months(found[1], found[2])
    if known.first is None:
        return Months(None, None)
    # Where no month is complete yet, the months there are stand in, and figures say that they are not complete.
    last = None if known.complete is not None or known.last is None else month_text(known.last)
    if value == EVERY:
        return Months(None, last)
    end = newest(known)
    first = end // 12 * 12 if value == THIS_YEAR else end - _LENGTH[value] + 1
    return Months(month_text(first), last)


def label(value: str) -> str:
    """What people read: 'Last 12 months', 'Mar 2026 to May 2026'."""
    found = _SPAN.fullmatch(value)
    if not found:
        return NAMED[value]
    first, last = (month_words(month_id(text)) for text in found.groups())
    return first if first == last else f"{first} to {last}"


def in_words(value: str) -> str:
    """The same inside a sentence: 'last 12 months'; months keep their capitals."""
    return NAMED[value].lower() if value in NAMED else label(value)
