"""Planned visits as an iCalendar file (RFC 5545): a visit keeps its UID, so that a changed plan updates its entry.

SEQUENCE is the plan's revision. A stop that left the plan is sent once more as cancelled, so that its entry goes too.
Nobody is invited: there are no attendees.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from liaison.planning.problem import in_minutes
from liaison.planning.stored.offices import Office
from liaison.planning.stored.plans import DONE, PLANNED, StoredPlan, StoredStop
from liaison.vocabulary import Purpose

PRODUCER = "-//Liaison//Routes//EN"


def route_calendar(
    plans: Iterable[StoredPlan], offices: Mapping[str, Office], name: str = "Visits", every: timedelta | None = None
) -> bytes:
    """The file: one entry a stop, in the zone of its plan; `name` is what calendars call it.

    `every`: how often a calendar that subscribes should look again.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    if every:
        calendar.refresh_interval = every
    made = list(plans)
    for plan in made:
        for stop in sorted(plan.stops, key=lambda each: (str(each.date), each.arrive, each.stop_id)):
            if stop.date is not None:
                calendar.add_component(_event(plan, stop, offices.get(stop.practice_id)))
    years = [plan.week.year for plan in made] or [datetime.now(UTC).year]
    calendar.add_missing_timezones(first_date=date(min(years) - 1, 1, 1), last_date=date(max(years) + 2, 1, 1))
    return bytes(calendar.to_ical())


def _event(plan: StoredPlan, stop: StoredStop, office: Office | None) -> Event:
    event = Event()
    changed = datetime.fromisoformat(plan.changed_at)
    event.add("uid", f"{stop.stop_id}@liaison")
    event.add("sequence", plan.revision)
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("dtstart", _moment(plan, stop, stop.arrive))
    event.add("dtend", _moment(plan, stop, stop.depart))
    event.add("summary", office.name if office else stop.practice_id)
    event.add("status", "CONFIRMED" if stop.state in (PLANNED, DONE) else "CANCELLED")
    if office is not None:
        if office.address:
            event.add("location", office.address)
        if office.lat is not None and office.lon is not None:
            event.add("geo", (office.lat, office.lon))
        event.add("description", _about(stop, office))
    return event


def _moment(plan: StoredPlan, stop: StoredStop, at: int) -> datetime:
    """A clock time in the plan's zone, to the minute: 14:00 is 14:00 on either side of a change of clocks."""
    if stop.date is None:
        raise ValueError(f"{stop.stop_id} is on no day")
    return (datetime.combine(stop.date, time()) + timedelta(minutes=round(in_minutes(at)))).replace(
        tzinfo=ZoneInfo(plan.zone)
    )


def _about(stop: StoredStop, office: Office) -> str:
    phone = f"Phone {office.phone}" if office.phone else ""
    parking = f"Parking: {office.parking}" if office.parking else ""
    return "\n".join(part for part in (Purpose(stop.purpose).label, phone, parking) if part)
