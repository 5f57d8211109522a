"""ZIP codes as areas. A ZIP is a set of mail routes, not an area: what is drawn here is an approximation, and says so.

Each part of a county belongs to the ZIP of that county whose centre is nearest: the Voronoi diagram of the centres, cut
to the county's outline.
"""

from collections.abc import Mapping, Sequence
from math import cos, hypot, radians

from liaison.facts.joined import within
from liaison.facts.shapes import Shape, bounds

Flat = tuple[float, float]  # degrees, longitude shrunk so that distances are true


def nearest_areas(centres: Mapping[str, tuple[float, float]], county: Shape) -> dict[str, Shape]:
    """ZIP -> its part of the county. `centres`: (longitude, latitude) of the county's ZIPs.

    Of ZIPs with the same centre the first has the area, the others none; nor has one that is nowhere the nearest.
    """
    around = bounds([county])
    if around is None:
        return {}
    narrow = cos(radians((around.south + around.north) / 2))
    west, east = around.west * narrow, around.east * narrow
    box = [(west, around.south), (east, around.south), (east, around.north), (west, around.north)]
    first: dict[Flat, str] = {}
    for code, (lon, lat) in sorted(centres.items()):
        first.setdefault((lon * narrow, lat), code)
    found = {}
    for centre, code in first.items():
        cell = _cell(box, centre, [other for other in first if other != centre])
        if len(cell) < 3:
            continue
        ring = [[x / narrow, y] for x, y in cell]
        if shape := within(county, [*ring, ring[0]]):
            found[code] = shape
    return found


def _cell(box: Sequence[Flat], centre: Flat, others: Sequence[Flat]) -> list[Flat]:
    """The part of a box that is nearer to `centre` than to any of the others: a convex polygon, not closed."""
    left = list(box)
    x, y = centre
    for far, other_x, other_y in sorted((hypot(a - x, b - y), a, b) for a, b in others):
        if far > 2 * max((hypot(a - x, b - y) for a, b in left), default=0.0):
            break  # the line half way lies beyond everything that is left, as do those of all that follow
        half = ((other_x**2 + other_y**2) - (x**2 + y**2)) / 2
        left = _cut(left, (other_x - x, other_y - y, half))
    return left


def _cut(polygon: list[Flat], line: tuple[float, float, float]) -> list[Flat]:
    """The part of a convex polygon where a*x + b*y <= c."""
    a, b, c = line
    depth = [a * x + b * y - c for x, y in polygon]
    kept: list[Flat] = []
    for i, now in enumerate(depth):
        before = depth[i - 1]
        if (before > 0) != (now > 0):
            (x0, y0), (x1, y1) = polygon[i - 1], polygon[i]
            share = before / (before - now)
            kept.append((x0 + (x1 - x0) * share, y0 + (y1 - y0) * share))
        if now <= 0:
            kept.append(polygon[i])
    return kept
