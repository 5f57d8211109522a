"""How the small facts of the field are written: days, hours, clock times, ZIP codes, places on the map."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

LINE, PARAGRAPH = 200, 2_000  # characters at most: of what is one line on screen, of what is told in sentences
DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_CLOCK = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)")
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_ZIP = re.compile(r"\d{5}(-?\d{4})?")
_LOST_ZERO = re.compile(r"\d{4}|\d{8}|\d{4}-\d{4}")


@dataclass(frozen=True)
class Fault:
    """What is wrong with one value of a record, by the name its column has in a file."""

    column: str
    reason: str
    remedy: str
    quoted: bool = True  # whether an error may repeat the value


def days(text: str) -> tuple[str, ...]:
    """'Mo-We;Fr' -> ('Mo', 'Tu', 'We', 'Fr'). Raises ValueError for anything else."""
    found: set[str] = set()
    for part in re.split(r"[;,]", text):
        first, _, last = (p.strip().capitalize() for p in part.partition("-"))
        start, end = DAYS.index(first), DAYS.index(last or first)
        # A range may run over the weekend: Fr-Mo.
        found.update(DAYS[i % 7] for i in range(start, end + 1 + (7 if end < start else 0)))
    return tuple(day for day in DAYS if day in found)


def clock(text: str) -> int:
    """'08:30' -> 510, minutes since midnight. Raises ValueError for anything else."""
    read = _CLOCK.fullmatch(text.strip())
    minutes = int(read[1]) * 60 + int(read[2]) if read else -1
    if not 0 <= minutes <= 24 * 60:
        raise ValueError(f"{text} is no time of day")
    return minutes


def hours(text: str) -> dict[str, list[tuple[int, int]]]:
    """'Mo-Fr 08:00-12:00;13:00-17:00' -> minutes since midnight by day; a part without days goes on with the last ones.

    Raises ValueError where the text is not written so.
    """
    by_day: dict[str, list[tuple[int, int]]] = {}
    now: tuple[str, ...] = ()
    for part in (p.strip() for p in text.split(";")):
        when, _, span = part.rpartition(" ")
        now = days(when) if when else now
        opens, closes = (clock(t) for t in span.split("-"))
        if not now or opens >= closes:
            raise ValueError(f"{part} names no day, or closes before it opens")
        for day in now:
            by_day.setdefault(day, []).append((opens, closes))
    return by_day


def zip_code(text: str) -> tuple[str, bool]:
    """The ZIP's five digits, and whether a leading zero had to be put back. Raises ValueError for anything else."""
    plain = text.strip().removesuffix(".0")
    if _LOST_ZERO.fullmatch(plain):
        return f"0{plain}"[:5], True
    if not _ZIP.fullmatch(plain):
        raise ValueError(f"{text} is no ZIP code")
    return plain[:5], False


def _reads(reader: Any, text: Any) -> bool:
    try:
        reader(str(text))
    except ValueError:
        return False
    return True


def is_date(value: Any) -> bool:
    return _reads(date.fromisoformat, value)


def is_moment(value: Any) -> bool:
    return _reads(datetime.fromisoformat, value)


def is_month(value: Any) -> bool:
    return _MONTH.fullmatch(str(value)) is not None


FORMS = {
    "days": (lambda v: _reads(days, v), "is not a list of days", "Write days as Mo;We or Mo-Fr."),
    "hours": (lambda v: _reads(hours, v), "is not opening hours", "Write hours as Mo-Fr 08:00-12:00;13:00-17:00."),
    "clock": (lambda v: _reads(clock, v), "is not a time of day", "Write times as hh:mm, such as 08:30."),
    "zip": (lambda v: _reads(zip_code, v), "is not a ZIP code", "Write five digits, such as 37203."),
    "date": (is_date, "is not a date", "Write dates as YYYY-MM-DD."),
    "moment": (is_moment, "is not a date and time", "Write moments as YYYY-MM-DDThh:mm:ss+00:00."),
    "month": (is_month, "is not a month", "Write months as YYYY-MM."),
    "latitude": (lambda v: -90 <= float(v) <= 90, "is not a latitude", "Give degrees between -90 and 90."),
    "longitude": (lambda v: -180 <= float(v) <= 180, "is not a longitude", "Give degrees between -180 and 180."),
    "not negative": (lambda v: float(v) >= 0, "is below zero", "Give zero or more."),
}


def faults(values: Mapping[str, Any], forms: Mapping[str, str]) -> list[Fault]:
    """What is not written as it must be: `forms` says for each column which of `FORMS` it follows."""
    found = []
    for column, form in forms.items():
        holds, reason, remedy = FORMS[form]
        if values.get(column) is not None and not holds(values[column]):
            found.append(Fault(in_file(column), reason, remedy))
    return found


def length_faults(values: Mapping[str, Any], longest: Mapping[str, int]) -> list[Fault]:
    """Texts that are longer than their column holds."""
    return [
        Fault(in_file(column), f"is longer than {most:,} characters", "Shorten it.")
        for column, most in longest.items()
        if len(str(values.get(column) or "")) > most
    ]


def period_faults(values: Mapping[str, Any]) -> list[Fault]:
    """A period that ends before it starts."""
    starts, ends = values.get("starts"), values.get("ends")
    if starts and ends and ends < starts:
        return [Fault("to", "is before from", "Give a later to, or leave it blank while it goes on.")]
    return []


# `from` is a word of SQL and of Python, so that it is not the name of a column.
_IN_FILE = {"starts": "from", "ends": "to"}


def in_file(column: str) -> str:
    """The name that a column has in our CSV files."""
    return _IN_FILE.get(column, column)
