"""The ground of a market: its counties, ZIPs as areas, what its territories cover, and which ZIPs border on them.

Geometry and names only: no figure is made here.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from liaison.access import Viewer
from liaison.facts.joined import outline, touching
from liaison.facts.live import Live
from liaison.facts.own_outlines import own_outlines
from liaison.facts.reference import county_of, zip_places
from liaison.facts.shapes import Box, County, Ring, Shape, bounds, county, thinned
from liaison.facts.zip_areas import nearest_areas
from liaison.metrics.filters import Filters
from liaison.metrics.spots import Spot, Territory, centres, changes, covering, spots, territories
from liaison.vocabulary import NONE, Audience

FINE = 0.0006  # degrees, about 60 metres: a quarter of a pixel at the scale of a county
AROUND = 0.5  # of the market's size, on each side: whose neighbours' outlines are drawn


@dataclass(frozen=True)
class Ground:
    """`counties`: those in which a practice or a part of a territory lies. `zips`: their ZIPs as areas; `lies_in`: ZIP
    -> county. `file`: the team's own outlines; None where areas are approximate. `states`: FIPS of states in view.
    """

    counties: Mapping[str, County]
    zips: Mapping[str, Shape]
    lies_in: Mapping[str, str]
    file: str | None
    states: tuple[str, ...]
    spots: Mapping[str, Spot]
    changes: tuple[int, ...]

    def shape(self, by: str, key: str) -> Shape | None:
        """The area of a county or ZIP; None where it has none."""
        if by == "zip":
            return self.zips.get(key)
        found = self.counties.get(key)
        return found.shape if found else None


def ground(live: Live, viewer: Viewer, audience: Audience, filters: Filters, own: str = "") -> Ground:
    """Of the whole market. `own`: the mark of the team's own outlines, so that answers are kept apart."""
    lie = spots(live, viewer, audience, filters)
    starts = changes(live)
    codes, whole = {s.zip for s in lie.values()} - {NONE}, {s.county for s in lie.values()} - {NONE}
    for month in starts or [0]:
        for each in territories(live, month).values():
            codes, whole = codes | each.zips, whole | each.counties
    whole |= {fips for code in codes if (fips := county_of(code))}
    counties = {fips: found for fips in sorted(whole) if (found := county(fips))}
    by_county = _zips_of(counties, codes)
    brought = own_outlines(live.home) if own else None
    lies_in = {code: fips for fips, listed in by_county.items() for code in listed}
    if brought is not None:
        zips = {c: thinned(brought.zips[c], FINE) for c in sorted({*lies_in, *codes}) if c in brought.zips}
        lies_in |= {code: county_of(code) or NONE for code in zips if code not in lies_in}
    else:
        zips = {}
        for fips, listed in by_county.items():
            zips |= nearest_areas({code: centres()[code] for code in listed}, counties[fips].shape)
    file = brought.file if brought else None
    return Ground(counties, zips, lies_in, file, _states(counties), lie, tuple(starts))


def _zips_of(counties: Mapping[str, County], used: set[str]) -> dict[str, list[str]]:
    """County -> its ZIPs that are areas, and those that are used, whatever they are."""
    places = zip_places()
    here = places[places["county_fips"].isin(set(counties))]
    found: dict[str, list[str]] = {fips: [] for fips in counties}
    for code, fips, kind in zip(here["zip"], here["county_fips"], here["kind"], strict=True):
        if kind == "standard" or code in used:
            found[fips].append(code)
    return found


def _states(counties: Mapping[str, County]) -> tuple[str, ...]:
    """The states of the market and those that a map of it also shows."""
    box = bounds(found.shape for found in counties.values())
    if box is None:
        return ()
    wide, high = (box.east - box.west) * AROUND, (box.north - box.south) * AROUND
    seen = Box(box.west - wide, box.south - high, box.east + wide, box.north + high)
    places = zip_places()
    near = places[places["lon"].between(seen.west, seen.east) & places["lat"].between(seen.south, seen.north)]
    states = {fips[:2] for fips in near["county_fips"].unique() if fips}
    return tuple(sorted(states | {fips[:2] for fips in counties}))


@dataclass(frozen=True)
class Covered:
    """A territory in one month: its ZIPs (those of its whole counties too) and the lines round it."""

    territory: Territory
    zips: frozenset[str]
    lines: tuple[Ring, ...]


def spell(market: Ground, month: int) -> int:
    """The first month from which the territories have been as they are in `month`: what they cover is kept by it."""
    place = bisect_right(market.changes, month)
    return market.changes[place - 1] if place else month


def covered(
    live: Live, viewer: Viewer, audience: Audience, filters: Filters, month: int, own: str = ""
) -> dict[str, Covered]:
    """What each territory covers in a month, by id."""
    market = ground(live, viewer, audience, filters, own)
    every = territories(live, month)
    by_zip, by_county = covering(every.values())
    zips: dict[str, set[str]] = defaultdict(set)
    mixed: set[str] = set()  # counties of which another territory has some ZIPs
    for code, fips in market.lies_in.items():
        whose = by_zip.get(code) or by_county.get(fips)
        if whose:
            zips[whose].add(code)
        if code in by_zip and by_zip[code] != by_county.get(fips):
            mixed.add(fips)
    found = {}
    for id_, territory in every.items():
        whole = territory.counties - mixed
        shapes = [market.counties[fips].shape for fips in sorted(whole) if fips in market.counties]
        parts = sorted(code for code in zips[id_] if market.lies_in[code] not in whole and code in market.zips)
        lines = outline([*shapes, *(market.zips[code] for code in parts)])
        found[id_] = Covered(territory, frozenset(zips[id_]), tuple(lines))
    return {id_: each for id_, each in found.items() if each.zips or each.lines}


def bordering(market: Ground, zips: frozenset[str]) -> list[str]:
    """ZIPs that share a border with these and are none of them, in order."""
    own = [market.zips[code] for code in sorted(zips) if code in market.zips]
    return sorted(touching(own, {code: shape for code, shape in market.zips.items() if code not in zips}))
