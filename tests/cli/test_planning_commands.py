"""The commands territories, staffing and goals over a small team's home."""

import json
from pathlib import Path
from typing import Any

import pytest

from liaison.cli.main import main
from liaison.fieldwork import write
from liaison.store import writing
from tests.planning.team import team


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = team(tmp_path)
    with writing(opened.store) as connection:
        write(connection, "goals", [{"year": "2026", "measure": "visits", "target": 10.0}], "ann")
    opened.close()
    monkeypatch.setenv("LIAISON_HOME", str(tmp_path / "home"))


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    code = main([*arguments, "--json"])
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return {**found, "code": code}


def test_a_proposal_is_drawn_once_changed_and_adopted(capsys: pytest.CaptureFixture[str]) -> None:
    few = told(capsys, "territories", "--from", "county")
    assert few["error"]["message"] == "There are fewer areas (1) than people to share them (2)."
    first = told(capsys, "territories")
    # All six practices are of one ZIP: it is more than either liaison's share, and said so.
    assert (first["code"], first["revision"]) == (0, 1)
    assert [each["name"] for each in first["too_coarse"]] == ["28801 Asheville"]
    assert {row["person_id"] for row in first["liaisons"]} == {"L1", "L2"}
    again = told(capsys, "territories", "--move", "elm=L2")
    assert (again["draft"], again["revision"]) == (first["draft"], 2)
    assert ("elm", "L1", "L2") in {(c["practice_id"], c["from"], c["to"]) for c in again["changes"]}
    done = told(capsys, "territories", "--adopt", "2100-01-01")
    assert done["adopted_on"] == "2100-01-01"
    assert told(capsys, "territories", "--adopt", "2100-02-01")["code"] == 1


def test_an_area_that_is_not_there_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, "territories", "--move", "zip:1=L1")["code"] == 1
    assert told(capsys, "territories", "--move", "nobody")["code"] == 1


def test_staffing_takes_a_stated_cost(capsys: pytest.CaptureFixture[str]) -> None:
    found = told(capsys, "staffing", "--cost", "98000")
    assert (found["liaisons"], found["cost"]) == (2, 98_000.0)
    assert [level["extra_cost"] for level in found["levels"]] == [-98_000.0, 0.0, 98_000.0]


def test_goals_are_listed_by_year(capsys: pytest.CaptureFixture[str]) -> None:
    assert [goal["target"] for goal in told(capsys, "goals", "--year", "2026")["goals"]] == [10.0]
    assert told(capsys, "goals", "--year", "2027")["goals"] == []
