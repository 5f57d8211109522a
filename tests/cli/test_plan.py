"""The command plan: a week over the store, the same every time it is asked for, and as a calendar file."""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import vobject

from liaison.cli.main import main
from tests.planning.team import GAINS, team


@pytest.fixture
def next_week(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A day of the week after this one, with the small team's home set."""
    home = team(tmp_path)
    monkeypatch.setenv("LIAISON_HOME", str(home.path))
    monkeypatch.setenv("LIAISON_TRAVEL_FILE", str(tmp_path / "minutes.csv"))
    home.close()
    return (datetime.now(UTC).date() + timedelta(days=7)).isoformat()


def test_a_week_is_planned_once_and_then_shown(next_week: str, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["plan", "--liaison", "L1", "--week", next_week, "--seconds", "0.05", "--json"]
    assert main(asked) == 0
    first = json.loads(capsys.readouterr().out)
    assert {stop["id"] for day in first["days"] for stop in day["stops"]} <= set(GAINS) - {"bay", "yew"}
    assert sum(day["minutes"] for day in first["days"]) > 0
    assert main([*asked[:5], "--json"]) == 0
    again = json.loads(capsys.readouterr().out)
    assert again == first


def test_the_week_is_written_for_a_calendar(next_week: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "week.ics"
    assert (
        main(["plan", "--liaison", "L1", "--week", next_week, "--seconds", "0.05", "--ics", str(file), "--json"]) == 0
    )
    told = json.loads(capsys.readouterr().out)
    entries = vobject.readOne(file.read_text(encoding="utf-8")).vevent_list
    confirmed = [entry for entry in entries if entry.status.value == "CONFIRMED"]
    assert len(confirmed) == sum(len(day["stops"]) for day in told["days"])
    starts = {entry.dtstart.value.hour * 60 + entry.dtstart.value.minute for entry in confirmed}
    assert starts == {round(stop["arrive"]) for day in told["days"] for stop in day["stops"]}
    day, sheet = next(day["date"] for day in told["days"] if day["stops"]), tmp_path / "day.pdf"
    assert main(["plan", "--liaison", "L1", "--date", day, "--pdf", str(sheet)]) == 0
    assert sheet.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (["--liaison", "nobody"], "There is no person nobody."),
        (["--liaison", "L1", "--week", "soon"], "soon is not a day."),
    ],
)
def test_what_cannot_be_planned_is_refused(
    next_week: str, capsys: pytest.CaptureFixture[str], asked: list[str], says: str
) -> None:
    assert main(["plan", *asked, "--json"]) == 1
    assert says in json.loads(capsys.readouterr().out)["error"]["message"]


def test_an_address_for_a_calendar_is_printed_once_and_can_be_ended(
    next_week: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def told(*more: str) -> dict[str, Any]:
        assert main(["calendar", "--liaison", "L1", *more, "--json"]) == 0
        return dict(json.loads(capsys.readouterr().out))

    assert told() == {"liaison": "L1", "made": None, "path": None}
    first = told("--new")
    assert re.fullmatch(r"/calendar/[\w-]{43}\.ics", first["path"])
    assert told() == {**first, "path": None}
    assert told("--new")["path"] != first["path"]
    assert told("--revoke")["made"] is None
