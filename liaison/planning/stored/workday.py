"""What is assumed of a working day and of a visit: a person's own record first, then the instance's settings."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from liaison.config import Settings
from liaison.fieldwork.syntax import DAYS, clock, days
from liaison.planning.problem import MINUTE, Window, at_clock
from liaison.store.tables import person
from liaison.vocabulary import Purpose

COLUMNS = [
    person.c[name] for name in ("person_id", "name", "start_zip", "lat", "lon", "works_from", "works_to", "days")
]
WEEKDAYS = frozenset(DAYS[:5])


@dataclass(frozen=True)
class Workday:
    """From when to when (hundredths since midnight), the pause, on which days of the week (Mo, Tu, ...)."""

    begins: int
    ends: int
    pause: Window | None
    days: frozenset[str]

    @property
    def says(self) -> str:
        pause = f", pause {at_clock(self.pause.opens)} to {at_clock(self.pause.closes)}" if self.pause else ", no pause"
        return f"Working day {at_clock(self.begins)} to {at_clock(self.ends)}{pause}."


def workday(settings: Settings, works_from: str | None, works_to: str | None, on: str | None) -> Workday:
    """The working day of a person whose record says this; a blank takes the setting."""
    begins = clock(works_from or settings.day_from) * MINUTE
    ends = clock(works_to or settings.day_to) * MINUTE
    return Workday(begins, ends, pause_of(settings), _days(on))


def days_of_people(connection: Connection) -> dict[str, frozenset[str]]:
    """Person -> the days of the week on which they work; a blank takes Monday to Friday."""
    rows = connection.execute(select(person.c.person_id, person.c.days))
    return {row.person_id: _days(row.days) for row in rows}


def _days(text: str | None) -> frozenset[str]:
    return frozenset(days(text)) if text else WEEKDAYS


def pause_of(settings: Settings) -> Window | None:
    """The pause as set; None where it is set to nothing."""
    if not settings.day_pause:
        return None
    first, last = (clock(part) * MINUTE for part in settings.day_pause.split("-"))
    return Window(first, last)


def service(settings: Settings, purpose: str) -> int:
    """Hundredths of a minute that a visit for this purpose takes at the practice."""
    return round(settings.visit_minutes.get(purpose, settings.visit_minutes[Purpose.follow_up.value]) * MINUTE)


def minutes_say(settings: Settings) -> str:
    """'Minutes at a practice: introduction 30, follow up 20.'"""
    each = ", ".join(f"{Purpose(name).label.lower()} {minutes:g}" for name, minutes in settings.visit_minutes.items())
    return f"Minutes at a practice: {each}."
