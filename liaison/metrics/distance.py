"""Straight lines between practices and the places of organisations, from what is on record."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import select

from liaison.facts.live import Live
from liaison.facts.reference import line_of, zip_places
from liaison.metrics.registry import registered_zips
from liaison.metrics.resolution import merges
from liaison.store import reading
from liaison.store.tables import practice, provider_place
from liaison.vocabulary import month_text

EARTH = 3958.8  # miles, mean radius
BANDS = ("under 10", "10 to 25", "25 to 50", "over 50")
UNKNOWN = "not known"
_EDGES = (10.0, 25.0, 50.0)
PRIMARY_CARE = "primary_care"  # sends referrals rather than taking them

Floats = npt.NDArray[np.float64]
Point = tuple[float, float]  # latitude, longitude in degrees


def miles_between(lat: Any, lon: Any, to_lat: Any, to_lon: Any) -> Any:
    """Great-circle distance in miles; degrees in, numbers or arrays that broadcast."""
    a, b = np.radians(lat), np.radians(to_lat)
    half = np.sin((b - a) / 2) ** 2 + np.cos(a) * np.cos(b) * np.sin(np.radians(to_lon - lon) / 2) ** 2
    return EARTH * 2 * np.arcsin(np.sqrt(half))


def nearest(points: Floats, places: Iterable[Point]) -> Floats:
    """Miles from each point (latitude, longitude; NaN where not known) to its nearest place; NaN without one."""
    targets = np.array(sorted(set(places)), dtype=float)
    if not len(targets) or not len(points):
        return np.full(len(points), np.nan)
    found: Floats = miles_between(
        points[:, 0][:, None], points[:, 1][:, None], targets[:, 0][None, :], targets[:, 1][None, :]
    ).min(axis=1)
    return found


def band(miles: float) -> str:
    """The band of a distance: a border belongs to the farther one."""
    if np.isnan(miles):
        return UNKNOWN
    return BANDS[int(np.searchsorted(_EDGES, miles, side="right"))]


@cache
def _zips() -> dict[str, Point]:
    places = zip_places()
    return dict(zip(places["zip"], zip(places["lat"], places["lon"], strict=True), strict=True))


def at(lat: float | None, lon: float | None, zip_code: str | None) -> Point | None:
    """The place itself where its coordinates are on record, else the middle of its ZIP."""
    if lat is not None and lon is not None:
        return float(lat), float(lon)
    return _zips().get((zip_code or "").strip()[:5])


@dataclass(frozen=True)
class Places:
    """Where an organisation can be reached. `of_specialists`: only places where its clinicians of `lines` work."""

    points: frozenset[Point]
    of_specialists: bool

    def says(self, label: str) -> str:
        """What is measured to, in words."""
        if not self.points:
            return f"No place of {label} is on record, so its distance is not known."
        many = f"{len(self.points):,} place{'' if len(self.points) == 1 else 's'}"
        if self.of_specialists:
            return f"Measured to the nearest of {many} where clinicians of {label} who take referrals are on record."
        return f"No place of a specialist of {label} is on record: measured to the nearest of {many} of any kind."


def practice_points(live: Live) -> dict[str, Point]:
    """Practice id -> where it lies, as far as that is on record."""
    columns = [practice.c[name] for name in ("practice_id", "lat", "lon", "zip")]
    with reading(live.home.store) as connection:
        rows = connection.execute(select(*columns)).all()
    return {r.practice_id: point for r in rows if (point := at(r.lat, r.lon, r.zip))}


def places_of(
    live: Live, organisations: Iterable[str], lines: Iterable[str], month: int, line: str | None = None
) -> Places:
    """Places of these organisations (by id, after merges) as on record in a month.

    Patients are sent to where their clinicians of `lines` work, primary care apart: of the `line` asked for where there
    is one, else of any of them. Where no such place is on record, any place of theirs.
    """
    wanted = set(organisations)
    clinicians, sites = _on_record(live, wanted, month)
    known = practice_points(live)
    registered = _registered(live, {c["npi"] for c in clinicians if not c["practice_id"]})
    for taking in ({line} if line else set(), set(lines) - {PRIMARY_CARE}):
        special = [c for c in clinicians if c["taxonomy_code"] and line_of(c["taxonomy_code"]) in taking]
        if points := _points(special, known, registered):
            return Places(points, True)
    points = _points(clinicians, known, registered) | {known[s] for s in sites if s in known}
    return Places(points, False)


def _on_record(live: Live, wanted: set[str], month: int) -> tuple[list[dict[str, Any]], list[str]]:
    """Clinicians (npi, taxonomy_code, practice_id) in force in the month, and practices, of the organisations."""
    p, when = provider_place.c, month_text(month)
    clinicians = select(p.npi, p.taxonomy_code, p.practice_id, p.starts, p.ends, p.organisation_id)
    sites = select(practice.c.practice_id, practice.c.organisation_id)
    with reading(live.home.store) as connection:
        final = merges(connection)["organisation"]
        rows = [dict(r) for r in connection.execute(clinicians.where(p.organisation_id.is_not(None))).mappings()]
        lying = connection.execute(sites.where(practice.c.organisation_id.is_not(None))).all()
    own = [r for r in rows if final(r["organisation_id"]) in wanted]
    now = [r for r in own if (r["starts"] or "")[:7] <= when and (not r["ends"] or r["ends"][:7] >= when)]
    return now, [s.practice_id for s in lying if final(s.organisation_id) in wanted]


def _registered(live: Live, npis: set[str]) -> dict[str, list[Point]]:
    """NPI -> its places by the registry's ZIPs, for clinicians of whom the team records no practice."""
    found: dict[str, list[Point]] = {}
    for npi, zip_code in registered_zips(live, npis):
        if point := at(None, None, zip_code):
            found.setdefault(npi, []).append(point)
    return found


def _points(
    clinicians: Iterable[Mapping[str, Any]], known: Mapping[str, Point], registered: Mapping[str, list[Point]]
) -> frozenset[Point]:
    points: set[Point] = set()
    for one in clinicians:
        if one["practice_id"]:
            points |= {known[one["practice_id"]]} if one["practice_id"] in known else set()
        else:
            points |= set(registered.get(one["npi"], ()))
    return frozenset(points)
