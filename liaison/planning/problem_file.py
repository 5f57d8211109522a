"""A bare problem as JSON: the planner tried on figures of one's own, without a store.

{"minutes": [[...]], "stops": [{"id", "place", "value", "service", "windows", "required", "liaisons", "days",
"practice"}], "days": [{"date", "liaison", "start", "end", "from", "to", "pause", "max_driving"}]}; times are minutes
since midnight, kept to 0.01; a place is a row of `minutes`.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Never

import numpy as np

from liaison.errors import LiaisonError, Where, nearest
from liaison.planning.problem import ANY_TIME, MINUTE, Day, Minutes, Problem, Stop, Window

KEYS = ("minutes", "stops", "days")
STOP_KEYS = ("id", "place", "value", "service", "windows", "required", "liaisons", "days", "practice")
DAY_KEYS = ("date", "liaison", "start", "end", "from", "to", "pause", "max_driving")
LARGEST = 1e7  # minutes: nineteen years, far from where whole numbers end


def read_problem(path: Path) -> Problem:
    """The problem of a file. Raises LiaisonError naming file, part and remedy where it is none."""
    name = path.name
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        raise LiaisonError(f"{path} cannot be read: {reason}.", Where(str(path)), "Check the path.") from error
    except UnicodeDecodeError as error:
        raise LiaisonError(f"{name} is not UTF-8.", Where(name), "Save it as UTF-8.") from error
    except (json.JSONDecodeError, RecursionError) as error:
        row = error.lineno if isinstance(error, json.JSONDecodeError) else None
        raise LiaisonError(f"{name} is not JSON: {error}.", Where(name, row), "Mend it there.") from error
    return _problem(_Part(name, "", content))


@dataclass(frozen=True)
class _Part:
    """A value of the file and the way to it, so that a refusal can say where."""

    file: str
    path: str
    value: Any

    def refuse(self, what: str, remedy: str) -> Never:
        raise LiaisonError(what, Where(self.file, column=self.path or None), remedy)

    def has(self, key: str) -> bool:
        return key in self.value and self.value[key] is not None

    def of(self, key: str) -> "_Part":
        if not self.has(key):
            self.refuse(f"{self.path or 'The problem'} has no {key}.", f"Give it: {key}.")
        return _Part(self.file, f"{self.path}.{key}" if self.path else key, self.value[key])

    def record(self, keys: tuple[str, ...]) -> "_Part":
        """This, when it is an object; a key that looks like a misspelt one of `keys` is refused."""
        if not isinstance(self.value, dict):
            self.refuse(f"{self.path or 'The problem'} is not an object.", f'Write {{"{keys[0]}": ...}}.')
        for key in self.value:
            meant = nearest(key, keys) if key not in keys else None
            if meant:
                self.refuse(f"{self.path or 'The problem'} has {key}, which is not read.", f"Write {meant}.")
        return self

    def items(self) -> list["_Part"]:
        if not isinstance(self.value, list):
            self.refuse(f"{self.path} is not a list.", "Write it as [...].")
        return [_Part(self.file, f"{self.path}[{i}]", value) for i, value in enumerate(self.value)]

    def number(self, least: float = 0.0) -> float:
        value = self.value
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            self.refuse(f"{self.path} is {_shown(value)}, not a number.", "Write a number.")
        if not least <= value <= LARGEST:
            self.refuse(f"{self.path} is {value:g}.", f"Write a number from {least:g} to {LARGEST:,.0f}.")
        return float(value)

    def minutes(self) -> int:
        return round(self.number() * MINUTE)

    def place(self, places: int) -> int:
        if isinstance(self.value, bool) or not isinstance(self.value, int) or not 0 <= self.value < places:
            self.refuse(
                f"{self.path} is {_shown(self.value)}, which is no row of minutes.",
                f"Write a whole number from 0 to {places - 1}.",
            )
        return self.value

    def words(self) -> str:
        if isinstance(self.value, bool) or not isinstance(self.value, str | int) or not str(self.value).strip():
            self.refuse(f"{self.path} is {_shown(self.value)}.", "Write a name.")
        return str(self.value)

    def as_date(self) -> date:
        return self.key_as_date(self.value)

    def key_as_date(self, text: object) -> date:
        try:
            return date.fromisoformat(text if isinstance(text, str) else "")
        except ValueError:
            self.refuse(f"{self.path} is {_shown(text)}, not a date.", "Write it as 2026-03-31.")

    def window(self) -> Window:
        ends = self.items()
        if len(ends) != 2:
            self.refuse(f"{self.path} has {len(ends)} numbers.", "Write [earliest, latest] in minutes since midnight.")
        opens, closes = (end.minutes() for end in ends)
        if closes < opens:
            self.refuse(f"{self.path} ends before it begins.", "Write the earlier time first.")
        return Window(opens, closes)

    def windows(self) -> tuple[Window, ...] | Mapping[date, tuple[Window, ...]]:
        if isinstance(self.value, dict):
            return {
                self.key_as_date(day): tuple(_Part(self.file, f"{self.path}.{day}", some).windows_of_a_day())
                for day, some in self.value.items()
            }
        return tuple(self.windows_of_a_day())

    def windows_of_a_day(self) -> list[Window]:
        return [item.window() for item in self.items()]


def _shown(value: object) -> str:
    text = json.dumps(value)
    return text if len(text) <= 40 else f"{text[:39]}…"


def _problem(part: _Part) -> Problem:
    part.record(KEYS)
    travel = _travel(part.of("minutes"))
    stops = [_stop(item.record(STOP_KEYS), len(travel)) for item in part.of("stops").items()]
    days = [_day(item.record(DAY_KEYS), len(travel)) for item in part.of("days").items()]
    first: dict[str, int] = {}
    for number, stop in enumerate(stops):
        if stop.id in first:
            there = _Part(part.file, f"stops[{number}].id", stop.id)
            there.refuse(f"{stop.id} is also the id of stops[{first[stop.id]}].", "Give each stop an id of its own.")
        first[stop.id] = number
    _refuse_overlaps(part.file, days)
    return Problem(travel, tuple(stops), tuple(days))


def _travel(part: _Part) -> Minutes:
    rows = part.items()
    if not rows:
        part.refuse("minutes has no rows.", "Give one row and one column for each place.")
    for row in rows:
        cells = row.items()
        if len(cells) != len(rows):
            row.refuse(
                f"{row.path} has {len(cells)} numbers for {len(rows)} places.",
                "Give one row and one column for each place.",
            )
    return np.array([[cell.minutes() for cell in row.items()] for row in rows], dtype=np.int64)


def _stop(part: _Part, places: int) -> Stop:
    required = part.of("required").value if part.has("required") else False
    if not isinstance(required, bool):
        part.of("required").refuse(f"{part.path}.required is {_shown(required)}.", "Write true or false.")
    return Stop(
        part.of("id").words(),
        part.of("place").place(places),
        part.of("value").number(-LARGEST),
        part.of("service").minutes(),
        part.of("windows").windows() if part.has("windows") else ANY_TIME,
        required,
        frozenset(item.words() for item in part.of("liaisons").items()) if part.has("liaisons") else None,
        frozenset(item.as_date() for item in part.of("days").items()) if part.has("days") else None,
        part.of("practice").words() if part.has("practice") else None,
    )


def _day(part: _Part, places: int) -> Day:
    begins, ends = part.of("from").minutes(), part.of("to").minutes()
    if ends < begins:
        part.of("to").refuse(f"{part.path} ends before it begins.", "Write the earlier time in from.")
    return Day(
        part.of("date").as_date(),
        part.of("liaison").words(),
        part.of("start").place(places),
        part.of("end").place(places),
        begins,
        ends,
        part.of("pause").window() if part.has("pause") else None,
        part.of("max_driving").minutes() if part.has("max_driving") else None,
    )


def _refuse_overlaps(file: str, days: list[Day]) -> None:
    """A liaison is in one place at a time."""
    seen: dict[tuple[str, date], list[tuple[int, Day]]] = {}
    for number, day in enumerate(days):
        for earlier, other in seen.setdefault((day.liaison, day.date), []):
            if day.begins < other.ends and other.begins < day.ends:
                _Part(file, f"days[{number}]", None).refuse(
                    f"days[{number}] of {day.liaison} on {day.date} overlaps days[{earlier}].",
                    "Give a liaison one day a date, or hours that do not overlap.",
                )
        seen[day.liaison, day.date].append((number, day))
