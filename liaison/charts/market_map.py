"""The market as a map: our counties raised, areas coloured by a metric, practices as dots, one or several picked."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from liaison.charts.deck import CompactDeck, Layer, dots, filled, fitted, lines, outlines, plate, text_of, words
from liaison.charts.place_metrics import LEAKAGE, Place, PlaceMetric, look, nice
from liaison.charts.tokens import Tokens, mix, rgb

Line = Sequence[Sequence[float]]  # points: [longitude, latitude]
Shape = Sequence[Sequence[Line]]  # polygons, rings
AREAS, DOTS = "areas", "practices"  # ids of the layers that can be picked
BIGGEST = 19  # px, the radius of a dot at the top of its scale
SMALLEST = 2.5
DIM = 0.45
TIP = {"text": "{name}\n{says}"}


@dataclass(frozen=True)
class MapArea:
    """An area to paint: its figures, its polygons, and the lines round it where those are fewer than its rings."""

    place: Place
    shape: Shape
    edge: Sequence[Line] = ()


@dataclass(frozen=True)
class MapDot:
    """A practice to draw: its figures, where it stands, and how many referrals make its size."""

    place: Place
    lon: float
    lat: float
    size: float


@dataclass(frozen=True)
class Scene:
    """Everything that is on the map but what is picked.

    `ground`: our counties, (name, where it stands, shape). `frames`: lines round territories. `fit`: west, south, east,
    north of what is to be seen. `urls`: outlines of states that the browser fetches.
    """

    ground: Sequence[tuple[str, tuple[float, float], Shape]]
    areas: Sequence[MapArea] = ()
    dots: Sequence[MapDot] = ()
    frames: Sequence[Line] = ()
    urls: Sequence[str] = ()
    fit: tuple[float, float, float, float] = (-100.0, 30.0, -70.0, 45.0)
    metric: PlaceMetric = field(default=LEAKAGE)
    seams: bool = True  # lines between areas

    @property
    def top(self) -> float:
        """The value that takes the darkest step."""
        return self.metric.end([area.place for area in self.areas] or [dot.place for dot in self.dots])

    @property
    def largest(self) -> float:
        """Referrals of a dot of the biggest size."""
        return nice(max((dot.size for dot in self.dots), default=1))


def radius(size: float, largest: float) -> float:
    """Px of a dot whose area stands for `size` referrals."""
    return max(SMALLEST, round(BIGGEST * float(size / largest) ** 0.5, 1))


def market_map(
    scene: Scene, t: Tokens, *, picked: Collection[str] = (), width: int = 900, height: int = 500
) -> CompactDeck:
    """The deck. `picked`: keys of areas or of practices; others are dimmed. `width`, `height`: px that it will have.

    A click gives the object's `key` in the selection of the layer "areas" or "practices".
    """
    coloured = bool(scene.areas)
    seam = mix(t.line, t.quiet, 0.25)
    layers: list[Layer] = [
        outlines(f"state-{place}", url, mix(t.line, t.quiet, 0.18)) for place, url in enumerate(scene.urls)
    ]
    plain = [_feature(name, name, "", t.raised, shape) for name, _, shape in scene.ground]
    layers.append(filled("ground", plain, seam, picks=False, glow=t.text))
    if coloured:
        layers += _areas(scene, t, picked)
    if scene.frames:
        layers.append(lines("frames", scene.frames, mix(t.quiet, t.ground, 0.15), 1.6))
    layers += _rings(scene, t, picked)
    under = [] if coloured else [_names(scene, t)]
    layers += [*under, *_dots(scene, t, picked), *([_names(scene, t)] if coloured else [])]
    return CompactDeck(text_of(layers, fitted(*scene.fit, width, height)), TIP)


def _areas(scene: Scene, t: Tokens, picked: Collection[str]) -> list[Layer]:
    top, features, hidden = scene.top, [], []
    for area in scene.areas:
        seen = look(area.place, scene.metric, top, t)
        dim = bool(picked) and area.place.key not in picked
        fill = mix(seen.fill, t.raised, DIM) if dim else seen.fill
        features.append(_feature(area.place.key, area.place.label, seen.says, fill, area.shape))
        if seen.state == "hidden":
            hidden += stripes(area.shape)
    wide = 1 if scene.seams else 0
    found = [filled(AREAS, features, t.ground, picks=True, glow=t.text, wide=wide)]
    if hidden:
        found.append(lines("stripes", hidden, mix(t.line, t.quiet, 0.3), 1.5))
    return found


def _feature(key: str, name: str, says: str, fill: str, shape: Shape) -> dict[str, Any]:
    """Key, name and words stand at the top, where tooltip and selection look for them."""
    return {
        "type": "Feature",
        "key": key,
        "name": name,
        "says": says,
        "properties": {"fill": rgb(fill)},
        "geometry": {"type": "MultiPolygon", "coordinates": shape},
    }


def _rings(scene: Scene, t: Tokens, picked: Collection[str]) -> list[Layer]:
    """A line round each picked area."""
    chosen = [area for area in scene.areas if area.place.key in picked]
    if not chosen:
        return []
    edges = [line for area in chosen for line in (area.edge or [r for polygon in area.shape for r in polygon])]
    return [lines("picked", edges, t.text, 2.5)]


def _names(scene: Scene, t: Tokens) -> Layer:
    """Names of counties in small capitals; over colours they have a rim of the ground, so that they can be read."""
    rows = [{"text": _capitals(name), "lon": at[0], "lat": at[1]} for name, at, _ in scene.ground]
    if not scene.areas:
        return words("county-names", rows, mix(t.text, t.quiet, 0.7), 10)
    rim = {"fontSettings": {"sdf": True, "fontSize": 48}, "outlineWidth": 6, "outlineColor": rgb(t.ground)}
    return words("county-names", rows, t.text, 11, 600, **rim)


def _capitals(name: str) -> str:
    """'McDOWELL', not 'MCDOWELL'."""
    return f"Mc{name[2:].upper()}" if name.startswith("Mc") else name.upper()


def _dots(scene: Scene, t: Tokens, picked: Collection[str]) -> list[Layer]:
    """Practices: alone on the map they take its metric; over coloured areas they are rings, sized but not coloured."""
    largest, over = scene.largest, bool(scene.areas)
    top = scene.top
    chosen = {dot.place.key for dot in scene.dots} & set(picked)
    rows = []
    for dot in scene.dots:
        on = dot.place.key in chosen
        row = {"key": dot.place.key, "name": dot.place.label, "lon": dot.lon, "lat": dot.lat}
        row["radius"] = radius(dot.size, largest)
        rows.append(row | (_ring(t) if over else _dot(dot, scene.metric, top, t, on, bool(chosen))))
    rows.sort(key=lambda row: row["key"] in chosen)
    found = [dots(DOTS, rows, picks=not over, glow=t.text)]
    if len(chosen) == 1 and not over:
        found.append(_plate(next(d for d in scene.dots if d.place.key in chosen), scene, t))
    return found


def _dot(dot: MapDot, metric: PlaceMetric, top: float, t: Tokens, on: bool, others_dim: bool) -> dict[str, Any]:
    seen = look(dot.place, metric, top, t)
    hollow = seen.state in ("blind", "hidden", "none")
    fill = t.ground if hollow else seen.fill
    # A rim of its own colour, darker on light and lighter on dark: low values stand off the ground too.
    ring = t.quiet if hollow else mix(fill, t.text, 0.4)
    if on:
        return {"says": seen.says, "fill": rgb(fill), "ring": rgb(t.text), "width": 3}
    share = DIM if others_dim else 0.0
    return {
        "says": seen.says,
        "fill": rgb(mix(fill, t.raised, share)),
        "ring": rgb(mix(ring, t.raised, share)),
        "width": 1,
    }


def _ring(t: Tokens) -> dict[str, Any]:
    return {"says": "", "fill": rgb(t.quiet), "ring": rgb(t.ground), "width": 0.6, "radius": 1.8}


def _plate(dot: MapDot, scene: Scene, t: Tokens) -> Layer:
    value = scene.metric.value(dot.place)
    known = value is not None and not dot.place.suppressed and dot.place.observable
    text = f"{dot.place.label}  {scene.metric.write(value)}" if known and value is not None else dot.place.label
    above = radius(dot.size, scene.largest) + 14
    west, _, east, _ = scene.fit
    place = (dot.lon - west) / (east - west)
    side = "start" if place < 1 / 3 else "end" if place > 2 / 3 else "middle"
    return plate("name", {"text": text, "lon": dot.lon, "lat": dot.lat}, t.text, t.ground, above) | {
        "getTextAnchor": side
    }


def stripes(shape: Shape, apart: float = 0.02) -> list[Line]:
    """Upright lines across a shape, `apart` degrees from each other: what is hidden is neither blank nor nought."""
    found: list[Line] = []
    for polygon in shape:
        west, east = min(p[0] for p in polygon[0]), max(p[0] for p in polygon[0])
        count = int((east - west) / apart) + 1
        for n in range(1, count + 1):
            x = west + (n - 0.5) * (east - west) / count
            crossed = sorted(_crossings(polygon, x))
            found += [[[x, low], [x, high]] for low, high in zip(crossed[::2], crossed[1::2], strict=False)]
    return found


def _crossings(rings: Iterable[Sequence[Sequence[float]]], x: float) -> Iterable[float]:
    for ring in rings:
        for a, b in pairwise(ring):
            if (a[0] > x) != (b[0] > x):
                yield a[1] + (x - a[0]) / (b[0] - a[0]) * (b[1] - a[1])


def picked_of(selection: Mapping[str, Any] | None) -> tuple[str, str] | None:
    """(layer, key) of the one object that a click picked; None where it picked nothing that can be read."""
    objects = selection.get("objects") if selection else None
    for layer in (DOTS, AREAS):
        found = objects.get(layer) if isinstance(objects, Mapping) else None
        key = found[0].get("key") if isinstance(found, list) and found and isinstance(found[0], Mapping) else None
        if isinstance(key, str):
            return layer, key
    return None
