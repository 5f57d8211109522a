"""Decks as compact text: layers are plain mappings, and nothing in them asks another host for anything."""

import json
from collections.abc import Iterable, Mapping, Sequence
from math import cos, log, log2, pi, radians, tan
from typing import Any

import pydeck

from liaison.charts.tokens import rgb

Layer = dict[str, Any]
Line = Sequence[Sequence[float]]
FONT = "Plex, sans-serif"


class CompactDeck(pydeck.Deck):
    """A deck whose text is made already. pydeck's own start looks for a notebook each time (5 ms) and its text is
    pretty-printed, four times as long.
    """

    layers = ()
    mapbox_key = None
    deck_widget = None

    def __init__(self, text: str, tooltip: Mapping[str, Any]) -> None:
        self._text, self._tooltip = text, dict(tooltip)

    def to_json(self) -> str:
        return self._text


def text_of(layers: Iterable[Layer], view: Mapping[str, float]) -> str:
    """The deck's text. The style is the word that pydeck writes where none is given: it fetches no tiles."""
    deck = {
        "initialViewState": dict(view),
        "layers": list(layers),
        "mapStyle": "__MAP_STYLE__",
        "views": [{"@@type": "MapView", "controller": True}],
    }
    return json.dumps(deck, separators=(",", ":"), ensure_ascii=False)


def fitted(west: float, south: float, east: float, north: float, width: int, height: int) -> dict[str, float]:
    """The view in which a box of degrees just fits `width` x `height` px, with a little room."""
    wide = max(east - west, 0.02) / 360
    high = max(_mercator(north) - _mercator(south), 0.0002)
    zoom = min(log2(width / 512 / wide), log2(height / 512 / high)) - 0.12
    return {"latitude": (south + north) / 2, "longitude": (west + east) / 2, "zoom": round(min(zoom, 12.0), 3)}


def _mercator(lat: float) -> float:
    """North as a share of the whole map's height."""
    angle = radians(lat)
    return log(tan(angle) + 1 / cos(angle)) / (2 * pi)


def outlines(name: str, url: str, colour: str) -> Layer:
    """Lines of a file that the browser fetches from the app itself, once."""
    return {
        "@@type": "GeoJsonLayer",
        "id": name,
        "data": url,
        "filled": False,
        "stroked": True,
        "getLineColor": rgb(colour),
        "lineWidthMinPixels": 1,
        "lineWidthMaxPixels": 1,
        "pickable": False,
    }


def filled(name: str, features: list[dict[str, Any]], line: str, *, picks: bool, glow: str, wide: float = 1) -> Layer:
    """Areas in the colour of their `fill`; `wide`: px of the line round each, 0 for none."""
    layer: Layer = {
        "@@type": "GeoJsonLayer",
        "id": name,
        "data": {"type": "FeatureCollection", "features": features},
        "filled": True,
        "stroked": wide > 0,
        "getFillColor": "@@=properties.fill",
        "getLineColor": rgb(line),
        "lineWidthMinPixels": wide,
        "lineWidthMaxPixels": wide,
        "pickable": picks,
    }
    return layer | (_glows(glow) if picks else {})


def lines(name: str, each: Iterable[Line], colour: str, wide: float) -> Layer:
    """Open or closed lines of the same look, `wide` px."""
    return {
        "@@type": "PathLayer",
        "id": name,
        "data": [{"path": line} for line in each],
        "getPath": "@@=path",
        "getColor": rgb(colour),
        "widthUnits": "pixels",
        "getWidth": wide,
        "jointRounded": True,
        "capRounded": True,
        "pickable": False,
    }


def dots(name: str, rows: list[dict[str, Any]], *, picks: bool, glow: str) -> Layer:
    """Circles: rows with lon, lat, radius and width in px, fill and ring as colours."""
    layer: Layer = {
        "@@type": "ScatterplotLayer",
        "id": name,
        "data": rows,
        "getPosition": "@@=[lon, lat]",
        "getRadius": "@@=radius",
        "radiusUnits": "pixels",
        "getFillColor": "@@=fill",
        "getLineColor": "@@=ring",
        "getLineWidth": "@@=width",
        "lineWidthUnits": "pixels",
        "stroked": True,
        "pickable": picks,
    }
    return layer | (_glows(glow) if picks else {})


def _glows(colour: str) -> Layer:
    """What lies under the pointer; deck's own highlight is violet."""
    return {"autoHighlight": True, "highlightColor": [*rgb(colour), 60]}


def words(name: str, rows: list[dict[str, Any]], colour: str, size: int, weight: int = 400, **more: Any) -> Layer:
    """Rows with lon, lat and text; they are never picked."""
    return {
        "@@type": "TextLayer",
        "id": name,
        "data": rows,
        "getPosition": "@@=[lon, lat]",
        "getText": "@@=text",
        "getSize": size,
        "getColor": rgb(colour),
        "fontFamily": FONT,
        "fontWeight": weight,
        "fontSettings": {"sdf": False},
        "characterSet": "auto",
        "outlineWidth": 0,
        "pickable": False,
        **more,
    }


def plate(name: str, row: dict[str, Any], ink: str, ground: str, above: float) -> Layer:
    """A name on a plate, `above` px over its place."""
    return words(
        name,
        [row],
        ink,
        14,
        600,
        getPixelOffset=[0, -above],
        background=True,
        getBackgroundColor=rgb(ground),
        backgroundPadding=[6, 3],
    )
