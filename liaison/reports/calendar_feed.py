"""A liaison's plans as a calendar that is subscribed to: the same bytes until something in them changes."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from liaison.facts.home import Home
from liaison.fieldwork.panels import panels
from liaison.planning.stored.feeds import feed_plans
from liaison.planning.stored.offices import offices
from liaison.reports.route_calendar import route_calendar
from liaison.store import reading

EVERY = timedelta(hours=1)  # how often a calendar is asked to look again


@dataclass(frozen=True)
class FeedFile:
    """The calendar, what tells it from the next one, and when a plan in it was last changed."""

    body: bytes
    etag: str
    changed: datetime


def calendar_feed_file(home: Home, token: str, now: datetime) -> FeedFile | None:
    """What stands behind a secret address; None where nothing does (any more)."""
    found = feed_plans(home, token, now)
    if found is None:
        return None
    name, plans = found
    today = now.astimezone(home.settings.time_zone).date().isoformat()
    ids = {stop.practice_id for plan in plans for stop in plan.stops}
    with reading(home.store) as connection:
        known = offices(connection, ids, panels(connection, today))
    body = route_calendar(plans, known, f"Visits of {name}", every=EVERY)
    changed = max((datetime.fromisoformat(plan.changed_at) for plan in plans), default=now)
    return FeedFile(body, f'"{sha256(body).hexdigest()[:32]}"', changed.astimezone(UTC))
