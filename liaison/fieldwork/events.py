"""Events: what we hold or bring to practices, who is invited, who came."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from liaison.fieldwork.kind import RecordKind
from liaison.fieldwork.practices import zone_faults
from liaison.fieldwork.syntax import LINE, PARAGRAPH, Fault
from liaison.store.tables import attendance, event, invitation
from liaison.vocabulary import Answer, EventKind, Recorded

QUARTER = 0.25  # credit is counted in quarter hours
EDUCATION = (EventKind.grand_rounds, EventKind.lunch_and_learn, EventKind.cme_session, EventKind.webinar)
LONGEST_EVENT = 7 * 24 * 60  # minutes
MOST_CREDITS = 100.0


def local_start(starts_at: str, zone: str) -> datetime:
    """When an event begins, in its zone. ValueError for anything but YYYY-MM-DDThh:mm, or an hour that is skipped."""
    naive = datetime.strptime(starts_at, "%Y-%m-%dT%H:%M")  # noqa: DTZ007  the zone is given beside it
    found = naive.replace(tzinfo=ZoneInfo(zone))
    if found.astimezone(UTC).astimezone(found.tzinfo).replace(tzinfo=None) != naive:
        raise ValueError(f"{starts_at} does not exist in {zone}")
    return found


def _is_address(link: str) -> bool:
    try:
        found = urlsplit(link)
    except ValueError:
        return False
    return found.scheme in ("https", "http") and bool(found.netloc)


def _event_faults(values: Mapping[str, Any]) -> list[Fault]:
    found = zone_faults(values)
    if not found and values.get("zone") and values.get("starts_at"):
        try:
            local_start(str(values["starts_at"]), str(values["zone"]))
        except ValueError:
            remedy = "Write YYYY-MM-DDThh:mm, such as 2026-12-03T12:15; an hour that the clocks skip is none."
            found.append(Fault("starts_at", "is no date and time of that zone", remedy))
    link = values.get("link")
    if link and not _is_address(str(link)):
        found.append(Fault("link", "is not a web address", "Give the whole address, as a browser shows it."))
    capacity = values.get("capacity")
    if capacity is not None and (capacity < 1 or capacity % 1):
        found.append(Fault("capacity", "is no number of seats", "Give a whole number, or leave it blank."))
    if (minutes := values.get("minutes")) is not None and not 0 < minutes <= LONGEST_EVENT:
        found.append(Fault("minutes", "is no duration", "Give minutes, at most seven days of them."))
    return found + credit_faults(values, "credit_maximum")


def credit_faults(values: Mapping[str, Any], column: str) -> list[Fault]:
    """Credit is a number of quarter hours."""
    credits = values.get(column)
    if credits is None or (0 <= credits <= MOST_CREDITS and credits % QUARTER == 0):
        return []
    return [Fault(column, "is no number of quarter hours", "Give hours of credit such as 1, 1.25 or 1.5.")]


EVENTS = RecordKind(
    name="events",
    one="event",
    table=event,
    keys=("event_id",),
    needs=("event_id", "kind", "title", "starts_at", "zone", "person_id"),
    forms={"designated_on": "date", "cost": "not negative"},
    choices={"kind": EventKind},
    refers={"person_id": "people"},
    longest={
        "event_id": 40,  # part of the id of each touch
        **dict.fromkeys(("title", "place", "service_line", "accredited_provider", "cancelled"), LINE),
        "link": 500,
        **dict.fromkeys(("accreditation_statement", "notes"), PARAGRAPH),
    },
    check=_event_faults,
)

INVITATIONS = RecordKind(
    name="invitations",
    one="invitation",
    table=invitation,
    keys=("event_id", "practice_id", "invitee"),
    needs=("event_id", "practice_id"),
    forms={"invited_on": "date", "answered_on": "date"},
    choices={"answer": Answer},
    refers={"event_id": "events", "practice_id": "practices"},
    longest={"invitee": LINE, "voided": LINE},
    spelled=("invitee",),
)


def _attendance_faults(values: Mapping[str, Any]) -> list[Fault]:
    found = credit_faults(values, "credits_claimed")
    if (minutes := values.get("minutes")) is not None and not 0 <= minutes <= LONGEST_EVENT:
        found.append(Fault("minutes", "is no duration", "Give the minutes that the person was there."))
    return found


ATTENDANCE = RecordKind(
    name="attendance",
    one="attendance",
    table=attendance,
    keys=("event_id", "attendee"),
    needs=("event_id", "attendee", "name"),
    forms={"arrived_at": "clock"},
    choices={"recorded": Recorded},
    refers={"event_id": "events", "practice_id": "practices"},
    longest={"attendee": LINE, "name": LINE, "voided": LINE},
    spelled=("attendee",),
    check=_attendance_faults,
)
