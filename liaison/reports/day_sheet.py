"""The day on a sheet of paper: where to be when, whom to meet, what was promised, and room to write.

It is read in waiting rooms: no volume, value, rank or margin of a practice stands on it, and never a gift.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from liaison.errors import LiaisonError
from liaison.facts.home import Home
from liaison.fieldwork.due import due
from liaison.fieldwork.one_practice import PracticeFile, practice_file
from liaison.fieldwork.panels import panels
from liaison.fieldwork.syntax import DAYS, days
from liaison.fieldwork.to_do import Task, open_tasks
from liaison.planning.problem import at_clock
from liaison.planning.stored.offices import Office, offices
from liaison.planning.stored.plans import StoredDay, StoredPlan, StoredStop
from liaison.planning.stored.words import day_words, minutes
from liaison.reports.paper import pdf
from liaison.store import reading
from liaison.vocabulary import Purpose

NAMES = 4  # of those who are in that fit a line
FEW, MOST_LINES = 6, 2  # stops with so many lines to write on; more of them get one, so that a day is one page


def day_sheet(home: Home, plan: StoredPlan, on: date, now: datetime) -> bytes:
    """The sheet of one day of a plan as a PDF; raises LiaisonError where nothing is planned on it."""
    with reading(home.store) as connection:
        data = sheet_data(connection, plan, on, now)
    return pdf("day_sheet", data, size=home.settings.paper)


def sheet_data(connection: Connection, plan: StoredPlan, on: date, now: datetime) -> dict[str, Any]:
    """What the template shows: `title`, `says`, `leave`, `back`, `foot`, and `stops` in their order."""
    stops, day = plan.of(on), plan.day(on)
    if not stops or day is None:
        raise LiaisonError(f"Nothing is planned on {day_words(on)}.", remedy="Plan the day first, or choose another.")
    today = now.date().isoformat()
    whose = panels(connection, on.isoformat())
    ids = [stop.practice_id for stop in stops]
    known, late = offices(connection, ids, whose), due(connection, ids, today)
    mine = open_tasks(connection, plan.person_id)
    name = whose.team.get(plan.person_id, plan.person_id)
    return {
        "title": f"{name}, {on:%A}, {on.day} {on:%B} {on.year}",
        "says": _says(stops, day),
        "leave": f"Leave at {at_clock(day.leave)}",
        "back": f"Back at {at_clock(day.back)}",
        "foot": f"Plan {plan.revision}, printed {now:%d %b %Y}. Times of {plan.zone}.",
        "lines": MOST_LINES if len(stops) <= FEW else 1,
        "stops": [
            _stop(
                stop,
                known.get(stop.practice_id),
                practice_file(connection, stop.practice_id),
                on,
                late[stop.practice_id].overdue,
                [task for task in mine if task.practice_id == stop.practice_id],
            )
            for stop in stops
        ],
    }


def _says(stops: Sequence[StoredStop], day: StoredDay) -> str:
    many = "One visit" if len(stops) == 1 else f"{len(stops)} visits"
    return f"{many}, {minutes(day.driving)} of driving, back at {at_clock(day.back)}"


def _stop(
    stop: StoredStop, office: Office | None, kept: PracticeFile, on: date, overdue: Sequence[str], tasks: Sequence[Task]
) -> dict[str, Any]:
    reach = [office.address, office.phone] if office else []
    parking = f"Parking: {office.parking}" if office and office.parking else ""
    return {
        "at": at_clock(stop.arrive),
        "until": at_clock(stop.depart),
        "drive": f"{minutes(stop.drive)} drive",
        "name": office.name if office else stop.practice_id,
        "purpose": Purpose(stop.purpose).label,
        "agreed": stop.agreed is not None,
        "reach": [part for part in (*reach, parking) if part],
        "in": _who_is_in(kept, on),
        "last": _last(kept, on),
        "now": "  \u00b7  ".join([*overdue, *(_task(task) for task in tasks)]),
    }


def _who_is_in(kept: PracticeFile, on: date) -> str:
    """'In on Tuesday: Dr Oak, Dr Elm and 2 more'; who has no days on record is not named."""
    names = [str(p["name"]) for p in kept.working_on(on.isoformat()) if DAYS[on.weekday()] in _in_office(p)]
    if not names:
        return ""
    more = f" and {len(names) - NAMES} more" if len(names) > NAMES else ""
    return f"In on {on:%A}: {', '.join(names[:NAMES])}{more}"


def _in_office(provider: Mapping[str, Any]) -> frozenset[str]:
    try:
        return frozenset(days(str(provider["in_office"]))) if provider["in_office"] else frozenset()
    except ValueError:
        return frozenset()  # older records may hold anything


def _last(kept: PracticeFile, on: date) -> str:
    """'Last: 3 May, Maya, in person, follow up. Asked for: ...'"""
    touch = next((each for each in kept.touches if each.date <= on.isoformat()), None)
    if touch is None:
        return "Nobody was here before."
    day = date.fromisoformat(touch.date)
    asked = f" Asked: {touch.ask}" if touch.ask else ""
    return f"Last: {day.day} {day:%b %Y}, {touch.who}, {touch.how[:1].lower()}{touch.how[1:]}.{asked}"


def _task(task: Task) -> str:
    if not task.due_on:
        return f"To do: {task.what}"
    due_on = date.fromisoformat(task.due_on)
    return f"To do by {due_on.day} {due_on:%b}: {task.what}"
