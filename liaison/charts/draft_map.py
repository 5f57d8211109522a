"""Territories as they are proposed: areas in the colour of their liaison, named; practices that change hands ringed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from liaison.charts.deck import CompactDeck, Layer, dots, filled, fitted, lines, outlines, text_of, words
from liaison.charts.market_map import AREAS, DOTS, TIP, Line, Shape
from liaison.charts.tokens import Tokens, mix, rgb

# Told apart by eye and under simulated deutan, protan and tritan vision; neither the blue of us nor the orange of loss.
COLOURS = {
    "light": ("#A9C9E3", "#E3D08F", "#B9D8B4", "#D3B9DC", "#E8B9A5", "#C3C9CF"),
    "dark": ("#2F5878", "#6E5F26", "#3A6140", "#5C4468", "#74473A", "#4A545E"),
}
MOST = len(COLOURS["light"])  # people that colours can tell apart: beyond, lines and names alone do


@dataclass(frozen=True)
class DraftArea:
    """`who`: position of its liaison."""

    key: str
    name: str
    says: str
    who: int
    shape: Shape


@dataclass(frozen=True)
class DraftDot:
    """A practice; `changes`: it is in other hands than today. `apart`: in other hands than its area."""

    key: str
    name: str
    says: str
    who: int
    lon: float
    lat: float
    changes: bool
    apart: bool


@dataclass(frozen=True)
class DraftScene:
    """`names`: of liaisons, and where each stands; `frames`: the lines round each one's areas."""

    areas: Sequence[DraftArea]
    dots: Sequence[DraftDot]
    names: Sequence[tuple[str, tuple[float, float]]]
    frames: Sequence[Line]
    urls: Sequence[str]
    fit: tuple[float, float, float, float]


def colours(people: int, t: Tokens) -> tuple[str, ...]:
    """One a person; all the same where there are too many."""
    return COLOURS[t.name][:people] if people <= MOST else (t.raised,) * people


def draft_map(
    scene: DraftScene, t: Tokens, *, picked: str | None = None, width: int = 900, height: int = 500
) -> CompactDeck:
    """The deck. A click gives the area's `key` in the selection of the layer "areas", a practice's in "practices"."""
    fills = colours(len(scene.names), t)
    features = [_feature(area, fills[area.who]) for area in scene.areas]
    chosen = [ring for area in scene.areas if area.key == picked for polygon in area.shape for ring in polygon]
    rim = {"fontSettings": {"sdf": True, "fontSize": 48}, "outlineWidth": 8, "outlineColor": rgb(t.ground)}
    labels = [{"text": name, "lon": at[0], "lat": at[1]} for name, at in scene.names]
    layers: list[Layer] = [
        *(outlines(f"state-{n}", url, mix(t.line, t.quiet, 0.18)) for n, url in enumerate(scene.urls)),
        filled(AREAS, features, mix(t.ground, t.quiet, 0.25), picks=True, glow=t.text),
        lines("frames", scene.frames, mix(t.text, t.quiet, 0.4), 2),
        lines("picked", chosen, t.text, 3),
        dots(DOTS, [_dot(dot, fills, t, dot.key == picked) for dot in scene.dots], picks=True, glow=t.text),
        words("liaisons", labels, t.text, 14, 600, **rim),
    ]
    return CompactDeck(text_of(layers, fitted(*scene.fit, width, height)), TIP)


def _feature(area: DraftArea, fill: str) -> dict[str, Any]:
    return {
        "type": "Feature",
        "key": area.key,
        "name": area.name,
        "says": area.says,
        "properties": {"fill": rgb(fill)},
        "geometry": {"type": "MultiPolygon", "coordinates": area.shape},
    }


def _dot(dot: DraftDot, fills: Sequence[str], t: Tokens, on: bool) -> dict[str, Any]:
    """Small where nothing changes; a ring in ink where it changes hands."""
    fill = mix(fills[dot.who], t.text, 0.45) if not dot.apart else fills[dot.who]
    return {
        "key": dot.key,
        "name": dot.name,
        "says": dot.says,
        "lon": dot.lon,
        "lat": dot.lat,
        "radius": 6 if on else 4.5 if dot.changes or dot.apart else 2.2,
        "width": 3 if on else 2 if dot.changes else 1 if dot.apart else 0,
        "fill": rgb(fill),
        "ring": rgb(t.text),
    }
