"""What the page asks for, and what is made of it once for a version of the data: the list, the scene of the map."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic
from typing import Any

import pandas as pd

from liaison.charts.market_map import MapArea, MapDot, Scene
from liaison.charts.place_metrics import PLACE_METRICS, Place
from liaison.facts.own_outlines import mark
from liaison.facts.shapes import Box, Shape, bounds, middle
from liaison.metrics.breakdown import Breakdown, Row
from liaison.metrics.filters import Filters
from liaison.metrics.ground import Covered, Ground, covered, ground, spell
from liaison.metrics.places import Counted, PlaceBy, PlaceCounts, place_counts, place_tables
from liaison.ui import homes
from liaison.ui.ask import ask, audience, kept, version
from liaison.vocabulary import NONE, Audience

Within = tuple[PlaceBy, str] | None  # only practices of this area
NO_PRACTICE = "No practice found"
MOST_OF = 0.97  # of the referrals lie in what the map opens on
COLUMNS = ["key", "label", "town", "referrals", "numerator", "denominator", "value", "unknown", "suppressed"]


@dataclass(frozen=True)
class Listing:
    """Places in the order of the table, which is that of the map: most referrals lost first."""

    found: Breakdown
    places: tuple[Place, ...]
    rows: pd.DataFrame
    place_of: Mapping[str, Place]

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(self.place_of)


_looked: dict[Path, tuple[float, str]] = {}  # home -> when its outlines were looked for, and their mark
LOOKED = 1.0  # seconds for which that holds: a page asks eight times, and a look at a disk may be slow


def own() -> str:
    """The mark of the team's own outlines, empty where there are none."""
    home, now = homes.home(), monotonic()
    when, marked = _looked.get(home.path, (-LOOKED, ""))
    if now - when >= LOOKED:
        marked = mark(home)
        _looked[home.path] = (now, marked)
    return marked


def look_again() -> None:
    """The outlines were changed just now."""
    _looked.clear()


def counts(asked: Filters) -> PlaceCounts:
    """Practices with their places, for the filters of the page. For the team only."""
    return ask(place_counts, asked)


def team() -> bool:
    """Whether the page is shown to the team; others see counties and territories, with small numbers hidden."""
    return audience() is Audience.inside


def breakdown(asked: Filters, by: PlaceBy, within: Within = None) -> Breakdown:
    """Leakage by one kind of place, as whoever looks may see it."""
    if not team():
        return ask(place_tables, asked)[by]
    found = counts(asked)
    return kept().get(version(asked, "breakdown", by, within), lambda: found.by(by, part(found, within)))


def market() -> Ground:
    """The ground of the whole market, with the team's own ZIP outlines where it has some."""
    return ask(ground, Filters(), own=own())


def territories(month: int) -> dict[str, Covered]:
    """What each territory covers in a month."""
    return ask(covered, Filters(), month=spell(market(), month), own=own())


def last_month(asked: Filters) -> int:
    """The month whose territories are drawn: the last of the window."""
    window = breakdown(asked, "county").window
    return window.last if window else 0


def part(found: PlaceCounts, within: Within) -> Iterable[Counted]:
    """The rows that lie in an area; all where none is named."""
    return found.rows if within is None else [row for row in found.rows if getattr(row, within[0]) == within[1]]


def listing(asked: Filters, by: PlaceBy, within: Within = None) -> Listing:
    """The list of one kind of place."""
    return kept().get(version(asked, "listing", by, within), lambda: _listing(asked, by, within))


def _listing(asked: Filters, by: PlaceBy, within: Within) -> Listing:
    broken, lie = breakdown(asked, by, within), market().spots
    places = [_place(row) for row in broken.rows]
    if by == "practice":
        found = counts(asked)
        blind = {p: n for p, n in found.received.items() if within is None or _lies(p, within)}
        places += [
            Place(p, found.label("practice", p), None, None, None, n, observable=False)
            for p, n in sorted(blind.items(), key=lambda each: (-each[1], each[0]))
        ]
    towns = {p.key: lie[p.key].city for p in places if p.key in lie} if by == "practice" else {}
    rows = [_row(place, towns.get(place.key, "")) for place in places]
    return Listing(broken, tuple(places), pd.DataFrame(rows, columns=COLUMNS), {p.key: p for p in places})


