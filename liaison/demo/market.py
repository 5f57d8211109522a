"""The fictional market: our system, its competitors, and practices on real counties and ZIP codes."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from liaison.demo.metros import Metro
from liaison.demo.options import Options
from liaison.demo.words import HOURS, KINDS, PARKING, PLACE_ENDS, PLACE_STARTS, STREETS
from liaison.facts.reference import zip_places
from liaison.vocabulary import comparison_key

Numbers = NDArray[Any]

# id, name, ours, aliases
ORGANISATIONS = (
    ("balsam-crest", "Balsam Crest Health", True, "Balsam Crest;BCH Specialty Clinics"),
    ("northgate", "Northgate Medical Center", False, "Northgate;Northgate Heart Pavilion"),
    ("summit", "Summit Specialty Group", False, "Summit Specialists"),
    ("cedar-point", "Cedar Point Clinics", False, "Cedar Point"),
    ("quartz-fork", "Quartz Fork Hospital", False, ""),
    ("unaffiliated", "Unaffiliated specialists", False, ""),
    ("ridgeline", "Ridgeline Physician Partners", False, "Ridgeline"),
)
OURS, NORTHGATE, SUMMIT, CEDAR_POINT, QUARTZ_FORK, UNAFFILIATED, RIDGELINE, NOBODY = range(8)
DESTINATIONS = range(6)  # Ridgeline refers only

TYPES = tuple(KINDS)
TYPE_SHARES = (0.45, 0.22, 0.10, 0.07, 0.07, 0.06, 0.03)
OWNER_SHARES = {OURS: 0.22, NORTHGATE: 0.08, SUMMIT: 0.06, CEDAR_POINT: 0.05, RIDGELINE: 0.10, NOBODY: 0.49}
RECEIVED_ONLY_SHARE = 0.12
FREQUENCIES = ("weekly", "fortnightly", "monthly", "quarterly")


@dataclass(frozen=True)
class Market:
    """Practices with what the generator needs of them, by position; `practices` is the file as it is imported."""

    options: Options
    organisations: pd.DataFrame
    practices: pd.DataFrame
    owner: Numbers  # int, position in ORGANISATIONS or NOBODY
    kind: Numbers  # int, position in TYPES
    size: Numbers  # float, relative volume, mean about 1
    miles: Numbers  # float, from the hub
    county: Numbers  # str, FIPS
    received_only: Numbers  # bool: we see only what it sends to us
    territory: Numbers  # int [practice, month], position in the list of territories
    territories: pd.DataFrame

    @property
    def metro(self) -> Metro:
        return self.options.place

    @cached_property
    def ids(self) -> list[str]:
        return list(self.practices["practice_id"])


def miles_between(lat: Any, lon: Any, to_lat: Any, to_lon: Any) -> Any:
    """Great-circle distance in miles; degrees in, arrays or numbers."""
    a, b = np.radians(lat), np.radians(to_lat)
    half = np.sin((b - a) / 2) ** 2 + np.cos(a) * np.cos(b) * np.sin(np.radians(to_lon - lon) / 2) ** 2
    return 3958.8 * 2 * np.arcsin(np.sqrt(half))


def metro_zips(metro: Metro) -> pd.DataFrame:
    """The metro's ZIPs that are areas, with miles from the hub and the share of practices each gets."""
    places = zip_places()
    zips = places[places["county_fips"].isin(metro.counties) & (places["kind"] == "standard")].reset_index(drop=True)
    hub = places[places["zip"] == metro.hub_zip].iloc[0]
    miles = miles_between(hub["lat"], hub["lon"], zips["lat"].to_numpy(), zips["lon"].to_numpy())
    weight = np.exp(-miles / 30) + 0.12
    return zips.assign(miles=miles, share=weight / weight.sum())


def build_market(options: Options) -> Market:
    draw = options.draw("market")
    count = options.practices
    zips = metro_zips(options.place)
    at = draw.choice(len(zips), count, p=zips["share"])
    kind = draw.choice(len(TYPES), count, p=TYPE_SHARES)
    owner = draw.choice(list(OWNER_SHARES), count, p=list(OWNER_SHARES.values()))
    size = np.exp(draw.normal(-0.4, 0.9, count))
    received_only = (draw.random(count) < RECEIVED_ONLY_SHARE) & (owner != OURS)
    where = zips.iloc[at].reset_index(drop=True)
    territories, territory = _territories(options, zips, where)
    return Market(
        options=options,
        organisations=_organisations(),
        practices=_practices(options, draw, where, kind=kind, owner=owner, size=size),
        owner=owner,
        kind=kind,
        size=size,
        miles=where["miles"].to_numpy(),
        county=where["county_fips"].to_numpy().astype(str),
        received_only=received_only,
        territory=territory,
        territories=territories,
    )


