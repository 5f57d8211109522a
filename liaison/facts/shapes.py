"""Outlines of places: counties as they ship with the project, and what is worked out from any outline."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).resolve().parents[2] / "static" / "counties"

Point = list[float]  # [longitude, latitude] in degrees
Ring = list[Point]  # closed: its last point is its first
Shape = list[list[Ring]]  # polygons: each an outer ring and the holes in it


class Box(NamedTuple):
    """West, south, east, north, in degrees."""

    west: float
    south: float
    east: float
    north: float

    def meets(self, other: "Box", gap: float = 0.0) -> bool:
        """Whether the two overlap, or lie within `gap` degrees of each other."""
        apart = self.west > other.east + gap or other.west > self.east + gap
        return not (apart or self.south > other.north + gap or other.south > self.north + gap)


@dataclass(frozen=True)
class County:
    """`fips`: five digits, the first two of which are its state's."""

    fips: str
    name: str
    state: str
    shape: Shape


@cache
def counties_of(state: str) -> dict[str, County]:
    """The counties of a state (two digits) by their code; none where the project has no outlines of it."""
    file = FOLDER / f"{state}.geojson"
    if not file.exists():
        return {}
    features = json.loads(file.read_text(encoding="utf-8"))["features"]
    found = (_county(feature["properties"], feature["geometry"]) for feature in features)
    return {county.fips: county for county in found}


def _county(properties: dict[str, str], geometry: dict[str, object]) -> County:
    return County(properties["fips"], properties["name"], properties["state"], polygons(geometry))


def polygons(geometry: dict[str, object]) -> Shape:
    """The polygons of a GeoJSON geometry, single or many."""
    coordinates: Shape = geometry["coordinates"]  # type: ignore[assignment]
    return coordinates if geometry["type"] == "MultiPolygon" else [coordinates]  # type: ignore[list-item]


def county(fips: str) -> County | None:
    """A county by its five digits."""
    return counties_of(fips[:2]).get(fips)


def bounds(shapes: Iterable[Shape]) -> Box | None:
    """The box around them all; None around nothing."""
    points = [point for shape in shapes for polygon in shape for point in polygon[0]]
    if not points:
        return None
    east, north = [p[0] for p in points], [p[1] for p in points]
    return Box(min(east), min(north), max(east), max(north))


def area(ring: Ring) -> float:
    """Signed area in square degrees: above zero where the ring runs against the clock."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)) / 2


def middle(shape: Shape) -> tuple[float, float]:
    """Where a name stands: the centre of gravity of the largest polygon, (longitude, latitude)."""
    ring = max((polygon[0] for polygon in shape), key=lambda r: abs(area(r)))
    size = area(ring)
    if not size:
        return ring[0][0], ring[0][1]
    east = north = 0.0
    for a, b in pairwise(ring):
        turn = a[0] * b[1] - b[0] * a[1]
        east, north = east + (a[0] + b[0]) * turn, north + (a[1] + b[1]) * turn
    return east / (6 * size), north / (6 * size)


def thinned(shape: Shape, tolerance: float) -> Shape:
    """The shape without points that lie nearer than `tolerance` degrees to the line between those that stay.

    Source: Douglas and Peucker 1973, Algorithms for the reduction of the number of points, Cartographica 10:112-122.
    """
    rings = [[_thinned(ring, tolerance) for ring in polygon] for polygon in shape]
    kept = [[ring for ring in polygon if len(ring) > 3] for polygon in rings]
    return [polygon for polygon in kept if polygon]


def _thinned(ring: Ring, tolerance: float) -> Ring:
    if len(ring) < 6:
        return ring
    far = max(range(len(ring)), key=lambda i: _square(ring[0], ring[i]))
    keep = {0, far, len(ring) - 1}
    waiting = [(0, far), (far, len(ring) - 1)]
    while waiting:
        first, last = waiting.pop()
        if last - first < 2:
            continue
        off = [_off(ring[i], ring[first], ring[last]) for i in range(first + 1, last)]
        most = max(off)
        if most > tolerance**2:
            middle_ = first + 1 + off.index(most)
            keep.add(middle_)
            waiting += [(first, middle_), (middle_, last)]
    return [ring[i] for i in sorted(keep)]


def _square(a: Point, b: Point) -> float:
    return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2


def _off(point: Point, a: Point, b: Point) -> float:
    """Square of the distance of a point from the line between two others."""
    long = _square(a, b)
    if not long:
        return _square(point, a)
    along = ((point[0] - a[0]) * (b[0] - a[0]) + (point[1] - a[1]) * (b[1] - a[1])) / long
    along = max(0.0, min(1.0, along))
    return _square(point, [a[0] + along * (b[0] - a[0]), a[1] + along * (b[1] - a[1])])
