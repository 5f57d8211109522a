"""roi over a panel file and over the own store: the keys that scripts read, and when a number is withheld."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from benchmarks.worlds import BY_NAME, Market, draw
from liaison.config import Settings
from liaison.demo.build import build
from liaison.facts.home import Home
from liaison.models.panel import month_name
from tests.cli.conftest import Run

KEYS = {
    "verdict", "reasons", "incremental", "baseline", "covered", "naive", "checks", "comparison", "monthly", "money",
}  # fmt: skip


def written(made: Market, path: Path) -> Path:
    panel = made.panel
    many = len(panel.months)
    rows = {
        "practice_id": np.repeat(panel.practices, many),
        "month": np.tile([month_name(month) for month in panel.months], len(panel)),
        "referrals_in": panel.referrals_in.ravel().astype(int),
        "visits": panel.visits.ravel().astype(int),
        "visit_randomised": panel.visit_randomised.ravel().astype(int),
        **{name: np.repeat(panel.covariates[name].to_numpy(), many) for name in panel.covariates},
    }
    pd.DataFrame(rows).to_csv(path, index=False)
    return path


@pytest.fixture(scope="module")
def panels(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("panels")
    return {
        name: written(draw(BY_NAME[name], 7, 300), folder / f"{name.replace(' ', '-')}.csv")
        for name in ("random", "growth", "late log")
    }


def test_a_panel_gives_the_contracts_keys(run: Run, panels: dict[str, Path]) -> None:
    told = run("roi", "--panel", str(panels["random"]), "--cost", "90000", "--margin", "400", "--json").json
    assert set(told) >= KEYS
    assert told["verdict"] == "estimate"
    assert set(told["incremental"]) == {"value", "low", "high", "level"}
    assert told["incremental"]["level"] == 0.95
    assert set(told["covered"]) == {"share", "practices"}
    assert set(told["money"]) >= {
        "margin", "low", "high", "cost_covered", "cost_total", "net", "return", "break_even_lift",
    }  # fmt: skip
    money = told["money"]
    assert money["margin"] == pytest.approx(400 * told["incremental"]["value"], abs=0.05)
    assert money["net"] == pytest.approx(money["margin"] - money["cost_covered"], abs=0.02)
    assert money["cost_covered"] == pytest.approx(90_000 * money["visits_covered"] / money["visits"], abs=0.01)
    assert money["break_even_lift"] == pytest.approx(money["cost_covered"] / 400 / told["baseline"], rel=1e-4)


def test_a_refusal_has_reasons_and_no_number(run: Run, panels: dict[str, Path]) -> None:
    told = run("roi", "--panel", str(panels["growth"]), "--cost", "90000", "--margin", "400", "--json").json
    assert told["verdict"] == "refused"
    assert (told["incremental"], told["baseline"], told["money"]) == (None, None, None)
    assert "growing already" in told["reasons"][0]
    assert isinstance(told["naive"], float)


def test_several_panels_are_answered_in_their_order(run: Run, panels: dict[str, Path]) -> None:
    both = run("roi", "--panel", str(panels["growth"]), "--panel", str(panels["random"]), "--json").json["results"]
    assert [of["verdict"] for of in both] == ["refused", "estimate"]
    assert both[1]["money"] is None


def test_a_log_that_starts_late_is_told_by_an_option(run: Run, panels: dict[str, Path]) -> None:
    path = str(panels["late log"])
    told = run("roi", "--panel", path, "--visits-complete-from", "2024-01", "--json").json
    assert told["asked"] == "one_more"
    assert run("roi", "--panel", path, "--json").json["asked"] == "first_visit"


def test_a_level_and_a_window_are_honoured(run: Run, panels: dict[str, Path]) -> None:
    path = str(panels["random"])
    wide, narrow = (run("roi", "--panel", path, "--level", at, "--json").json for at in ("0.95", "0.8"))
    width = [of["incremental"]["high"] - of["incremental"]["low"] for of in (wide, narrow)]
    assert width[1] == pytest.approx(width[0] * 1.281552 / 1.959964, rel=1e-3)
    late = run("roi", "--panel", path, "--from", "2025-01", "--to", "2025-06", "--json").json
    assert [row["month"] for row in late["monthly"]] == [f"2025-0{month}" for month in range(1, 7)]
    assert sum(row["incremental"]["value"] for row in late["monthly"]) == pytest.approx(
        late["incremental"]["value"], abs=0.01
    )


def test_what_cannot_be_asked_is_said(run: Run, panels: dict[str, Path]) -> None:
    path = str(panels["random"])
    assert run("roi", "--panel", path, "--cost", "5").code == 2
    assert run("roi", "--panel", path, "--from", "2025-05", "--to", "2025-01").code == 2
    refused = run("roi", "--panel", path, "--from", "2019-01")
    assert refused.code == 1
    assert refused.err.startswith("Referrals are known from Jan 2023 to Dec 2025, not of Jan 2019.")


def test_more_visits_are_asked_within_what_the_data_hold(run: Run, panels: dict[str, Path]) -> None:
    path = str(panels["random"])
    told = run("roi", "--panel", path, "--what-if", "75", "--json").json["what_if"]
    assert told["visits"] == 75
    assert told["curve"]["fewest"] <= 75 <= told["curve"]["most"]
    assert sum(row["value"] for row in told["months"]) == pytest.approx(told["incremental"]["value"], abs=0.01)
    beyond = run("roi", "--panel", path, "--what-if", "900")
    assert beyond.code == 1
    assert f"held {told['curve']['fewest']} to {told['curve']['most']} visits" in beyond.err
    assert run("roi", "--panel", str(panels["growth"]), "--what-if", "75").code == 1


def test_an_assumed_lift_is_arithmetic_and_says_so(run: Run, panels: dict[str, Path]) -> None:
    path = str(panels["growth"])
    assert run("roi", "--panel", path, "--assume-lift", "0.1").code == 2
    told = run(
        "roi", "--panel", path, "--assume-lift", "0.1", "--cost", "9000", "--margin", "40", "--seen", "0.5", "--json"
    ).json
    assert told["incremental"] is None  # refused, and it stays so
    sent = told["visited"]["referrals"]
    assert told["assumed"]["title"] == "If you assume"
    assert told["assumed"]["earned"] == pytest.approx(sent * 0.1 * 0.5 * 40)


def test_words_for_people(run: Run, panels: dict[str, Path]) -> None:
    said = run("roi", "--panel", str(panels["random"])).out
    assert "visited practices are compared with" in said
    assert "A chart of six months before against all months after would have said" in said


def test_a_chart_of_all_months_stands_beside_no_figure_of_a_window(run: Run, panels: dict[str, Path]) -> None:
    every = run("roi", "--panel", str(panels["random"]), "--json").json
    assert isinstance(every["naive"], float)
    first = every["window"]["from"]
    later = f"{int(first[:4]) + 1}{first[4:]}"
    of_a_window = run("roi", "--panel", str(panels["random"]), "--from", later, "--json").json
    assert of_a_window["window"]["from"] == later
    assert (of_a_window["naive"], of_a_window["naive_says"]) == (None, None)
    assert "before against all months after" not in run("roi", "--panel", str(panels["random"]), "--from", later).out


def test_event_studies_stand_beside_on_demand(run: Run, panels: dict[str, Path]) -> None:
    told = run("roi", "--panel", str(panels["random"]), "--second", "--json").json
    assert set(told["second_display"]) == {"callaway_santanna", "imputation"}
    second = [check for check in told["checks"] if check["name"] == "second_method"]
    assert len(second) == 2
    assert all(check["state"] in ("held", "failed") for check in second)


def test_the_own_programme_has_costs_margins_and_papers(run: Run, tmp_path: Path) -> None:
    home = Home.open(Settings(home=tmp_path / "market"))
    build(home, seed=5, practices=60, referrals=6_000, months=24)
    home.close()
    told = run("roi", "--json", home=tmp_path / "market").json
    assert set(told) >= KEYS | {"data_version", "notes"}
    assert told["reasons"] if told["verdict"] == "refused" else told["incremental"]
    assert {check["state"] for check in told["checks"]} <= {"held", "failed", "not_testable"}
    typed = run("roi", "--cost", "1000", "--margin", "100", "--json", home=tmp_path / "market").json
    assert typed["verdict"] == told["verdict"]


def test_an_empty_home_is_told_what_is_missing(run: Run) -> None:
    refused = run("roi", "--json")
    assert refused.code == 1
    assert refused.json["error"]["remedy"] == "Import at least 6 whole months of referrals first."
