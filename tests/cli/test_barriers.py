"""Barriers from the command line: a report, its steps, the list; what is refused."""

from pathlib import Path

from liaison import fieldwork
from liaison.config import Settings
from liaison.facts.home import Home
from liaison.store import writing
from tests.cli.conftest import Run


def test_a_barrier_goes_from_its_report_to_the_practices_ear(run: Run, own: Path) -> None:
    home = Home.open(Settings(home=own))
    with writing(home.store) as conn:
        fieldwork.write(conn, "practices", [{"practice_id": "P1", "name": "Elm Street"}], "ann")
        fieldwork.write(conn, "people", [{"person_id": "ann", "name": "Ann"}], "ann")
    home.close()
    given = ("--practice", "P1", "--kind", "access", "--department", "Front desk", "--on", "2026-01-05")
    made = run(
        "barrier", "report", *given, "--what", "Eleven weeks.", "--owner", "ann", "--due", "2026-01-12", "--json"
    )
    key = made.json["barrier_id"]
    listed = run("barriers", "--state", "open", "--department", "FRONT DESK", "--json").json
    assert [(r["barrier_id"], r["owner_name"], r["escalated"]) for r in listed["rows"]] == [(key, "Ann", True)]
    too_soon = run("barrier", "tell", key, "--by", "ann", "--json")
    assert "not resolved" in too_soon.json["error"]["message"]
    assert (
        run("barrier", "resolve", key, "--how", "A second clinic.", "--on", "2026-01-20", "--json").json["days"] == 15
    )
    assert run("barrier", "tell", key, "--by", "ann", "--json").json["status"] == "loop_closed"
    assert run("barrier", "reopen", key, "--why", "Back at ten weeks.", "--json").json["status"] == "open"
    back = run("barriers", "--look-back", "--found", "--json").json
    assert back["look_back"]["days_to_resolve"]["department"][0]["too_few"]
    assert back["found"]["rows"] == []
    assert run("barriers", "--state", "voided").out.startswith("No barrier")
    assert run("introductions", "--json").json["rows"] == []


def test_a_step_without_its_barrier_and_a_patients_number_are_refused(run: Run) -> None:
    assert "No barrier is named" in run("barrier", "void", "--why", "Twice.", "--json").json["error"]["message"]
    said = run("barrier", "report", "--practice", "P1", "--kind", "other", "--what", "MRN 0048291 waits", "--json")
    assert "record number" in said.json["error"]["message"]
    assert "0048291" not in said.out
