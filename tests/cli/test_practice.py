"""`practice`: the directory without an id, one story with it, a refusal for an id that nobody knows."""

from pathlib import Path

from tests.cli.conftest import Run


def test_without_an_id_it_is_the_directory(run: Run, imported: Path) -> None:
    told = run("practice", "--json", home=imported).json
    assert len(told["rows"]) == 7  # names of the files: seven practices, none on record
    first = told["rows"][0]
    assert set(first) >= {"practice_id", "name", "referrals", "leakage", "continuum", "movement", "last_touch"}
    assert first["on_record"] is False


def test_with_an_id_it_is_the_story_with_figures_that_add_up(run: Run, imported: Path) -> None:
    listed = run("practice", "--json", home=imported).json["rows"][0]
    told = run("practice", listed["practice_id"], "--json", home=imported).json
    assert told["name"] == listed["name"]
    assert told["referrals"] == listed["referrals"]
    total = told["leakage"]["total"]
    assert {k: total[k] for k in ("numerator", "denominator")} == {
        k: listed["leakage"][k] for k in ("numerator", "denominator")
    }
    assert sum(row["out"] for row in told["elsewhere"]["rows"]) == total["numerator"]
    assert {row["organisation_label"] for row in told["elsewhere"]["rows"]} == {"Riverside Health"}
    assert (told["record"], told["touches"], told["merged_into"]) == (None, [], None)


def test_an_id_that_nobody_knows_is_refused(run: Run, imported: Path) -> None:
    said = run("practice", "P999", "--json", home=imported)
    assert said.code == 1
    assert said.json["error"]["message"] == "No practice is called P999."


def test_a_filter_of_no_use_is_refused_and_not_left_away_unsaid(run: Run, imported: Path) -> None:
    of_one = run("practice", "P999", "--practice-type", "primary_care", "--json", home=imported)
    assert of_one.code == 1
    assert of_one.json["error"]["remedy"] == "Leave --territory and --practice-type away."
    of_all = run("practice", "--from", "2026-01", "--json", home=imported)
    assert of_all.code == 1
    assert "--to" in of_all.json["error"]["remedy"]
