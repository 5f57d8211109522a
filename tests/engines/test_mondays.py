"""Twelve Mondays: the same referrals come again each week, and every cell is as if only their last state had come."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from liaison.config import Settings
from liaison.facts.home import Home
from liaison.ingest.run import forget, import_files
from tests.engines.weekly import extract, lives, monday
from tests.facts.staged import cells

WEEKS = 12


def open_home(folder: Path) -> Home:
    return Home.open(Settings(home=folder))


def import_week(home: Home, path: Path, week: int) -> str:
    found = import_files(home, "referrals", [path], source="ehr", as_of=monday(week))
    return found.batch


@pytest.fixture(scope="module", params=[pytest.param(1_500), pytest.param(200_000, marks=pytest.mark.audit)])
def mondays(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """A home after twelve Mondays, its batches, and what its cells were after the eleventh."""
    folder = tmp_path_factory.mktemp("mondays")
    every = lives(request.param, WEEKS)
    home, batches = open_home(folder / "weekly"), list[str]()
    eleventh: dict[str, list[tuple[Any, ...]]] = {}
    for week in range(1, WEEKS + 1):
        batches.append(import_week(home, extract(folder / f"week-{week}.csv", every, week), week))
        eleventh = cells(home) if week == WEEKS - 1 else eleventh
    yield {"home": home, "batches": batches, "eleventh": eleventh, "folder": folder, "lives": every}
    home.close()


def test_twelve_weeks_equal_one_import_of_the_last_state(mondays: dict[str, Any]) -> None:
    once = open_home(mondays["folder"] / "once")
    import_week(once, extract(mondays["folder"] / "last.csv", mondays["lives"], WEEKS), WEEKS)
    assert cells(mondays["home"]) == cells(once)
    once.close()


def test_forgetting_the_seventh_changes_nothing(mondays: dict[str, Any]) -> None:
    before = cells(mondays["home"])
    forget(mondays["home"], mondays["batches"][6])
    assert cells(mondays["home"]) == before


def test_forgetting_the_last_gives_the_eleventh_and_repeating_it_brings_it_back(mondays: dict[str, Any]) -> None:
    home, batches = mondays["home"], mondays["batches"]
    twelfth = cells(home)
    forget(home, batches[-1])
    assert cells(home) == mondays["eleventh"]
    again = import_week(home, mondays["folder"] / f"week-{WEEKS}.csv", WEEKS)
    assert again == batches[-1]
    assert cells(home) == twelfth


def test_open_referrals_alone_are_enough(tmp_path: Path) -> None:
    """Hospitals that send only what is open, and what closed in the last week, get the same stages and exits."""
    every = lives(400, 6)
    all_rows, open_only = open_home(tmp_path / "all"), open_home(tmp_path / "open")
    for week in range(1, 7):
        import_week(all_rows, extract(tmp_path / f"all-{week}.csv", every, week), week)
        import_week(open_only, extract(tmp_path / f"open-{week}.csv", every, week, closed_too=week == 1), week)
    without_extract_day = [
        {name: sorted(row[:-1] for row in rows) for name, rows in _unordered(cells(home)).items()}
        for home in (all_rows, open_only)
    ]
    assert without_extract_day[0] == without_extract_day[1]
    all_rows.close()
    open_only.close()


def _unordered(found: dict[str, list[tuple[Any, ...]]]) -> dict[str, list[tuple[str, ...]]]:
    return {name: [tuple(map(str, row)) for row in rows] for name, rows in found.items()}
