"""From the store to a market that can be divided: whose practices are whose, what they need, what is assumed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from sqlalchemy import Connection, select

from liaison.access import owner
from liaison.config import Settings
from liaison.errors import LiaisonError
from liaison.facts.home import Home
from liaison.facts.live import Live
from liaison.facts.own_outlines import mark
from liaison.fieldwork.due import IN_PERSON
from liaison.fieldwork.hand_over import in_charge
from liaison.fieldwork.merges import standing
from liaison.fieldwork.panels import panels
from liaison.fieldwork.visits import standing_visit
from liaison.metrics.filters import Filters
from liaison.metrics.ground import Ground, ground
from liaison.metrics.spots import Spot, centres, covering, territories
from liaison.models.stored.runs import Stored, made_from, newest
from liaison.planning.problem import in_minutes
from liaison.planning.stored.workday import Workday, workday
from liaison.planning.territories.areas import Areas, DrawnFrom, areas, placed
from liaison.planning.territories.market import HAND_OVER, NOBODY, TOLERANCE, Liaison, Market, Need
from liaison.planning.territories.needs import stops_of_a_day, visit_minutes, visits_wanted, ways_between
from liaison.planning.territories.pieces import joined, pieces
from liaison.planning.travel.configured import roads
from liaison.store import reading
from liaison.store.tables import person, practice
from liaison.vocabulary import Audience, TerritoryKind

KINDS = ("assignments", "territories", "people", "practices")  # records that a proposal is drawn from


@dataclass(frozen=True)
class Asked:
    """`market`: what is divided, in the order of `practices`; `left_out`: practice -> why it is in no area.

    `records_id`: the newest entry of what people wrote that it is drawn from; `as_of`: the last month of the list that
    its values are from, None without a list. `papers`: sentences on what is assumed. `territories`: [area]: the
    one that it is in today.
    """

    market: Market
    areas: Areas
    by: DrawnFrom
    left_out: Mapping[str, str]
    names: Mapping[str, str]
    run_id: str
    as_of: int | None
    data_version: int
    records_id: int
    papers: Mapping[str, str]
    territories: tuple[str | None, ...] = ()


@dataclass(frozen=True)
class _Read:
    """What the store holds about it."""

    people: list[tuple[Liaison, Workday]]
    holders: Mapping[str, str]
    merged: Mapping[str, str]
    frequencies: Mapping[str, str | None]
    never: Mapping[str, str]
    purposes: Sequence[str | None]
    stored: Stored | None
    records_id: int


def asked(
    home: Home,
    today: date,
    by: DrawnFrom = DrawnFrom.zip,
    people: Sequence[str] = (),
    *,
    tolerance: float = TOLERANCE,
    hand_over: float = HAND_OVER,
) -> Asked:
    """The market as it stands on a day. `people`: among whom it is divided; none named: those who have practices.

    `hand_over`: minutes a year that each practice changing hands counts. Raises LiaisonError where there is nobody, or
    nowhere, to divide.
    """
    live, viewer = home.live(), owner()
    land = ground(live, viewer, Audience.inside, Filters(), own=mark(home))
    with reading(home.store) as connection:
        read = _read(connection, home.settings, today, people)
    if not land.counties:
        raise LiaisonError(
            "No practice lies anywhere that is known.", remedy="Bring practices with a ZIP, or lat and lon, first."
        )
    found = areas(land, by if by is not DrawnFrom.mixed else DrawnFrom.county)
    market, out = _market(home.settings, read, land, found, tolerance, hand_over)
    if by is DrawnFrom.mixed:
        found = areas(land, by, _too_large(market))
        market, out = _market(home.settings, read, land, found, tolerance, hand_over)
    if len(market.areas) < len(market.people):
        raise LiaisonError(
            f"There are fewer areas ({len(market.areas)}) than people to share them ({len(market.people)}).",
            remedy="Draw from ZIPs, or choose fewer people.",
        )
    stored = read.stored
    return Asked(
        market,
        found,
        by,
        out,
        {id_: spot.name for id_, spot in land.spots.items()},
        stored.run.run_id if stored else "",
        stored.run.as_of if stored else None,
        live.data_version,
        read.records_id,
        _papers(home.settings, read, market, found, by),
        _territories(live, land, found, today),
    )


def _read(connection: Connection, settings: Settings, today: date, wanted: Sequence[str]) -> _Read:
    whose = panels(connection, today.isoformat())
    chosen = list(dict.fromkeys(wanted)) or list(whose.people) or list(whose.team)
    unknown = [id_ for id_ in chosen if id_ not in whose.team]
    if unknown:
        raise LiaisonError(f"{unknown[0]} is no one of the team today.", remedy="Choose people whose dates hold today.")
    if not chosen:
        raise LiaisonError("There is nobody to divide practices among.", remedy="Bring the team's people first.")
    names = ("person_id", "name", "start_zip", "lat", "lon", "works_from", "works_to", "days")
    rows = {r.person_id: r for r in connection.execute(select(*(person.c[n] for n in names)))}
    people = [_liaison(settings, rows[id_]) for id_ in sorted(chosen)]
    columns = (practice.c.practice_id, practice.c.frequency, practice.c.do_not_visit)
    offices = list(connection.execute(select(*columns).order_by(practice.c.key)))
    since = (today - timedelta(days=365)).isoformat()
    met = select(standing_visit.c.purpose, standing_visit.c.channel).where(standing_visit.c.date >= since)
    return _Read(
        people,
        in_charge(connection, today.isoformat()),
        standing(connection, "practice"),
        {row.practice_id: row.frequency for row in offices},
        {row.practice_id: "marked as not to be visited" for row in offices if row.do_not_visit},
        [row.purpose for row in connection.execute(met) if row.channel in IN_PERSON],
        newest(connection),
        made_from(connection, KINDS)[1],
    )


def _liaison(settings: Settings, row: "object") -> tuple[Liaison, Workday]:
    works = workday(settings, row.works_from, row.works_to, row.days)  # type: ignore[attr-defined]
    lat, lon = row.lat, row.lon  # type: ignore[attr-defined]
    if lat is None or lon is None:
        lon, lat = centres().get((row.start_zip or "")[:5], (None, None))  # type: ignore[attr-defined]
    hours = len(works.days) * day_minutes(works) / 60
    return Liaison(row.person_id, row.name, lat, lon, round(hours, 2)), works  # type: ignore[attr-defined]


def day_minutes(works: Workday) -> float:
    """Minutes of a working day without its pause."""
    pause = works.pause.closes - works.pause.opens if works.pause else 0
    return in_minutes(works.ends - works.begins - pause)


def _market(
    settings: Settings, read: _Read, land: Ground, found: Areas, tolerance: float, hand_over: float
) -> tuple[Market, dict[str, str]]:
    place, out, lying = placed(found, land), dict[str, str](), list[tuple[Spot, int]]()
    for id_, spot in land.spots.items():
        if id_ in read.merged:
            continue
        area = place(spot)
        if area is None or spot.lat is None:
            out[id_] = "nothing says where it lies"
        else:
            lying.append((spot, area))
    ranked = [row.practice_id for row in read.stored.rows] if read.stored else []
    gains = {row.practice_id: max(row.gain, 0.0) for row in read.stored.rows} if read.stored else {}
    visits = visits_wanted({s.practice: read.frequencies.get(s.practice) for s, _ in lying}, ranked, read.never).visits
    at_practice, road = visit_minutes(settings, read.purposes)[0], roads(settings)
    ways = ways_between([s.lat or 0.0 for s, _ in lying], [s.lon or 0.0 for s, _ in lying], road)
    people = [one for one, _ in read.people]
    at = {one.id: place_ for place_, one in enumerate(people)}
    needs = []
    for (spot, area), way in zip(lying, ways, strict=True):
        held = read.holders.get(spot.practice)
        minutes, value = at_practice + way, gains.get(spot.practice, 0.0)
        lat, lon = spot.lat or 0.0, spot.lon or 0.0
        needs.append(
            Need(spot.practice, area, lat, lon, visits[spot.practice], minutes, value, at.get(held or "", NOBODY), held)
        )
    rough = Market(found.listed, found.borders, needs, people, 1.0, hand_over, tolerance, road)
    whole = replace(rough, borders=joined(found.borders, rough.apart.tolist()))
    return replace(whole, stops=_stops(read, whole)), out


def _stops(read: _Read, market: Market) -> float:
    """Visits of a full day, by the mean way out as things stand today (where nobody has any: from anywhere)."""
    weights = market.visits
    if not weights.sum():
        return 1.0
    held = market.today != NOBODY
    ways = np.where(held, market.way[np.arange(len(held)), np.maximum(market.today, 0)], market.way.mean(axis=1))
    way_out = float(np.average(ways, weights=weights))
    each = float(np.average([need.minutes for need in market.needs], weights=weights))
    day = float(np.mean([day_minutes(works) for _, works in read.people]))
    return round(stops_of_a_day(day, each, way_out), 2)


def _too_large(market: Market) -> set[str]:
    """Counties that hold more than half of what is due to the liaison with the least."""
    work = market.by_area["work"].mean(axis=1)
    most = 0.5 * work.sum() * float(market.due.min())
    return {area.code for area, minutes in zip(market.areas, work, strict=True) if minutes > most}


def _papers(settings: Settings, read: _Read, market: Market, found: Areas, by: DrawnFrom) -> dict[str, str]:
    wanted = {need.practice: read.frequencies.get(need.practice) for need in market.needs}
    ranked = [row.practice_id for row in read.stored.rows] if read.stored else []
    hours = ", ".join(f"{one.name} {one.hours:g}" for one in market.people)
    return {
        "areas": f"{by.label}: {len(market.areas):,} areas.{_bridged(found)}",
        "visits": visits_wanted(wanted, ranked, read.never).says,
        "minutes": visit_minutes(settings, read.purposes)[1],
        "travel": (
            f"Drive times are estimated from the distance. To each visit counts the mean way to the nearest three "
            f"practices, and its share of the way out and home, for {market.stops:.1f} visits in a full day."
        ),
        "hours": f"Work is shared by hours a week: {hours}.",
        "value": (
            "Value is visits needed times what the list of next visits expects of one, in referrals; below zero "
            "counts as none."
            if read.stored
            else "No list of next visits has been made: nothing is said of value."
        ),
        "hand_over": (
            f"A practice that changes hands counts as {market.hand_over:g} minutes a year; work is to lie within "
            f"{market.tolerance:.0%} of what is due."
        ),
    }


def _bridged(found: Areas) -> str:
    """What is said where areas lie apart from the others."""
    parts = pieces(found.borders, range(len(found.listed)))
    names = ", ".join(found.listed[min(part)].name for part in parts[1:])
    return f" What borders on no other counts as bordering on the nearest: {names}." if names else ""


def _territories(live: Live, land: Ground, found: Areas, today: date) -> tuple[str | None, ...]:
    """[area]: the territory that it is in; a county that several share is in none."""
    by_zip, by_county = covering(territories(live, today.year * 12 + today.month - 1).values())
    shared = {
        fips
        for code, whose in by_zip.items()
        if (fips := land.lies_in.get(code)) is not None and by_county.get(fips) != whose
    }
    said = []
    for area in found.listed:
        if area.kind == TerritoryKind.zip.value:
            said.append(by_zip.get(area.code) or by_county.get(land.lies_in.get(area.code, "")))
        else:
            said.append(None if area.code in shared else by_county.get(area.code))
    return tuple(said)
