"""ZIP outlines from a GeoJSON file: read, checked feature by feature, and kept in the home."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from liaison.errors import LiaisonError, Where
from liaison.facts.home import Home
from liaison.facts.own_outlines import OwnOutlines, store
from liaison.facts.shapes import Ring, Shape

# What publishers call the ZIP of an outline, the Census Bureau's names first; compared without case.
NAMES = (
    *("zcta5ce20", "zcta5ce10", "zcta5", "zcta", "zip", "zipcode", "zip_code", "postal_code"),
    *("geoid20", "geoid10", "geoid", "name"),
)
MOST_BYTES = 60_000_000
DIGITS = 4  # about 11 metres
WGS84 = ("CRS84", "4326")


@dataclass(frozen=True)
class OutlinesResult:
    """`outlines`: ZIPs that the file gives an outline."""

    file: str
    outlines: int
    first: str
    last: str


def bring_outlines(home: Home, path: Path) -> OutlinesResult:
    """Read a GeoJSON file and keep its ZIP outlines in place of those before. LiaisonError where it cannot be used."""
    zips = read_outlines(path)
    store(home, OwnOutlines(path.name, zips))
    return OutlinesResult(path.name, len(zips), min(zips), max(zips))


def read_outlines(path: Path) -> dict[str, Shape]:
    """ZIP -> its outline, of a GeoJSON FeatureCollection in degrees; parts of one ZIP are put together."""
    where = Where(path.name)
    found: dict[str, Shape] = {}
    for number, feature in enumerate(_features(path, where), start=1):
        reader = _Feature(number, where, feature)
        found.setdefault(reader.zip(), []).extend(reader.shape())
    return found


def _features(path: Path, where: Where) -> list[Any]:
    try:
        if path.stat().st_size > MOST_BYTES:
            remedy = "Keep the ZIPs of your own states in it, or simplify the outlines."
            raise LiaisonError(f"The file is larger than {MOST_BYTES // 1_000_000} MB.", where, remedy)
        held = json.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as missing:
        raise LiaisonError(
            "There is no such file.", where, "Name the GeoJSON file with your ZIP outlines."
        ) from missing
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as bad:
        raise LiaisonError("The file is not GeoJSON.", where, "Export the outlines as GeoJSON, in UTF-8.") from bad
    if not isinstance(held, dict) or held.get("type") != "FeatureCollection" or not held.get("features"):
        remedy = "Export all ZIPs as one FeatureCollection with at least one feature."
        raise LiaisonError("The file is no GeoJSON FeatureCollection.", where, remedy)
    _in_degrees(held.get("crs"), where)
    if not isinstance(held["features"], list):
        raise LiaisonError("The file's features are no list.", where, "Export the outlines again as GeoJSON.")
    return held["features"]


def _in_degrees(crs: Any, where: Where) -> None:
    """Older files may say which coordinates they are in."""
    named = crs.get("properties", {}).get("name", "") if isinstance(crs, dict) else ""
    if named and not str(named).endswith(WGS84) and "NAD83" not in str(named) and "4269" not in str(named):
        remedy = "Export it again in degrees of longitude and latitude (WGS 84, EPSG:4326)."
        raise LiaisonError(f"The outlines are in the coordinates {named}.", where, remedy)


class _Feature:
    """One feature of the file, read with its number in every complaint."""

    def __init__(self, number: int, where: Where, feature: Any) -> None:
        self._number, self._where = number, where
        self._feature: Mapping[str, Any] = feature if isinstance(feature, dict) else {}

    def _bad(self, what: str, remedy: str) -> LiaisonError:
        return LiaisonError(f"Feature {self._number} {what}.", self._where, remedy)

    def zip(self) -> str:
        """The first property that is called as a ZIP is and holds five digits."""
        properties = self._feature.get("properties")
        given = {str(k).casefold(): v for k, v in properties.items()} if isinstance(properties, dict) else {}
        for name in NAMES:
            value = str(given.get(name) or "").strip()[:5]
            if len(value) == 5 and value.isascii() and value.isdigit():
                return value
        held = ", ".join(sorted(given)[:6]) or "none"
        remedy = f"Give each feature its five digits as ZCTA5CE20 or zip. Its properties now: {held}."
        raise self._bad("has no ZIP code", remedy)

    def shape(self) -> Shape:
        """Its polygons, rounded; holes stay."""
        geometry = self._feature.get("geometry")
        kind = geometry.get("type") if isinstance(geometry, dict) else None
        if not isinstance(geometry, dict) or kind not in ("Polygon", "MultiPolygon"):
            raise self._bad(
                f"is {'a ' + str(kind) if kind else 'without a shape'}", "Give areas: Polygon, MultiPolygon."
            )
        coordinates = geometry.get("coordinates")
        several = coordinates if kind == "MultiPolygon" else [coordinates]
        if not isinstance(several, list) or not several:
            raise self._bad("has no coordinates", "Export the outlines again.")
        return [[self._ring(ring) for ring in self._listed(polygon)] for polygon in several]

    def _listed(self, polygon: Any) -> list[Any]:
        if not isinstance(polygon, list) or not polygon:
            raise self._bad("has a polygon without a ring", "Export the outlines again.")
        return polygon

    def _ring(self, ring: Any) -> Ring:
        if not isinstance(ring, list) or len(ring) < 4:
            raise self._bad(
                "has a ring of fewer than four points", "A ring ends where it began: mend it, or leave it out."
            )
        points = [self._point(point) for point in ring]
        if points[0] != points[-1]:
            raise self._bad("has a ring that is not closed", "Its last point must be its first.")
        return points

    def _point(self, point: Any) -> list[float]:
        numbers = point[:2] if isinstance(point, list) else []
        if len(numbers) < 2 or not all(isinstance(n, int | float) and not isinstance(n, bool) for n in numbers):
            raise self._bad("has a point that is not two numbers", "Give longitude, then latitude.")
        lon, lat = numbers
        if not (-180 <= lon <= 180 and -90 <= lat <= 90):
            remedy = "Export it in degrees, longitude first (WGS 84, EPSG:4326)."
            raise self._bad(f"has a point at {lon:g}, {lat:g}, which is nowhere", remedy)
        return [round(lon, DIGITS), round(lat, DIGITS)]
