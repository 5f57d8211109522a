"""An event as an iCalendar file (RFC 5545) for whoever is invited; sent again after a change it updates its entry.

Nobody is named in it: no attendees, and no organiser whose address a calendar would write to.
"""

from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event

from liaison.fieldwork.one_event import EventFile, kind_words

PRODUCER = "-//Liaison//Events//EN"
UNKNOWN = 60.0  # minutes of an event whose end nobody said


def event_calendar(about: EventFile, made_at: datetime) -> bytes:
    """The file: one entry in the event's zone, cancelled where the event is."""
    row, starts = about.row, about.row.starts
    calendar, entry = Calendar(), Event()
    calendar.add("prodid", PRODUCER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", row.title)
    entry.add("uid", f"event-{row.event_id}@liaison")
    entry.add("sequence", about.version - 1)
    entry.add("dtstamp", made_at.astimezone(UTC))
    entry.add("dtstart", starts)
    # Minutes are of time that passes: an event over a change of clocks is as long as it is.
    ends = starts.astimezone(UTC) + timedelta(minutes=about.record["minutes"] or UNKNOWN)
    entry.add("dtend", ends.astimezone(starts.tzinfo))
    entry.add("summary", row.title)
    entry.add("status", "CANCELLED" if row.cancelled else "CONFIRMED")
    if row.place:
        entry.add("location", row.place)
    if about.record["link"]:
        entry.add("url", about.record["link"])
    said = (kind_words(row.kind), f"Host: {row.host}", about.record["link"] or "", _cancelled(about))
    entry.add("description", "\n".join(part for part in said if part))
    calendar.add_component(entry)
    calendar.add_missing_timezones(first_date=date(starts.year - 1, 1, 1), last_date=date(starts.year + 2, 1, 1))
    return bytes(calendar.to_ical())


def _cancelled(about: EventFile) -> str:
    return f"Cancelled: {about.row.cancelled}" if about.row.cancelled else ""
