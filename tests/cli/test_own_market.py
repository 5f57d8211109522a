"""rank, alerts and forecast over the own market: what scripts read, made once and kept."""

from pathlib import Path

import pytest

from liaison.config import Settings
from liaison.demo.build import build
from liaison.facts.home import Home
from liaison.models.stored import choose
from tests.cli.conftest import Run


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("market") / "own"
    home = Home.open(Settings(home=folder))
    build(home, seed=5, practices=30, referrals=2_000, months=24)
    home.close()
    return folder


def test_the_list_is_made_once_and_leaves_out_whom_one_may_not_visit(run: Run, demo: Path) -> None:
    first = run("rank", "--top", "30", "--json", home=demo).json
    assert set(first) >= {"model", "as_of", "level", "evidence", "rows", "left_out", "notes", "data_version"}
    assert first["as_of"] == "2026-10"
    assert [row["rank"] for row in first["rows"]] == sorted(row["rank"] for row in first["rows"])
    assert set(first["rows"][0]) >= {"practice_id", "rank", "gain", "low", "high", "reasons", "against"}
    best = first["rows"][0]["practice_id"]
    home = Home.open(Settings(home=demo))
    choose(home.store, best, "declined", actor="ann", reason="on holiday")
    home.close()
    again = run("rank", "--top", "5", "--json", home=demo).json
    assert again["fitted_at"] == first["fitted_at"]
    assert best not in [row["practice_id"] for row in again["rows"]]
    assert {"practice_id": best, "rank": first["rows"][0]["rank"], "why": "declined: on holiday"} in again["left_out"]


def test_an_earlier_month_is_worked_out_and_not_kept(run: Run, demo: Path) -> None:
    now = run("rank", "--json", home=demo).json
    earlier = run("rank", "--as-of", "2026-06", "--top", "3", "--json", home=demo).json
    assert (earlier["as_of"], len(earlier["rows"])) == ("2026-06", 3)
    assert run("rank", "--json", home=demo).json["fitted_at"] == now["fitted_at"]
    wider = run("rank", "--level", "0.8", "--top", "1", "--json", home=demo).json["rows"][0]
    assert wider["high"] - wider["low"] > 0
    refused = run("rank", "--as-of", "2027-01", home=demo)
    assert refused.code == 1
    assert refused.err.startswith("Referrals are known to the end of Oct 2026, not of Jan 2027.")


def test_forecasts_and_alerts_have_their_papers_and_lines(run: Run, demo: Path) -> None:
    foreseen = run("forecast", "--json", home=demo).json
    assert (foreseen["last"], foreseen["months"]) == ("2026-10", ["2026-11", "2026-12", "2027-01"])
    row = foreseen["rows"][0]
    assert set(row) >= {"practice_id", "referrals", "low_80", "high_80", "low_95", "high_95", "months", "lines"}
    told = run("alerts", "--json", home=demo).json
    assert set(told) >= {"month", "odds", "threshold", "rows", "data_version"}
    assert told["month"] == "2026-10"
    assert run("alerts", "--as-of", "2026-03", "--json", home=demo).json["month"] == "2026-03"


def test_an_empty_home_is_told_what_is_missing(run: Run) -> None:
    for command in ("rank", "forecast", "alerts"):
        refused = run(command, "--json")
        assert refused.code == 1
        assert refused.json["error"]["message"] == "There are 0 complete months of referrals: nothing to rank by."
        assert refused.json["error"]["remedy"] == "Import at least 6 whole months of referrals first."


def test_what_changes_the_data_says_that_the_list_is_of_before(run: Run, demo: Path, tmp_path: Path) -> None:
    run("rank", "--json", home=demo)
    file = tmp_path / "waits.csv"
    file.write_text("service_line,days,measured_on\nneurology,41,2026-11-01\n")
    told = run("import", "waits", str(file), "--json", home=demo)
    assert told.code == 0
    assert "Make it anew: python -m liaison rank" in told.err
    assert run("rank", "--json", home=demo).code == 0
    again = run("import", "waits", str(file), "--json", home=demo)
    assert again.code == 0
    assert "list of next visits" not in again.err  # the same file changes nothing
    assert "Make it anew" in run("recount", "--json", home=demo).err
