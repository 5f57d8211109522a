"""The commands that log, change, void and list visits, and write them to a file."""

from pathlib import Path

import pytest

from liaison import fieldwork
from liaison.config import Settings
from liaison.facts.home import Home
from liaison.store import writing
from tests.cli.conftest import Run


@pytest.fixture
def team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LIAISON_HOME", str(tmp_path / "own"))
    home = Home.open(Settings())
    with writing(home.store) as conn:
        fieldwork.write(conn, "practices", [{"practice_id": "P1", "name": "Elm St"}], "ann")
        fieldwork.write(conn, "people", [{"person_id": "L1", "name": "Ann"}, {"person_id": "L2", "name": "Bo"}], "ann")
    home.close()
    return tmp_path


def test_a_visit_is_logged_changed_voided_listed_and_written(team: Path, run: Run) -> None:
    first = run(
        *("log", "--liaison", "L1", "--practice", "P1", "--date", "2026-11-30", "--purpose", "follow_up"),
        *("--next-step", "Call", "--by", "2026-12-08", "--barrier", "access", "--what", "Eight weeks", "--json"),
    ).json
    key = first["visit"]["visit_id"]
    assert (first["visit"]["channel"], first["visit"]["practice"], first["others"]) == ("in_person", "Elm St", [])
    assert first["barrier"] == f"B-{key}"
    second = run("log", "--liaison", "L2", "--practice", "P1", "--date", "2026-12-01", "--json").json
    assert second["others"] == ["Ann logged a visit here on Mon 30 Nov (in person)."]
    changed = run("log", "--visit", key, "--done", "2026-12-01", "--json").json
    assert (changed["visit"]["next_step_done_on"], changed["visit"]["version"]) == ("2026-12-01", 2)
    voided = run("log", "--visit", key, "--void", "Twice", "--json").json
    assert voided["history"][0]["said"] == "Voided: blank \u2192 Twice"
    assert [each["voided"] for each in run("log", "--liaison", "L1", "--json").json["visits"]] == ["Twice"]
    assert run("log", "--visit", key, "--stand", "--json").json["visit"]["voided"] is None
    file = team / "visits.csv"
    assert run("export", "visits", str(file), "--json").json["rows"] == 2
    assert file.read_text(encoding="utf-8-sig").startswith("visit_id,person_id,date")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--liaison", "L1", "--practice", "P9"], "is not the id of a practice"),
        (["--liaison", "L1", "--practice", "P1", "--barrier", "access"], "kind and says what happened"),
        (["--void", "Twice"], "Nothing says which visit"),
        (["--visit", "nothing"], "There is no visit nothing"),
        (["--liaison", "L1", "--notes", "x"], "Nothing says where"),
        (["--liaison", "L1", "--practice", "P1", "--date", "2099-01-01"], "still to come"),
    ],
)
def test_what_cannot_be_logged_is_refused(team: Path, run: Run, arguments: list[str], words: str) -> None:
    refused = run("log", *arguments, "--json")
    assert refused.code == 1
    assert words in refused.json["error"]["message"]