def _organisations() -> pd.DataFrame:
    table = pd.DataFrame(ORGANISATIONS, columns=["organisation_id", "name", "ours", "aliases"])
    return table.assign(ours=table["ours"].map({True: "true", False: "false"}))


def _territories(options: Options, zips: pd.DataFrame, where: pd.DataFrame) -> tuple[pd.DataFrame, Numbers]:
    """The file's rows, and which territory each practice is in, by month. The hub county is parted by ZIP, north and
    south; the others are whole counties, one of which changes hands mid-way."""
    metro, rows = options.place, []
    hub = zips[zips["county_fips"] == metro.hub_county]
    middle = hub["lat"].median()
    names = [f"{metro.name} north", f"{metro.name} south", *(name for name, _ in metro.territories)]
    of_code: dict[str, int] = {}
    for code, lat in zip(hub["zip"], hub["lat"], strict=True):
        of_code[code] = 0 if lat >= middle else 1
        rows.append((of_code[code], "zip", code, "", ""))
    until = (options.starts(options.territory_move) - timedelta(days=1)).isoformat()
    moves = options.starts(options.territory_move).isoformat()
    for position, (_, codes) in enumerate(metro.territories, start=2):
        for code in codes:
            of_code[code] = position
            rows.append((position, "county", code, "", until if code == metro.moved_county else ""))
    rows.append((metro.moved_to + 2, "county", metro.moved_county, moves, ""))
    table = pd.DataFrame(rows, columns=["position", "kind", "code", "from", "to"])
    table.insert(0, "territory_id", [f"T{p + 1}" for p in table["position"]])
    table.insert(1, "name", [names[p] for p in table["position"]])
    code = np.where(where["county_fips"] == metro.hub_county, where["zip"], where["county_fips"])
    territory = np.repeat(np.array([of_code[c] for c in code])[:, None], options.months, axis=1)
    moved = where["county_fips"].to_numpy() == metro.moved_county
    territory[np.ix_(moved, np.arange(options.months) >= options.territory_move)] = metro.moved_to + 2
    return table.drop(columns="position"), territory


def _names(draw: np.random.Generator, kind: Numbers) -> tuple[list[str], list[str]]:
    """Names and aliases, each unlike every other after case, spaces and punctuation."""
    places = [f"{start} {end}" for start in PLACE_STARTS for end in PLACE_ENDS]
    draw.shuffle(places)
    names = []
    for position, k in enumerate(kind):
        words = KINDS[TYPES[k]]
        turn, place = divmod(position, len(places))
        names.append(f"{places[place]} {words[(place + turn) % len(words)]}")
    taken = {comparison_key(name) for name in names}
    aliases = []
    for name in names:
        first, second, *rest = name.split()
        short = f"{first} {second} {''.join(word[0].upper() for word in rest)}"
        if comparison_key(short) in taken:
            short = ""
        taken.add(comparison_key(short))
        aliases.append(short)
    return names, aliases


def _practices(
    options: Options, draw: np.random.Generator, where: pd.DataFrame, *, kind: Numbers, owner: Numbers, size: Numbers
) -> pd.DataFrame:
    count = len(where)
    names, aliases = _names(draw, kind)
    spread = draw.normal(0, 0.012, (2, count))
    street = draw.integers(0, len(STREETS), count)
    number = draw.integers(3, 980, count)
    phone = draw.integers(100, 200, count)
    flags = draw.random((3, count))
    busy = np.digitize(size, np.quantile(size, [0.35, 0.75, 0.95]))
    table = pd.DataFrame(
        {
            "practice_id": [f"P{n:04d}" for n in range(1, count + 1)],
            "name": names,
            "address": [f"{n} {STREETS[s]}" for n, s in zip(number, street, strict=True)],
            "city": where["city"],
            "state": where["state"],
            "zip": where["zip"],
            "lat": np.round(where["lat"] + spread[0], 5),
            "lon": np.round(where["lon"] + spread[1], 5),
            "phone": [f"{options.place.area_code}-555-0{n}" for n in phone],
            "type": [TYPES[k] for k in kind],
            "organisation_id": [ORGANISATIONS[o][0] if o != NOBODY else "" for o in owner],
            "aliases": aliases,
            "rural": np.where(where["miles"] > 30, "true", "false"),
            "safety_net": np.where(
                (kind == TYPES.index("Community health centre")) | (flags[0] < 0.02), "true", "false"
            ),
            "zone": options.place.zone,
            "hours": [HOURS[h] for h in draw.integers(0, len(HOURS), count)],
            "parking": [PARKING[p] for p in draw.integers(0, len(PARKING), count)],
            "do_not_visit": np.where(flags[1] < 0.015, "true", "false"),
            "frequency": [FREQUENCIES[::-1][b] for b in busy],
        }
    )
    return table
