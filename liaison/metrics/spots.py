"""Where practices lie: ZIP, county and coordinates from the team's own records, and which parts a territory has."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from liaison.access import Viewer
from liaison.facts.live import Live
from liaison.facts.reference import county_of, zip_places
from liaison.facts.shapes import county
from liaison.metrics.filters import Filters
from liaison.store import reading
from liaison.store.tables import practice, territory_part
from liaison.vocabulary import NONE, Audience, TerritoryKind, month_id

ALWAYS = 999_999  # a month after every referral
_SPANS = select(territory_part.c.starts, territory_part.c.ends)


@cache
def centres() -> dict[str, tuple[float, float]]:
    """ZIP -> (longitude, latitude) of its centre."""
    places = zip_places()
    return dict(zip(places["zip"], zip(places["lon"], places["lat"], strict=True), strict=True))


@cache
def cities() -> dict[str, str]:
    """ZIP -> the city that mail goes by."""
    places = zip_places()
    return dict(zip(places["zip"], places["city"], strict=True))


class Spot(NamedTuple):
    """`zip`, `county`: "(none)" where not known. Degrees are None where nothing says where it lies; `exact`: whether
    they are the practice's own. One without coordinates stands at its ZIP's centre.
    """

    practice: str
    name: str
    city: str
    zip: str
    county: str
    lat: float | None
    lon: float | None
    exact: bool


def spots(live: Live, viewer: Viewer, audience: Audience, filters: Filters) -> dict[str, Spot]:
    """Practice -> where it lies, of all practices on record: what a viewer may see of them is decided where they are
    counted.
    """
    wanted = [practice.c[name] for name in ("practice_id", "name", "city", "zip", "lat", "lon")]
    with reading(live.home.store) as connection:
        found = [_spot(*row) for row in connection.execute(select(*wanted).order_by(practice.c.key))]
    return {spot.practice: spot for spot in found}


def where_they_lie(connection: Connection) -> dict[str, tuple[float, float]]:
    """Practice id -> (latitude, longitude), its own or its ZIP's centre; without those that lie nowhere."""
    columns = (practice.c[name] for name in ("practice_id", "lat", "lon", "zip"))
    found = {}
    for id_, lat, lon, code in connection.execute(select(*columns)):
        if lat is not None and lon is not None:
            found[str(id_)] = (float(lat), float(lon))
        elif (centre := centres().get((code or "").strip()[:5])) is not None:
            found[str(id_)] = (centre[1], centre[0])
    return found


def _spot(id_: str, name: str, city: str | None, code: str | None, lat: float | None, lon: float | None) -> Spot:
    code = (code or "").strip()[:5]
    exact = lat is not None and lon is not None
    if not exact:
        lon, lat = centres().get(code, (None, None))
    fips = county_of(code) if code else None
    return Spot(id_, name, city or "", code or NONE, fips or NONE, lat, lon, exact)


def county_name(fips: str) -> str:
    """'Buncombe, NC'; the code itself where the project has no outlines of it."""
    found = county(fips)
    return f"{found.name}, {found.state}" if found else fips


def zip_name(code: str) -> str:
    """'28801 Asheville'."""
    city = cities().get(code)
    return f"{code} {city}" if city else code


@dataclass(frozen=True)
class Territory:
    """Who covers what in one month: whole counties, and ZIPs, which win over their county."""

    id: str
    name: str
    zips: frozenset[str]
    counties: frozenset[str]


def territories(live: Live, month: int) -> dict[str, Territory]:
    """The territories in force in a month, by id."""
    columns = [territory_part.c[name] for name in ("territory_id", "name", "kind", "code", "starts", "ends")]
    with reading(live.home.store) as connection:
        parts = [dict(row) for row in connection.execute(select(*columns).order_by(territory_part.c.key)).mappings()]
    names = {part["territory_id"]: part["name"] for part in parts}
    codes: dict[tuple[str, str], set[str]] = defaultdict(set)
    for part in parts:
        first, last = _months(part)
        if first <= month <= last:
            codes[part["territory_id"], part["kind"]].add(part["code"])
    return {
        id_: Territory(
            id_,
            name,
            frozenset(codes[id_, TerritoryKind.zip.value]),
            frozenset(codes[id_, TerritoryKind.county.value]),
        )
        for id_, name in names.items()
    }


def changes(live: Live) -> list[int]:
    """The months in which a territory gains or loses a part, in order: between two of them all stays as it is."""
    with reading(live.home.store) as connection:
        parts = [dict(row) for row in connection.execute(_SPANS).mappings()]
    spans = [_months(part) for part in parts]
    return sorted({m for first, last in spans for m in (first, last + 1) if m <= ALWAYS})


def _months(part: Mapping[str, Any]) -> tuple[int, int]:
    """First and last month in force, both inclusive."""
    first = month_id(part["starts"]) if part["starts"] else 0
    return first, month_id(part["ends"]) if part["ends"] else ALWAYS


def covering(every: Iterable[Territory]) -> tuple[dict[str, str], dict[str, str]]:
    """(ZIP -> territory id, county -> territory id)."""
    listed = list(every)
    by_zip = {code: territory.id for territory in listed for code in sorted(territory.zips)}
    return by_zip, {code: territory.id for territory in listed for code in sorted(territory.counties)}
