"""A small team in a store: one liaison, a colleague, practices an hour's drive at most apart by a matrix of minutes."""

import csv
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from liaison.config import Settings
from liaison.facts.home import Home
from liaison.fieldwork.records import write
from liaison.planning.stored.asked import Asked, asked
from liaison.planning.stored.edits import Editor
from liaison.planning.stored.made import plan_at_once
from liaison.planning.stored.plans import StoredPlan, stored_plan
from liaison.store import reading, writing
from liaison.store.tables import ranking, ranking_row
from liaison.vocabulary import month_id

MONDAY = date(2026, 11, 30)
TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (date(2026, 12, day) for day in range(1, 5))
NOW = datetime(2026, 11, 30, 11, 0, tzinfo=UTC)  # Monday, 06:00 in New York
HOURS = "Mo-Fr 09:00-12:00;13:00-16:00"
OFFICES: dict[str, dict[str, Any]] = {
    "elm": {"hours": HOURS, "frequency": "quarterly"},
    "oak": {"hours": HOURS},
    "ash": {"hours": "Mo-Fr 08:00-17:00", "frequency": "monthly"},  # seen ten days ago
    "bay": {"hours": "Mo-Fr 08:00-17:00", "do_not_visit": True},
    "fir": {"hours": "Mo-Fr 08:00-12:00", "zone": "America/Chicago"},
    "yew": {"hours": "Mo-Fr 08:00-17:00"},  # the colleague's
}
GAINS = {"elm": 4.0, "oak": 3.0, "ash": 2.0, "bay": 5.0, "fir": 1.0, "yew": 9.0}
LEG = 20  # minutes between any two places


def rows() -> list[dict[str, Any]]:
    plain = {"state": "NC", "city": "Asheville", "zone": "America/New_York", "zip": "28801"}
    return [
        {"practice_id": name, "name": f"{name.title()} Street", **plain, "lat": 35.5 + n / 50, "lon": -82.5, **of}
        for n, (name, of) in enumerate(OFFICES.items())
    ]


def team(folder: Path, store_url: str | None = None, **settings: Any) -> Home:
    """The home, with a list of next visits; drive times come from a file that the settings name."""
    folder.mkdir(parents=True, exist_ok=True)
    matrix = folder / "minutes.csv"
    names = ["(start)", *OFFICES]
    with matrix.open("w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["from", "to", "minutes"])
        writer.writerows([a, b, LEG] for a in names for b in names if a != b)
    home = Home.open(Settings(home=folder / "home", store_url=store_url, travel_file=matrix, **settings))
    people: list[dict[str, Any]] = [
        {"person_id": "L1", "name": "Maya", "lat": 35.6, "lon": -82.55, "works_from": "08:00", "works_to": "17:00"},
        {"person_id": "L2", "name": "Dan", "start_zip": "28801"},
    ]
    whose = [{"practice_id": name, "person_id": "L2" if name == "yew" else "L1"} for name in OFFICES]
    doctors = [
        {"npi": "1234567893", "name": "Dr Oak", "practice_id": "oak", "in_office": "Tu"},
    ]
    with writing(home.store) as connection:
        kept: list[tuple[str, list[dict[str, Any]]]] = [
            ("practices", rows()),
            ("people", people),
            ("assignments", whose),
            ("providers", doctors),
            ("visits", [visit("v1", "ash", "2026-11-20")]),
        ]
        for kind, records in kept:
            write(connection, kind, records, "test")
        connection.execute(insert(ranking).values(papers()))
        connection.execute(insert(ranking_row), [row(name, gain, n) for n, (name, gain) in enumerate(GAINS.items())])
    return home


def visit(id_: str, practice: str, day: str, **more: Any) -> dict[str, Any]:
    plain = {"visit_id": id_, "person_id": "L1", "practice_id": practice, "date": day, "channel": "in_person"}
    return {**plain, "purpose": "follow_up", **more}


def keep(home: Home, kind: str, *records: Mapping[str, Any]) -> None:
    with writing(home.store) as connection:
        write(connection, kind, records, "test")


def papers() -> dict[str, Any]:
    return {
        "run_id": "run",
        "as_of": month_id("2026-10"),
        "data_version": 1,
        "data_id": "x",
        "records_id": 0,
        "fitted_at": "2026-11-29T00:00:00+00:00",
        "seconds": 1.0,
        "level": 0.95,
        "model": "m 1",
        "evidence": "None.",
        "lift": "{}",
        "notes": "[]",
    }


def row(name: str, gain: float, place: int) -> dict[str, Any]:
    return {
        "run_id": "run",
        "practice_id": name,
        "rank": place + 1,
        "gain": gain,
        "low": gain / 2,
        "high": gain * 2,
        "forecast": 1.0,
        "months_added": 1.0,
        "reasons": "[]",
        "against": "[]",
    }


def week(home: Home) -> Asked:
    return asked(home, "L1", MONDAY, NOW)


def planned(home: Home) -> StoredPlan:
    return plan_at_once(home, "L1", MONDAY, actor="maya", now=NOW)


def editor(home: Home, revision: int) -> Editor:
    return Editor(home, "L1", MONDAY, revision, "maya", NOW)


def standing(home: Home) -> StoredPlan:
    with reading(home.store) as connection:
        found = stored_plan(connection, "L1", MONDAY)
    assert found is not None
    return found
