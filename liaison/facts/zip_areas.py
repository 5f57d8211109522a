"""ZIP codes as areas. A ZIP is a set of mail routes, not an area: what is drawn here is an approximation, and says so.

Each part of a county belongs to the ZIP of that county whose centre is nearest. The method is the Voronoi diagram cut
to the county's outline, one half-plane after the other (Sutherland and Hodgman 1974, Reentrant polygon clipping,
Communications of the ACM 17:32-42).
"""

from collections.abc import Mapping
from math import cos, hypot, radians

from liaison.facts.shapes import Point, Ring, Shape

DIGITS = 4  # about 11 metres, as the counties' outlines


def nearest_areas(centres: Mapping[str, tuple[float, float]], county: Shape) -> dict[str, Shape]:
    """ZIP -> its part of the county. `centres`: (longitude, latitude) of the county's ZIPs.

    Of ZIPs with the same centre the first has the area, the others none; nor has one that is nowhere the nearest.
    """
    narrow = cos(radians(sum(p[1] for polygon in county for p in polygon[0]) / sum(len(p[0]) for p in county)))
    flat = [[[(x * narrow, y) for x, y in ring] for ring in polygon] for polygon in county]
    first: dict[tuple[float, float], str] = {}
    for code, (lon, lat) in sorted(centres.items()):
        first.setdefault((lon * narrow, lat), code)
    found = {}
    for centre, code in first.items():
        cut = _cut(flat, centre, [other for other in first if other != centre])
        shape = [[_degrees(ring, narrow) for ring in polygon] for polygon in cut]
        shape = [[ring for ring in polygon if len(ring) > 3] for polygon in shape]
        if kept := [polygon for polygon in shape if polygon]:
            found[code] = kept
    return found


Flat = list[list[list[tuple[float, float]]]]


def _cut(county: Flat, centre: tuple[float, float], others: list[tuple[float, float]]) -> Flat:
    """What of the county is nearer to `centre` than to any of the others."""
    left = county
    x, y = centre
    for far, other_x, other_y in sorted((hypot(a - x, b - y), a, b) for a, b in others):
        reach = max((hypot(a - x, b - y) for polygon in left for a, b in polygon[0]), default=0.0)
        if far > 2 * reach:
            break  # its border lies beyond everything that is left, as do those of all that follow
        edge = ((other_x**2 + other_y**2) - (x**2 + y**2)) / 2
        across = (other_x - x, other_y - y, edge)
        left = [[_clip(ring, across) for ring in polygon] for polygon in left]
        left = [[ring for ring in polygon if ring] for polygon in left if polygon[0]]
    return left


def _clip(ring: list[tuple[float, float]], line: tuple[float, float, float]) -> list[tuple[float, float]]:
    """The part of a closed ring where a*x + b*y <= c, closed again; empty where nothing is left."""
    a, b, c = line
    depth = [a * x + b * y - c for x, y in ring]
    kept: list[tuple[float, float]] = []
    for i in range(1, len(ring)):
        before, now = depth[i - 1], depth[i]
        if (before > 0) != (now > 0):
            (x0, y0), (x1, y1) = ring[i - 1], ring[i]
            share = before / (before - now)
            kept.append((x0 + (x1 - x0) * share, y0 + (y1 - y0) * share))
        if now <= 0:
            kept.append(ring[i])
    return [*kept, kept[0]] if len(kept) > 2 else []


def _degrees(ring: list[tuple[float, float]], narrow: float) -> Ring:
    """Rounded degrees, without points that rounding made one."""
    points: list[Point] = []
    for x, y in ring:
        point = [round(x / narrow, DIGITS), round(y, DIGITS)]
        if not points or points[-1] != point:
            points.append(point)
    return points
