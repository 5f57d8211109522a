"""`route`: a bare problem in, days in order out, as text and as JSON."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.planning.checker import Json, violations
from tests.planning.examples import DAY, stop, town

PROBLEM: Json = town(
    stop("a", 1, 5, windows=[[540, 600]]),
    stop("b", 2, 3, required=True),
    stop("c", 3, 1, service=20.25),
    stop("shut", 3, 9, windows=[]),
    days=(DAY, {**DAY, "date": "2026-03-03", "liaison": "bob", "pause": None}),
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "week.json"
    path.write_text(json.dumps(PROBLEM), encoding="utf-8")
    return path


def test_a_problem_is_solved_and_its_contract_kept(run: Run, file: Path) -> None:
    found = run("route", "--problem", str(file), "--iterations", "200", "--json").json
    assert violations(PROBLEM, found) == []
    assert found["value"] == 9
    assert found["dropped"] == ["shut"]
    assert set(found) >= {"value", "solver", "seconds", "days", "dropped"}
    assert set(found["days"][0]) >= {"date", "liaison", "minutes", "stops"}
    assert {"id", "arrive", "depart"} == set(found["days"][0]["stops"][0])
    assert found["conflicts"] == []


def test_several_problems_come_in_the_order_given(run: Run, file: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    other.write_text(json.dumps({**PROBLEM, "stops": PROBLEM["stops"][:1]}), encoding="utf-8")
    given = ("--problem", str(file), "--problem", str(other))
    results = run("route", *given, "--iterations", "50", "--json").json["results"]
    assert [result["value"] for result in results] == [9, 5]


def test_the_same_seed_and_iterations_give_the_same_days(run: Run, file: Path) -> None:
    asked = ("route", "--problem", str(file), "--iterations", "120", "--seed", "5", "--json")
    assert run(*asked).json["days"] == run(*asked).json["days"]


def test_as_text_a_day_is_read_from_top_to_bottom(run: Run, file: Path) -> None:
    said = run("route", "--problem", str(file), "--seconds", "0.1")
    assert said.code == 0
    assert said.out.startswith("value: 9.00, 3 visits, 1 h ")
    assert "shut (9.00) has no hours within those of a day." in said.out
    assert "2026-03-02 ann" in said.out


def test_a_wrong_problem_is_refused_with_file_part_and_remedy(run: Run, tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text(json.dumps({**PROBLEM, "stops": [stop("a", 9)]}), encoding="utf-8")
    said = run("route", "--problem", str(bad), "--json")
    assert said.code == 1
    assert said.json["error"] == {
        "message": "stops[0].place is 9, which is no row of minutes.",
        "where": "bad.json, column stops[0].place",
        "remedy": "Write a whole number from 0 to 3.",
    }


def test_without_a_problem_the_command_is_not_understood(run: Run) -> None:
    said = run("route")
    assert said.code == 2
    assert "--problem" in said.err