def _lies(practice: str, within: tuple[PlaceBy, str]) -> bool:
    spot = market().spots.get(practice)
    return spot is not None and within[0] in ("zip", "county") and getattr(spot, within[0]) == within[1]


def _place(row: Row) -> Place:
    figure = row.figure
    known, unknown = figure.denominator, figure.beside.get("unknown")
    # Without coverage the volume is not printed, but both of its parts may be.
    every = known + unknown if known is not None and unknown is not None else None
    label = NO_PRACTICE if row.label == NONE else row.label
    return Place(row.key, label, figure.numerator, known, unknown, every, figure.suppressed)


def _row(place: Place, town: str) -> tuple[Any, ...]:
    leakage, unknown = PLACE_METRICS["leakage"], PLACE_METRICS["unknown"]
    return (
        place.key,
        place.label,
        town,
        place.referrals,
        place.out,
        place.known,
        leakage.value(place),
        unknown.value(place),
        place.suppressed and leakage.value(place) is None,  # what is hidden may be something that is not listed
    )


def scene(asked: Filters, by: PlaceBy, colour: str, within: Within = None) -> Scene:
    """What the map shows, but for what is picked."""
    return kept().get(version(asked, "scene", by, colour, within, own()), lambda: _scene(asked, by, colour, within))


def _scene(asked: Filters, by: PlaceBy, colour: str, within: Within) -> Scene:
    land, covers = market(), territories(last_month(asked))
    listed = listing(asked, by, within)
    named = [(c.name, middle(c.shape), c.shape) for c in land.counties.values()]
    bare = Scene(
        ground=named,
        dots=_dots(asked, within, land),
        frames=[line for each in covers.values() for line in each.lines],
        urls=[f"app/static/counties/{state}.geojson" for state in land.states],
        fit=_fit(asked, within, land),
        metric=PLACE_METRICS[colour],
        seams=by != "territory",
    )
    if by == "practice":
        return bare
    return replace(bare, areas=[area for place in listed.places if (area := _area(place, by, land, covers))])


def _area(place: Place, by: PlaceBy, land: Ground, covers: Mapping[str, Covered]) -> MapArea | None:
    if by == "territory":
        found = covers.get(place.key)
        if found is None:
            return None
        shape = [polygon for code in sorted(found.zips) for polygon in land.zips.get(code, [])]
        return MapArea(place, shape, found.lines) if shape else None
    plain = land.shape(by, place.key)
    return MapArea(place, plain) if plain else None


def _dots(asked: Filters, within: Within, land: Ground) -> list[MapDot]:
    """Practices that lie somewhere; the largest first, so that small ones lie on top. Outside the team they are only
    places on record, of one size.
    """
    if not team():
        places = [Place(p, spot.name, None, None, None, 1) for p, spot in land.spots.items()]
    else:
        places = list(listing(asked, "practice", within).places)
    found = []
    for place in places:
        spot = land.spots.get(place.key)
        if spot is not None and spot.lat is not None and spot.lon is not None and place.referrals:
            found.append(MapDot(place, round(spot.lon, 4), round(spot.lat, 4), place.referrals))
    return sorted(found, key=lambda dot: -dot.size)


def _fit(asked: Filters, within: Within, land: Ground) -> Box:
    """The counties in which nearly all referrals lie: one practice far away does not make the rest small."""
    rows = breakdown(asked, "county", within).rows
    sizes = [(r.figure.coverage.of if r.figure.coverage else 0, r.key) for r in rows if r.key in land.counties]
    every, seen = sum(n for n, _ in sizes), 0
    shapes: list[Shape] = []
    for size, fips in sorted(sizes, reverse=True):
        if seen >= MOST_OF * every and shapes and every:
            break
        seen += size
        shapes.append(land.counties[fips].shape)
    box = bounds(shapes) or bounds(c.shape for c in land.counties.values())
    return box or Box(-125.0, 25.0, -67.0, 49.0)
