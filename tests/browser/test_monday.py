"""Monday: from an empty home to one's own set-up and a hospital's export with foreign headers, seen on Leakage.

The files are made here as a manager would have them; nobody but the README was read.
"""

import csv
import random
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.browser.conftest import App, Visit

pytestmark = pytest.mark.browser
NEEDED = ("organisations", "territories", "practices")  # what the figure at the end cannot do without
ALL = (*NEEDED, "people", "visits", "costs")
CLINICS = ("Elm Street Family Medicine", "Harbor Pediatrics", "Northside Internal Medicine", "Mill Road Clinic")


def write(file: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Path:
    with file.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows([header, *rows])
    return file


def setup_files(folder: Path) -> dict[str, Path]:
    """Organisations, territories, people, practices, last year's visits and costs, by format."""
    return {
        "organisations": write(
            folder / "organisations.csv",
            ("organisation_id", "name", "ours", "aliases"),
            [("riverbend", "Riverbend Health", "true", "RBH"), ("summit", "Summit Specialists", "false", "")],
        ),
        "territories": write(
            folder / "territories.csv",
            ("territory_id", "name", "kind", "code"),
            [("east", "East side", "zip", "37203"), ("west", "West side", "zip", "37209")],
        ),
        "people": write(
            folder / "people.csv", ("person_id", "name", "role"), [("ana", "Ana Ruiz", "liaison"), ("bo", "Bo Li", "")]
        ),
        "practices": write(
            folder / "practices.csv",
            ("practice_id", "name", "zip", "type"),
            [(f"P{i}", name, ("37203", "37209")[i % 2], "Primary care") for i, name in enumerate(CLINICS)],
        ),
        "visits": write(
            folder / "visits.csv",
            ("visit_id", "person_id", "date", "practice_id", "channel"),
            [
                (f"V{i}", ("ana", "bo")[i % 2], f"2025-{i % 12 + 1:02d}-1{i % 9}", f"P{i % 4}", "in_person")
                for i in range(24)
            ],
        ),
        "costs": write(
            folder / "costs.csv",
            ("month", "kind", "amount"),
            [(f"2025-{month:02d}", "salary", "5500") for month in range(1, 13)],
        ),
    }


def export(folder: Path) -> tuple[Path, int, int]:
    """A report with headers, dates and words of its own; and of complete months: went out, destination known."""
    draw, rows, out, known = random.Random(3), [], 0, 0
    for i in range(600):
        ordered = date(2025, 1, 1) + timedelta(days=i * 360 // 600)
        network = draw.choice(["Preferred", "Preferred", "Preferred", "Non-Preferred", ""])
        complete = ordered < date(2025, 12, 1)  # the export was made in December, which is not over
        out += complete and network == "Non-Preferred"
        known += complete and network != ""
        specialty = draw.choice(["Cardiology", "Neurology", "Orthopaedics"])
        rows.append((f"R{i}", f"MRN{i:06d}", ordered.strftime("%m/%d/%Y"), draw.choice(CLINICS), specialty, network))
    header = ("Referral Number", "MRN", "Date Ordered", "Referring Clinic", "Service Line", "Network Status")
    return write(folder / "march export.csv", header, rows), out, known


@pytest.mark.parametrize("needed", [NEEDED, pytest.param(ALL, marks=pytest.mark.audit)])
def test_monday(
    visit: Callable[..., Visit], start: Callable[..., App], tmp_path: Path, needed: tuple[str, ...]
) -> None:
    seen = visit(to=start(own=tmp_path / "own"))
    page = seen.open("/")
    assert "fictional" in page.locator(".st-key-banner").inner_text()
    seen.press("Start with your own files")
    page.get_by_text("0 of 15 are in").wait_for()

    files = setup_files(tmp_path)
    for name in needed:
        page.locator(f".st-key-need-{name}").get_by_role("button").click()
        page.locator('input[type="file"]').set_input_files(files[name])
        page.get_by_text("Recognised by its columns").wait_for()
        seen.press("Import")
        page.locator(f".st-key-need-{name}").get_by_text(" in \u00b7 ").wait_for()
        seen.settle()

    file, out, known = export(tmp_path)
    page.locator(".st-key-need-referrals").get_by_role("button").click()
    page.locator('input[type="file"]').set_input_files(file)
    page.get_by_text("named like a patient's identifier").wait_for()
    assert page.get_by_text("MRN000001").count() == 0
    seen.press("Try it")
    page.get_by_text("600 of 600 rows would go in: 600 new").wait_for()
    seen.press("Import")
    page.locator(".st-key-need-referrals").get_by_text("600 in \u00b7").wait_for()

    seen.go("Leakage")
    page.wait_for_selector('[data-testid="stVegaLiteChart"] path[aria-label]')
    seen.settle()
    seen.choose("Months", "All complete months")
    seen.settle()
    total = page.locator('[data-testid="stVegaLiteChart"] path[aria-label^="line: All; row: All;"]').last
    assert f"Count: {out} of {known} went out of network" in (total.get_attribute("aria-label") or "")
    assert page.locator('[data-testid="stVegaLiteChart"] path[aria-label*="row: Primary care;"]').count() > 0
