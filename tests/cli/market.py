"""A small home with two extracts of one source, imported by the front door; tests copy it."""

import csv
from pathlib import Path

HEADER = (
    "referral_id created_on referring_practice network_status destination_organisation service_line seen_on".split()
)
LINES = ("Cardiology", "Orthopaedics", "Neurology")
MONTHS = 4


def write_extract(path: Path, referrals: int, *, newer: bool = False) -> None:
    """Referrals over the first months of 2026; a newer extract has the last third again, all of it seen."""
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(HEADER)
        for n in range(referrals * 2 // 3 if newer else 0, referrals):
            month = n * MONTHS // referrals + 1
            status = ("in", "out", "unknown")[n % 3]
            organisation = "Riverside Health" if status == "out" else ""
            seen = f"2026-{month:02d}-25" if newer or n % 2 else ""
            created = f"2026-{month:02d}-{n % 20 + 1:02d}"
            rows.writerow([n, created, f"Practice {n % 7}", status, organisation, LINES[n % 3], seen])
