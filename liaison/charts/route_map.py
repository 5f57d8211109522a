"""A day's way on the map: straight lines between stops, numbered in their order; in a week a line a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from liaison.charts.deck import CompactDeck, Layer, dots, filled, fitted, lines, outlines, text_of, words
from liaison.charts.market_map import DOTS, TIP, Shape
from liaison.charts.tokens import WHITE, Tokens, mix, rgb

RADIUS, RADIUS_IN_WEEK, BASE = 11, 8, 7  # px
LETTER, LINE = 6.6, 15  # px of a letter of a name, of its line
MARGIN = 0.14  # of the box of all stops, on each side


@dataclass(frozen=True)
class RouteStop:
    """A stop: its number in the day, what is said of it (tooltip), what stands beside it ("" for nothing)."""

    key: str
    name: str
    number: str
    says: str
    beside: str
    lon: float
    lat: float
    done: bool = False


@dataclass(frozen=True)
class Way:
    """One day: from the start through its stops and back."""

    stops: Sequence[RouteStop]
    strong: bool = True


@dataclass(frozen=True)
class RouteScene:
    """`ground`: our counties (name, where it stands, shape); `urls`: outlines of states; `start`: (longitude,
    latitude)."""

    ground: Sequence[tuple[str, tuple[float, float], Shape]]
    urls: Sequence[str]
    start: tuple[float, float]
    ways: Sequence[Way]

    @property
    def fit(self) -> tuple[float, float, float, float]:
        """West, south, east, north of all stops, with room for names."""
        points = [self.start, *((stop.lon, stop.lat) for way in self.ways for stop in way.stops)]
        west, east = min(p[0] for p in points), max(p[0] for p in points)
        south, north = min(p[1] for p in points), max(p[1] for p in points)
        wide, high = max(east - west, 0.05) * MARGIN, max(north - south, 0.05) * MARGIN
        return west - wide, south - high, east + wide, north + high


def route_map(
    scene: RouteScene, t: Tokens, *, picked: str | None = None, width: int = 900, height: int = 500
) -> CompactDeck:
    """The deck. A click gives the practice's `key` in the selection of the layer "practices"."""
    seam = mix(t.line, t.quiet, 0.25)
    plain = [
        {
            "type": "Feature",
            "properties": {"fill": rgb(t.raised)},
            "geometry": {"type": "MultiPolygon", "coordinates": shape},
        }
        for _, _, shape in scene.ground
    ]
    names = [{"text": name.upper(), "lon": at[0], "lat": at[1]} for name, at, _ in scene.ground]
    layers: list[Layer] = [
        *(outlines(f"state-{n}", url, mix(t.line, t.quiet, 0.18)) for n, url in enumerate(scene.urls)),
        filled("ground", plain, seam, picks=False, glow=t.text),
        words("county-names", names, mix(t.quiet, t.ground, 0.35), 10),
        *_lines(scene, t),
        dots("start", [_start(scene, t)], picks=False, glow=t.text),
        dots(DOTS, _dots(scene, t, picked), picks=True, glow=t.text),
        words("numbers", _texts(scene, "number"), WHITE if t.name == "light" else t.ground, 12, 600),
        _beside(scene, t, width, height),
    ]
    return CompactDeck(text_of(layers, fitted(*scene.fit, width, height)), TIP)


def _lines(scene: RouteScene, t: Tokens) -> list[Layer]:
    found = []
    for n, way in enumerate(scene.ways):
        path = [list(scene.start), *([stop.lon, stop.lat] for stop in way.stops), list(scene.start)]
        colour = mix(t.us, t.ground, 0.25 if way.strong else 0.55)
        found.append(lines(f"way-{n}", [path] if way.stops else [], colour, 3 if way.strong else 2))
    return found


def _start(scene: RouteScene, t: Tokens) -> dict[str, Any]:
    lon, lat = scene.start
    return {"lon": lon, "lat": lat, "radius": BASE, "width": 2, "fill": rgb(t.text), "ring": rgb(t.ground)}


def _dots(scene: RouteScene, t: Tokens, picked: str | None) -> list[dict[str, Any]]:
    size = RADIUS if len(scene.ways) == 1 else RADIUS_IN_WEEK
    return [
        {
            "key": stop.key,
            "name": stop.name,
            "says": stop.says,
            "lon": stop.lon,
            "lat": stop.lat,
            "radius": size,
            "width": 3 if stop.key == picked else 1.5,
            "fill": rgb(t.unknown if stop.done else t.us),
            "ring": rgb(t.text if stop.key == picked else t.ground),
        }
        for way in scene.ways
        for stop in way.stops
    ]


def _texts(scene: RouteScene, part: str) -> list[dict[str, Any]]:
    return [
        {"text": getattr(stop, part), "lon": stop.lon, "lat": stop.lat}
        for way in scene.ways
        for stop in way.stops
        if getattr(stop, part)
    ]


def _beside(scene: RouteScene, t: Tokens, width: int, height: int) -> Layer:
    """Time and name beside the dot, on the side with room, where no other name lies already. A rim of the ground keeps
    lines from crossing them out."""
    west, south, east, north = scene.fit
    wide, high = width / (east - west), height / (north - south)  # px a degree, nearly
    rows: list[dict[str, Any]] = []
    every = [((stop.lon - west) * wide, (north - stop.lat) * high) for way in scene.ways for stop in way.stops]
    taken = [(x - RADIUS, x + RADIUS, y) for x, y in every]  # from, to, y in px
    for row in _texts(scene, "beside"):
        x, y = (row["lon"] - west) * wide, (north - row["lat"]) * high
        long, left = len(row["text"]) * LETTER, x > width * 0.6
        away = RADIUS + 5
        span = (x - away - long, x - away) if left else (x + away, x + away + long)
        if any(span[0] < to and span[1] > first and abs(y - line) < LINE for first, to, line in taken):
            continue
        taken.append((*span, y))
        rows.append({**row, "anchor": "end" if left else "start", "away": [-away if left else away, 0]})
    rim = {"fontSettings": {"sdf": True, "fontSize": 48}, "outlineWidth": 8, "outlineColor": rgb(t.raised)}
    side = {"getTextAnchor": "@@=anchor", "getPixelOffset": "@@=away"}
    return words("beside", rows, t.text, 12, 500, **rim, **side)
