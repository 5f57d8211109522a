"""From the store to a problem: what a liaison could do in a week, what each visit is worth, and who is kept out."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from liaison.config import Settings
from liaison.errors import LiaisonError
from liaison.facts.home import Home
from liaison.fieldwork.due import EVERY
from liaison.fieldwork.panels import Panels, panels
from liaison.fieldwork.syntax import DAYS, clock
from liaison.metrics.spots import centres
from liaison.models.stored.choices import Choice, Did, choices
from liaison.models.stored.guards import LEAST_DAYS
from liaison.models.stored.runs import StoredRow, newest
from liaison.planning.problem import MINUTE, Day, Problem, Stop
from liaison.planning.stored.offices import Ahead, Office, Seen, offices, seen
from liaison.planning.stored.plans import StoredPlan, monday, planned_elsewhere
from liaison.planning.stored.workday import COLUMNS, Workday, minutes_say, service, workday
from liaison.planning.travel import Place, configured
from liaison.planning.wishes import spaced, worth
from liaison.store import reading
from liaison.store.tables import person
from liaison.vocabulary import Purpose, month_words

START = "(start)"  # the liaison's own place among the places of a problem
NOWHERE = "nothing says where it lies"


@dataclass(frozen=True)
class Fixed:
    """What the store itself fixes: visits that are written down for a day of the week, or agreed for a time of it."""

    pinned: Mapping[str, date] = field(default_factory=dict)
    agreed: Mapping[str, tuple[date, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """A week of one liaison. `problem`: its days from today on, and every practice that could be seen, by its id.

    `gains`: the list's rows; `kept_out`: practice -> why, in words; `must`: accepted or pinned in the list; `purposes`:
    what a visit would be for; `papers`: sentences on what is assumed.
    """

    person_id: str
    name: str
    week: date
    zone: ZoneInfo
    problem: Problem
    offices: Mapping[str, Office]
    gains: Mapping[str, StoredRow]
    run_id: str
    kept_out: Mapping[str, str]
    must: frozenset[str]
    fixed: Fixed
    purposes: Mapping[str, str]
    papers: Mapping[str, str]
    start: tuple[float, float]  # latitude, longitude


@dataclass(frozen=True)
class _Read:
    """What the store holds about it."""

    name: str
    work: Workday
    start: Place
    whose: Panels
    mine: frozenset[str]
    offices: Mapping[str, Office]
    seen: Seen
    elsewhere: list[tuple[str, str, date]]
    gains: Mapping[str, StoredRow]
    run_id: str
    listed: str
    choices: Mapping[str, Choice]
    zone: ZoneInfo


def asked(home: Home, person_id: str, week: date, now: datetime, plan: StoredPlan | None = None) -> Asked:
    """The week as a problem, at a moment (UTC). What `plan` holds by hand is in it, whatever else keeps it out.

    Raises LiaisonError where the person is not known, nothing says where they start, or nothing has been ranked yet.
    """
    held = frozenset(stop.practice_id for stop in plan.stops if stop.state in ("planned", "done")) if plan else None
    purposes = {stop.practice_id: stop.purpose for stop in plan.stops} if plan else {}
    by_hand = {stop.practice_id for stop in plan.stops if stop.pinned or stop.added} if plan else set()
    with reading(home.store) as connection:
        read = _read(connection, home.settings, person_id, week, now, held or frozenset())
    today = now.astimezone(read.zone).date()
    dates = [day for day in _dates(week) if day >= today and DAYS[day.weekday()] in read.work.days]
    fixed = _fixed(read.seen.ahead, person_id, week)
    must = _must(read, today)
    kept_out = _kept_out(read, person_id, week, dates[0] if dates else today)
    inside = [
        id_
        for id_ in sorted({*read.mine, *(held or ()), *fixed.pinned, *fixed.agreed} & set(read.offices))
        if (id_ not in kept_out or id_ in by_hand or id_ in fixed.pinned or id_ in fixed.agreed)
        and read.offices[id_].lat is not None
    ]
    purposes = {id_: purposes.get(id_) or _purpose(read.seen.last.get(id_)) for id_ in inside}
    travel = configured(home.settings, [read.start, *(_place(read.offices[id_]) for id_ in inside)])
    stops = [
        _stop(home.settings, read, id_, place, dates, purposes[id_], id_ in by_hand)
        for place, id_ in enumerate(inside, start=1)
    ]
    stops = [replace(stop, required=stop.id in must) for stop in stops]
    days = [Day(day, person_id, 0, 0, read.work.begins, read.work.ends, read.work.pause, None) for day in dates]
    problem = Problem(travel.travel, tuple(stops), tuple(days), _price(home.settings, stops))
    papers = {
        "hours": read.work.says,
        "minutes": minutes_say(home.settings),
        "travel": travel.says,
        "price": _price_says(home.settings),
        "list": read.listed,
    }
    return Asked(
        person_id, read.name, week, read.zone, problem, read.offices, read.gains, read.run_id, kept_out,
        must & set(inside), fixed, purposes, papers,
        (read.start.lat, read.start.lon),
    )  # fmt: skip


def zone_of(connection: Connection, settings: Settings, whose: Panels, person_id: str) -> ZoneInfo:
    """The zone that a liaison's day is told in: that of most of their practices, else the instance's."""
    from liaison.store.tables import practice

    mine = [id_ for id_, people in whose.of.items() if person_id in people]
    counts: dict[str, int] = {}
    columns = select(practice.c.zone).where(practice.c.practice_id.in_(mine), practice.c.zone.is_not(None))
    for zone in connection.scalars(columns):
        counts[zone] = counts.get(zone, 0) + 1
    return ZoneInfo(max(sorted(counts), key=counts.__getitem__)) if counts else settings.time_zone


def _read(
    connection: Connection, settings: Settings, person_id: str, week: date, now: datetime, held: Collection[str]
) -> _Read:
    row = connection.execute(select(*COLUMNS).where(person.c.person_id == person_id)).first()
    if row is None:
        raise LiaisonError(f"There is no person {person_id}.", remedy="Choose one of the team.")
    local = now.astimezone(settings.time_zone).date()
    whose = panels(connection, local.isoformat())
    zone = zone_of(connection, settings, whose, person_id)
    today = now.astimezone(zone).date()
    stored = newest(connection)
    if stored is None:
        raise LiaisonError(
            "Nothing says what a visit would bring: no list of next visits has been made yet.",
            remedy="Make the list on the page Next visits, then plan the week.",
        )
    found = seen(connection, today)
    # Of whom nobody is in charge, everybody may see: a team that keeps no panels shares all its practices.
    mine = frozenset(id_ for id_ in stored.by_practice if person_id in whose.of.get(id_, (person_id,)))
    wanted = {*mine, *held, *(one.practice for one in found.ahead if one.person == person_id)}
    return _Read(
        row.name,
        workday(settings, row.works_from, row.works_to, row.days),
        _start(row.name, row.start_zip, row.lat, row.lon),
        whose,
        mine,
        offices(connection, wanted, whose),
        found,
        planned_elsewhere(connection, person_id, week, today),
        stored.by_practice,
        stored.run.run_id,
        f"Values are those of the list of next visits for {month_words(stored.run.month)}.",
        choices(connection, today.isoformat()),
        zone,
    )


def _start(name: str, code: str | None, lat: float | None, lon: float | None) -> Place:
    if lat is None or lon is None:
        lon, lat = centres().get((code or "")[:5], (None, None))
    if lat is None or lon is None:
        raise LiaisonError(
            f"Nothing says where {name} starts.", remedy="Give start_zip, or lat and lon, with the people on page Data."
        )
    return Place(START, lat, lon)


def _place(office: Office) -> Place:
    if office.lat is None or office.lon is None:
        raise ValueError(f"{office.id} lies nowhere")
    return Place(office.id, office.lat, office.lon)


def _dates(week: date) -> list[date]:
    return [week + timedelta(days=n) for n in range(7)]


def _purpose(last: date | None) -> str:
    return (Purpose.introduction if last is None else Purpose.follow_up).value


def _stop(
    settings: Settings, read: _Read, id_: str, place: int, dates: Iterable[date], purpose: str, by_hand: bool
) -> Stop:
    office, row, last = read.offices[id_], read.gains.get(id_), read.seen.last.get(id_)
    takes, days = service(settings, purpose), list(dates)
    value = _worth(row, office, last, days[0]) if days else 0.0
    windows = {day: office.starts(day, read.zone, takes) for day in days}
    stop = Stop(id_, place, value, takes, windows)
    if by_hand:
        return stop
    apart = timedelta(days=LEAST_DAYS.get(office.frequency or "", 0))
    for other in (last, *(day for place, _, day in read.elsewhere if place == id_)):
        stop = spaced(stop, days, other, apart) if apart else stop
    return stop


def _worth(row: StoredRow | None, office: Office, last: date | None, on: date) -> float:
    """Referrals that a visit should bring, by how due it is; as they are where no frequency is wished."""
    gain = row.gain if row else 0.0
    every = EVERY.get(office.frequency or "")
    return gain if not every else worth(gain, (on - last).days if last else None, every)


def _fixed(ahead: Iterable[Ahead], person_id: str, week: date) -> Fixed:
    pinned, agreed = {}, {}
    for one in ahead:
        if one.person != person_id or monday(one.date) != week:
            continue
        if one.at:
            agreed[one.practice] = (one.date, clock(one.at) * MINUTE)
        else:
            pinned[one.practice] = one.date
    return Fixed(pinned, agreed)


def _must(read: _Read, today: date) -> frozenset[str]:
    """Accepted or pinned in the list, and neither seen since nor in another plan."""
    wanted = {id_ for id_, one in read.choices.items() if one.did in (Did.accepted, Did.pinned) and id_ in read.mine}
    done = {
        id_
        for id_ in wanted
        if id_ in read.seen.last
        and read.seen.last[id_] >= datetime.fromisoformat(read.choices[id_].at).astimezone(read.zone).date()
    }
    return frozenset(wanted - done - {place for place, _, day in read.elsewhere if day >= today})


def _kept_out(read: _Read, person_id: str, week: date, first: date) -> dict[str, str]:
    """Why a practice is not planned, the weightiest reason alone."""
    others = {place: who for place, who, day in read.elsewhere if who != person_id and monday(day) == week}
    others |= {
        one.practice: one.person for one in read.seen.ahead if one.person != person_id and monday(one.date) == week
    }
    found = {}
    for id_ in sorted(read.mine):
        office, choice = read.offices.get(id_), read.choices.get(id_)
        why = None
        if office is None:
            why = "it is on no record of practices"
        elif office.do_not_visit:
            why = "marked as not to be visited"
        elif office.lat is None:
            why = NOWHERE
        elif id_ in others:
            why = f"{read.whose.team.get(others[id_], others[id_])} goes there this week"
        elif choice is not None and choice.did is Did.declined:
            why = f"declined: {choice.reason}"
        elif _worth(read.gains.get(id_), office, read.seen.last.get(id_), first) <= 0:
            why = _not_due(office, read.seen.last.get(id_), first, read.gains.get(id_))
        if why is not None:
            found[id_] = why
    return found


def _not_due(office: Office, last: date | None, on: date, row: StoredRow | None) -> str:
    if row is None or row.gain <= 0 or last is None:
        return "a visit is not expected to bring anything"
    return f"not due yet: seen {(on - last).days:,} days ago, wished {office.frequency}"


def _price(settings: Settings, stops: Iterable[Stop]) -> float:
    values = [stop.value for stop in stops if stop.value > 0]
    return settings.driving_price * sum(values) / len(values) if values else 0.0


def _price_says(settings: Settings) -> str:
    return f"An hour of driving counts as {settings.driving_price:g} of an average visit."
