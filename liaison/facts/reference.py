"""Reference data that ships with the project (`data/README.md` has sources and licences)."""

import re
from functools import cache
from pathlib import Path

import pandas as pd

from liaison.vocabulary import comparison_key

FOLDER = Path(__file__).resolve().parents[2] / "data" / "reference"
TAXONOMY_CODE = re.compile(r"[0-9A-Z]{9}X")


@cache
def zip_places() -> pd.DataFrame:
    """Every ZIP code: zip, city, state, county_fips, kind: str; lat, lon: float degrees.

    `county_fips` is empty where the county is not known; `kind` is standard, po_box, unique or military.
    The frame is shared: copy it before changing it.
    """
    text = dict.fromkeys(["zip", "city", "state", "county_fips", "kind"], "str")
    return pd.read_csv(FOLDER / "zips.csv.gz", dtype=text, keep_default_na=False)


@cache
def _counties() -> dict[str, str]:
    places = zip_places()
    known = places[places["county_fips"] != ""]
    return dict(zip(known["zip"], known["county_fips"], strict=True))


def county_of(zip_code: str) -> str | None:
    """The county's five-digit FIPS code of a ZIP of five or nine digits, dash or not."""
    return _counties().get(zip_code.strip()[:5])


@cache
def service_lines() -> dict[str, str]:
    """Every service line, id -> label, in the order in which lists show them."""
    table = pd.read_csv(FOLDER / "service_lines.csv", dtype="str")
    return dict(zip(table["id"], table["label"], strict=True))


@cache
def line_of_key() -> dict[str, str]:
    """Comparison key of a line's id or label -> the line's id."""
    return {comparison_key(name): id_ for id_, label in service_lines().items() for name in (id_, label)}


@cache
def taxonomy_prefixes() -> dict[str, str]:
    """Prefix of a taxonomy code -> service line id; the longest prefix that fits is the one that counts."""
    table = pd.read_csv(FOLDER / "taxonomy_lines.csv", dtype="str")
    return dict(zip(table["prefix"], table["service_line"], strict=True))


@cache
def line_of(taxonomy_code: str) -> str | None:
    """The service line of a taxonomy code; None where the text is no such code (nine characters and an X)."""
    code = taxonomy_code.strip().upper()
    if not TAXONOMY_CODE.fullmatch(code):
        return None
    prefixes = taxonomy_prefixes()
    return next((prefixes[code[:n]] for n in range(len(code), 0, -1) if code[:n] in prefixes), None)
