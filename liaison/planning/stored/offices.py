"""Practices as a route needs them: where they lie, when somebody can be met, when they were last seen."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from liaison.fieldwork.merges import final, standing
from liaison.fieldwork.panels import Panels
from liaison.fieldwork.syntax import DAYS, hours
from liaison.fieldwork.visits import standing_visit
from liaison.metrics.spots import centres
from liaison.planning.problem import ANY_TIME, MINUTE, Window
from liaison.store.tables import practice
from liaison.vocabulary import Channel

IN_PERSON = (Channel.in_person.value, None)
_COLUMNS = [
    practice.c[name]
    for name in (
        *("practice_id", "name", "address", "city", "zip", "lat", "lon", "zone", "hours", "do_not_visit", "frequency"),
        *("phone", "parking"),
    )
]


@dataclass(frozen=True)
class Office:
    """A practice. Degrees are None where nothing says where it lies; not `exact`: the centre of its ZIP.

    `open`: minutes since midnight by day of the week, in its own zone; None: not known, and taken as all day.
    """

    id: str
    name: str
    address: str = ""
    city: str = ""
    lat: float | None = None
    lon: float | None = None
    exact: bool = True
    zone: str | None = None
    open: Mapping[str, list[tuple[int, int]]] | None = None
    met: frozenset[str] | None = None  # days of the week on which a provider is in; None: not known
    do_not_visit: bool = False
    frequency: str | None = None
    phone: str = ""
    parking: str = ""

    def openings(self, on: date, zone: ZoneInfo) -> tuple[Window, ...]:
        """When the office is open on a date and somebody is in, as clocks of `zone` show it."""
        day = DAYS[on.weekday()]
        if self.met is not None and day not in self.met:
            return ()
        if self.open is None:
            return ANY_TIME
        return tuple(self._window(on, zone, *span) for span in self.open.get(day, ()))

    def starts(self, on: date, zone: ZoneInfo, service: int) -> tuple[Window, ...]:
        """When a visit that takes so long may begin."""
        spans = self.openings(on, zone)
        return tuple(Window(span.opens, span.closes - service) for span in spans if span.closes - service >= span.opens)

    def _window(self, on: date, zone: ZoneInfo, opens: int, closes: int) -> Window:
        here = ZoneInfo(self.zone) if self.zone else zone
        return Window(_moved(on, opens, here, zone), _moved(on, closes, here, zone))


def _moved(on: date, minutes: int, there: ZoneInfo, here: ZoneInfo) -> int:
    """A clock time at a practice as the liaison's clock has it, in hundredths since midnight of the date."""
    if there.key == here.key:
        return minutes * MINUTE
    moment = datetime.combine(on + timedelta(days=minutes // 1440), time(minutes % 1440 // 60, minutes % 60), there)
    told = moment.astimezone(here)
    return max(0, (told.date() - on).days * 1440 + told.hour * 60 + told.minute) * MINUTE


def offices(connection: Connection, ids: Collection[str], whose: Panels) -> dict[str, Office]:
    """Practice id -> its office, of those on record."""
    found = {}
    for row in connection.execute(select(*_COLUMNS).where(practice.c.practice_id.in_(list(ids)))):
        code = (row.zip or "").strip()[:5]
        exact = row.lat is not None and row.lon is not None
        lon, lat = (row.lon, row.lat) if exact else centres().get(code, (None, None))
        address = ", ".join(part for part in (row.address, " ".join(p for p in (row.city, row.zip) if p)) if part)
        found[row.practice_id] = Office(
            row.practice_id,
            row.name,
            address,
            row.city or "",
            lat,
            lon,
            exact,
            row.zone,
            _hours(row.hours),
            whose.met.get(row.practice_id),
            bool(row.do_not_visit),
            row.frequency,
            row.phone or "",
            row.parking or "",
        )
    return found


def _hours(text: str | None) -> Mapping[str, list[tuple[int, int]]] | None:
    """None where nothing is written, or nothing that can be read (older records may hold anything)."""
    try:
        return hours(text) if text else None
    except ValueError:
        return None


@dataclass(frozen=True)
class Ahead:
    """A visit that is written down for a day to come; `at`: minutes since midnight, where a time was agreed."""

    practice: str
    person: str
    date: date
    at: str | None


@dataclass(frozen=True)
class Seen:
    """Practice -> the newest visit in person by anyone, and those that are written down ahead."""

    last: Mapping[str, date] = field(default_factory=dict)
    ahead: tuple[Ahead, ...] = ()


def seen(connection: Connection, today: date) -> Seen:
    """Visits in person; merged practices count as what they became."""
    into = standing(connection, "practice")
    columns = [standing_visit.c[name] for name in ("practice_id", "person_id", "date", "channel", "arrived_at")]
    last: dict[str, str] = {}
    ahead = []
    for place, who, day, channel, at in connection.execute(
        select(*columns).where(standing_visit.c.practice_id.is_not(None))
    ):
        if channel not in IN_PERSON:
            continue
        kept = final(into, place)
        if day <= today.isoformat():
            last[kept] = max(day, last.get(kept, ""))
        else:
            ahead.append(Ahead(kept, who, date.fromisoformat(day), at))
    return Seen({place: date.fromisoformat(day) for place, day in last.items()}, tuple(ahead))
