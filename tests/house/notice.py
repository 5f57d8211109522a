"""NOTICE: whose work is in Liaison and beside it. `python -m tests.house.notice` writes it anew."""

from tests.house.licences import resolved
from tests.house.tree import ROOT

# (where it lies, what it is, whose, under which licence)
SHIPPED = (
    (
        "static/ibm-plex-sans-latin-wght-normal.woff2",
        "the typeface IBM Plex Sans",
        "Copyright 2019 IBM Corp",
        "OFL-1.1, text in static/OFL.txt",
    ),
    (
        "liaison/reports/papers/fonts",
        "the typeface IBM Plex Sans 3.005 for paper, unpacked from WOFF2",
        "Copyright 2018 IBM Corp",
        "OFL-1.1, text in liaison/reports/papers/fonts/OFL.txt",
    ),
    (
        "static/counties",
        "county outlines from us-atlas 3.0.1, made from public-domain Census Bureau boundaries",
        "Copyright 2013-2019 Michael Bostock",
        "ISC, text in data/LICENSES.txt",
    ),
    (
        "data/reference/zips.csv.gz",
        "ZIP code centres from zipcodes 3.0.0",
        "By Sean Pianka",
        "MIT, text in data/LICENSES.txt",
    ),
)

HEAD = """Liaison
Copyright the Liaison authors

Licensed under the Apache License, Version 2.0: see LICENSE.
"""


def text() -> str:
    """NOTICE as it must stand, from the table above and from what requirements.txt resolves to."""
    shipped = [f"- {path}: {what}\n  {owner}. {licence}." for path, what, owner, licence in SHIPPED]
    beside = [f"- {p.name} {p.version}: {p.licence}" for p in resolved(ROOT / "requirements.txt")]
    parts = [HEAD, "Work of others in this repository:", *shipped, ""]
    parts += ["Installed beside it by requirements.txt, each under its own licence:", *beside, ""]
    return "\n".join(parts)


if __name__ == "__main__":
    (ROOT / "NOTICE").write_text(text(), encoding="utf-8")
