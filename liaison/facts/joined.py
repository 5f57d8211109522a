"""Shapes joined and cut: the outline round several of them, what of one lies in a ring, and which ones touch."""

from collections.abc import Iterable, Mapping, Sequence

import pyclipper

from liaison.facts.shapes import Ring, Shape, bounds

SCALE = 1_000_000  # units a degree: Clipper counts in whole numbers
GAP = 300  # units, about 30 metres: neighbours that were rounded apart are one
REACH = 1_200  # units, about 120 metres: how near a border must come to touch
BORDER = 6_000 * REACH  # square units of overlap: a shared border of about 600 metres; a corner is less
SPECK = 200_000  # square units, about two thousand square metres: less is a rounding error
Paths = list[list[tuple[int, int]]]


def outline(shapes: Iterable[Shape]) -> list[Ring]:
    """The closed lines round all of them together, holes among them; what lies between two of them is gone."""
    return [_ring(path) for path in _grown(_grown(_union(shapes), GAP), -GAP)]


def within(shape: Shape, ring: Ring) -> Shape:
    """The part of a shape that lies in a ring, as polygons that do not cross themselves."""
    both = pyclipper.Pyclipper()
    both.AddPaths(_paths(shape), pyclipper.PT_SUBJECT, True)
    both.AddPath([(round(x * SCALE), round(y * SCALE)) for x, y in ring[:-1]], pyclipper.PT_CLIP, True)
    waiting = list(both.Execute2(pyclipper.CT_INTERSECTION, pyclipper.PFT_NONZERO, pyclipper.PFT_NONZERO).Childs)
    found: Shape = []
    for outer in waiting:
        if abs(pyclipper.Area(outer.Contour)) < SPECK:
            continue
        holes = [hole for hole in outer.Childs if abs(pyclipper.Area(hole.Contour)) >= SPECK]
        found.append([_ring(node.Contour) for node in (outer, *holes)])
        waiting += [island for hole in outer.Childs for island in hole.Childs]  # read on: islands come last
    return found


def touching(own: Iterable[Shape], others: Mapping[str, Shape]) -> set[str]:
    """Which of `others` share a border with `own`; those that meet it in a corner only do not."""
    shapes = list(own)
    around = bounds(shapes)
    if around is None:
        return set()
    grown = _grown(_union(shapes), REACH)
    found = set()
    for key, shape in others.items():
        near = bounds([shape])
        if near is None or not around.meets(near, REACH / SCALE):
            continue
        both = pyclipper.Pyclipper()
        both.AddPaths(grown, pyclipper.PT_SUBJECT, True)
        both.AddPaths(_paths(shape), pyclipper.PT_CLIP, True)
        shared = both.Execute(pyclipper.CT_INTERSECTION, pyclipper.PFT_NONZERO, pyclipper.PFT_NONZERO)
        if sum(abs(pyclipper.Area(path)) for path in shared) > BORDER:
            found.add(key)
    return found


def bordering(shapes: Sequence[Shape]) -> list[frozenset[int]]:
    """Of each shape the positions of the others that share a border with it, corners apart."""
    boxes = [bounds([shape]) for shape in shapes]
    found: list[set[int]] = [set() for _ in shapes]
    for place, shape in enumerate(shapes):
        box = boxes[place]
        near = {
            str(other): shapes[other]
            for other in range(place + 1, len(shapes))
            if box is not None and (there := boxes[other]) is not None and box.meets(there, REACH / SCALE)
        }
        for other in map(int, touching([shape], near)):
            found[place].add(other)
            found[other].add(place)
    return [frozenset(near) for near in found]


def _union(shapes: Iterable[Shape]) -> Paths:
    paths = [path for shape in shapes for path in _paths(shape)]
    if not paths:
        return []
    joined = pyclipper.Pyclipper()
    joined.AddPaths(paths, pyclipper.PT_SUBJECT, True)
    found: Paths = joined.Execute(pyclipper.CT_UNION, pyclipper.PFT_NONZERO, pyclipper.PFT_NONZERO)
    return found


def _grown(paths: Paths, by: int) -> Paths:
    if not paths:
        return []
    offset = pyclipper.PyclipperOffset()
    offset.AddPaths(paths, pyclipper.JT_MITER, pyclipper.ET_CLOSEDPOLYGON)
    found: Paths = offset.Execute(by)
    return found


def _paths(shape: Shape) -> Paths:
    """Outer rings against the clock, holes with it, whichever way the file has them."""
    found: Paths = []
    for polygon in shape:
        for place, ring in enumerate(polygon):
            path = [(round(x * SCALE), round(y * SCALE)) for x, y in ring[:-1]]
            if len(path) < 3 or not pyclipper.Area(path):
                continue
            if pyclipper.Orientation(path) != (place == 0):
                path.reverse()
            found.append(path)
    return found


def _ring(path: list[tuple[int, int]]) -> Ring:
    points = [[round(x / SCALE, 4), round(y / SCALE, 4)] for x, y in path]
    return [*points, points[0]]
