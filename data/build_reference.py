"""Build `data/reference/zips.csv.gz` and `static/counties/*.geojson` again from two registry packages.

    pip install zipcodes==3.0.0 && npm pack us-atlas@3.0.1
    python data/build_reference.py us-atlas-3.0.1.tgz

ZIP codes, their centres and county names are those of `zipcodes`; county codes (FIPS) and outlines are those of
`us-atlas`. The two are joined by state and county name; what cannot be joined stays without a county and is printed.
"""

import csv
import gzip
import io
import json
import re
import sys
import tarfile
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import zipcodes

ROOT = Path(__file__).resolve().parents[1]
STATES = dict(
    pair.split(":")
    for pair in (
        "01:AL 02:AK 04:AZ 05:AR 06:CA 08:CO 09:CT 10:DE 11:DC 12:FL 13:GA 15:HI 16:ID 17:IL 18:IN 19:IA 20:KS 21:KY "
        "22:LA 23:ME 24:MD 25:MA 26:MI 27:MN 28:MS 29:MO 30:MT 31:NE 32:NV 33:NH 34:NJ 35:NM 36:NY 37:NC 38:ND 39:OH "
        "40:OK 41:OR 42:PA 44:RI 45:SC 46:SD 47:TN 48:TX 49:UT 50:VT 51:VA 53:WA 54:WV 55:WI 56:WY 60:AS 66:GU 69:MP "
        "72:PR 78:VI"
    ).split()
)
SUFFIX = re.compile(
    r" (city and borough|county|parish|borough|census area|municipality|municipio|city)$", re.IGNORECASE
)
PREFIX = re.compile(r"^(municipality of|city and borough of) ", re.IGNORECASE)
RENAMED = {
    ("VA", "James City"): "James City County",
    ("AK", "Prince of Wales-Outer Ketchikan Borough"): "Prince of Wales-Hyder",
}


def plain(name: str) -> str:
    """Letters only, lower case, without accents; Saint and St. are one."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z]", "", re.sub(r"\bsaint(e?)\b", r"st\1", letters))


def is_city(fips: str) -> bool:
    """Independent cities share names with counties in Maryland, Missouri and Virginia."""
    return fips in {"24510", "29510"} or "51500" <= fips < "52000"


def county_codes(counties: list[dict[str, Any]]) -> dict[tuple[str, str, bool], str]:
    return {(STATES[c["id"][:2]], plain(c["properties"]["name"]), is_city(c["id"])): c["id"] for c in counties}


def county_code(codes: dict[tuple[str, str, bool], str], state: str, county: str) -> str:
    """FIPS of a county as `zipcodes` names it, or the empty text."""
    if state == "DC":  # one county, often left blank
        return "11001"
    county = RENAMED.get((state, county), county)
    base = plain(SUFFIX.sub("", PREFIX.sub("", county)))
    city = county.lower().endswith(" city")
    for key in (
        (state, base, city),
        (state, plain(county), city),
        (state, plain(county), False),
        (state, base, not city),
    ):
        if key in codes:
            return codes[key]
    return ""


def write_zips(codes: dict[tuple[str, str, bool], str]) -> Counter[str]:
    """Write the ZIP table with fixed bytes; count what has no county, by reason."""
    unmatched: Counter[str] = Counter()
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\n")
    out.writerow(["zip", "lat", "lon", "city", "state", "county_fips", "kind"])
    for place in sorted(zipcodes.list_all(), key=lambda p: p["zip_code"]):
        fips, kind = (
            county_code(codes, place["state"], place["county"]),
            place["zip_code_type"].lower().replace(" ", "_"),
        )
        if not fips:
            foreign = place["state"] in {"VI", "GU", "MP", "AS", "FM", "PW", "MH"}
            blank = "island territory, county not named" if foreign else "county not named"
            unmatched[
                "military post" if kind == "military" else "name not in us-atlas" if place["county"] else blank
            ] += 1
        lat, lon = f"{float(place['lat']):.4f}", f"{float(place['long']):.4f}"
        out.writerow([place["zip_code"], lat, lon, place["city"], place["state"], fips, kind])
    target = ROOT / "data" / "reference" / "zips.csv.gz"
    target.write_bytes(gzip.compress(text.getvalue().encode(), 9, mtime=0))
    return unmatched


def write_outlines(topology: dict[str, Any]) -> None:
    """One GeoJSON file a state. Rings keep the winding of us-atlas (outer clockwise), which d3 and Vega expect."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for deltas in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in deltas:
            x, y = x + dx, y + dy
            points.append([round(x * sx + tx, 4), round(y * sy + ty, 4)])
        arcs.append(points)

    def ring(indices: list[int]) -> list[list[float]]:
        points: list[list[float]] = []
        for index in indices:
            arc = arcs[index] if index >= 0 else arcs[~index][::-1]
            points += arc[1:] if points else arc
        return points

    by_state: dict[str, list[dict[str, Any]]] = {}
    for county in sorted(topology["objects"]["counties"]["geometries"], key=lambda c: str(c["id"])):
        nested = county["arcs"] if county["type"] == "MultiPolygon" else [county["arcs"]]
        shapes = [[ring(indices) for indices in polygon] for polygon in nested]
        geometry = {"type": county["type"], "coordinates": shapes if county["type"] == "MultiPolygon" else shapes[0]}
        state = county["id"][:2]
        properties = {"fips": county["id"], "name": county["properties"]["name"], "state": STATES[state]}
        by_state.setdefault(state, []).append({"type": "Feature", "properties": properties, "geometry": geometry})
    folder = ROOT / "static" / "counties"
    folder.mkdir(parents=True, exist_ok=True)
    for state, features in by_state.items():
        collection = {"type": "FeatureCollection", "features": features}
        text = json.dumps(collection, separators=(",", ":"), ensure_ascii=False)
        (folder / f"{state}.geojson").write_text(text + "\n", encoding="utf-8")


def main(tarball: str) -> None:
    with tarfile.open(tarball) as package:
        member = package.extractfile("package/counties-10m.json")
        if member is None:
            raise SystemExit(f"{tarball} holds no counties-10m.json: is it the tarball of us-atlas?")
        topology = json.load(member)
    unmatched = write_zips(county_codes(topology["objects"]["counties"]["geometries"]))
    write_outlines(topology)
    print(dict(unmatched), sum(unmatched.values()))


if __name__ == "__main__":
    main(sys.argv[1])
