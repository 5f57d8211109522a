"""`organisations` lists who receives, `organisation` tells one of them, `shared --system` one system's view."""

from pathlib import Path

from tests.cli.conftest import Run
from tests.metrics.test_shared_view import PAIRS, made


def test_flows_are_printed_as_the_page_shows_them(run: Run, imported: Path) -> None:
    told = run("network", "--by", "practice", "--json", home=imported).json
    assert set(told) >= {"window", "vintage", "coverage", "by", "before", "rows", "left_out", "otherwise"}
    sizes = [row["numerator"] for row in told["rows"]]
    assert sizes == sorted(sizes, reverse=True)
    one = run("network", "--organisation", told["rows"][0]["to"]["key"], "--json", home=imported).json
    assert {row["to"]["key"] for row in one["rows"]} == {told["rows"][0]["to"]["key"]}
    assert run("network", "--audience", "outside", home=imported).code == 1


def test_the_list_adds_up_to_what_is_lost(run: Run, imported: Path) -> None:
    told = run("organisations", "--json", home=imported).json
    lost = run("leakage", "--json", home=imported).json["total"]
    assert {k: told["total"][k] for k in ("numerator", "denominator")} == {
        k: lost[k] for k in ("numerator", "denominator")
    }
    assert sum(r["numerator"] for r in told["rows"] if not r["ours"]) == lost["numerator"]
    assert set(told["rows"][0]) >= {"key", "label", "ours", "of_lost", "before", "change", "line", "cause", "months"}


def test_one_organisation_adds_up_in_every_part(run: Run, imported: Path) -> None:
    listed = next(r for r in run("organisations", "--json", home=imported).json["rows"] if not r["ours"])
    told = run("organisation", listed["key"], "--json", home=imported).json
    taken = listed["numerator"]
    assert told["total"]["numerator"] == taken
    for part in ("rows", "lines", "causes", "practices"):
        assert sum(row["numerator"] for row in told[part]) == taken, part
    assert sum(b["taken"] for b in told["distance"]) == taken
    assert told["distance_says"][0].startswith("Straight-line miles from the referring practice")
    assert told["says"][0].startswith(listed["label"])


def test_an_organisation_that_nobody_knows_is_refused(run: Run, imported: Path) -> None:
    said = run("organisation", "nobody", "--json", home=imported)
    assert said.code == 1
    assert said.json["error"]["message"] == "No organisation is called nobody."


def test_outside_the_team_one_organisation_is_not_told(run: Run, imported: Path) -> None:
    assert run("organisation", "nobody", "--audience", "outside", home=imported).code == 1
    assert run("organisations", "--audience", "outside", "--json", home=imported).code == 0


def test_shared_tells_one_systems_view_of_one_data_set(run: Run, tmp_path: Path) -> None:
    made(tmp_path, PAIRS).close()
    told = run("shared", "--system", "M", "--json", home=tmp_path / "home").json
    patients = {"numerator": 50, "denominator": 250, "value": 0.2, "unknown": 0}
    assert told["view"]["leakage"]["patients"] == patients
    assert told["view"]["leakage"]["transactions"]["value"] == 0.4
    assert "the choice of metric decides the headline" in told["says"][0]
    older = run("shared", "--vintage", "2017-12-31", "--json", home=tmp_path / "home").json
    assert (older["vintage"], older["total"]["patients"]) == ("2017-12-31", 90)
    assert run("shared", "--vintage", "last year", home=tmp_path / "home").code == 2
