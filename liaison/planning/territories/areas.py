"""The areas of a market: counties or ZIPs as the maps have them, who borders on whom, in which one a practice lies."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from liaison.facts.joined import bordering
from liaison.facts.reference import county_of
from liaison.facts.shapes import Shape, middle
from liaison.metrics.distance import miles_between
from liaison.metrics.ground import Ground
from liaison.metrics.spots import Spot, county_name, zip_name
from liaison.planning.territories.market import Area
from liaison.vocabulary import NONE, TerritoryKind


class DrawnFrom(StrEnum):
    """What territories are made of. `mixed`: counties, and the ZIPs of those that no one liaison could cover."""

    county = "county"
    zip = "zip"
    mixed = "mixed"

    @property
    def label(self) -> str:
        return {"county": "Whole counties", "zip": "ZIPs", "mixed": "Counties, large ones by ZIP"}[self.value]


@dataclass(frozen=True)
class Areas:
    """`borders`: positions of those that share a border with each; `at`: (kind, code) -> position."""

    listed: Sequence[Area]
    shapes: Sequence[Shape]
    borders: Sequence[frozenset[int]]

    @property
    def at(self) -> Mapping[tuple[str, str], int]:
        return {(area.kind, area.code): place for place, area in enumerate(self.listed)}


def areas(land: Ground, by: DrawnFrom, split: Collection[str] = ()) -> Areas:
    """All of the market's. `split`: the counties that are divided into their ZIPs, where it is mixed."""
    by_zip = {by_ for by_ in land.counties if by is DrawnFrom.zip or (by is DrawnFrom.mixed and by_ in split)}
    found: list[tuple[str, str, str, Shape]] = []
    for fips in sorted(land.counties):
        zips = sorted(code for code, whose in land.lies_in.items() if whose == fips and code in land.zips)
        if fips in by_zip and zips:
            found += [(TerritoryKind.zip.value, code, zip_name(code), land.zips[code]) for code in zips]
        else:
            found.append((TerritoryKind.county.value, fips, county_name(fips), land.counties[fips].shape))
    listed = []
    for kind, code, name, shape in found:
        lon, lat = middle(shape)
        listed.append(Area(kind, code, name, round(lat, 5), round(lon, 5)))
    shapes = [shape for *_, shape in found]
    return Areas(listed, shapes, bordering(shapes))


def placed(found: Areas, land: Ground) -> Callable[[Spot], int | None]:
    """In which area a practice lies: by its ZIP, else its county, else the nearest middle; None where nothing says."""
    at = found.at
    ours = {area.code for area in found.listed if area.kind == TerritoryKind.county.value}

    def place(spot: Spot) -> int | None:
        by_zip = at.get((TerritoryKind.zip.value, spot.zip))
        if by_zip is not None:
            return by_zip
        fips = land.lies_in.get(spot.zip) or (county_of(spot.zip) if spot.zip != NONE else None)
        if fips in ours:
            return at[TerritoryKind.county.value, str(fips)]
        if spot.lat is None or spot.lon is None:
            return None
        far = [float(miles_between(spot.lat, spot.lon, area.lat, area.lon)) for area in found.listed]
        return min(range(len(far)), key=far.__getitem__) if far else None

    return place
