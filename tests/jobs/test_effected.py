"""What the programme caused is worked out from the store: made anew only where something changed, and told as `roi`."""

import io
import json
import shutil
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from liaison.cli.main import main
from liaison.config import Settings
from liaison.facts.home import Home
from liaison.fieldwork.costs import paid
from liaison.fieldwork.edits import add
from liaison.fieldwork.records import write
from liaison.jobs import queue
from liaison.jobs.effected import bring_up_to_date, standing_run
from liaison.jobs.queue import State
from liaison.jobs.result import Result
from liaison.jobs.work import follow, work
from liaison.models.stored.effects import ALL, YEAR, EffectResult, effect_results, newest_effect
from liaison.store import reading, writing
from liaison.store.tables import cost, effect_run, margin


def bring(home: Home) -> Result:
    return bring_up_to_date(home, lambda share, words: None)


def read(home: Home) -> dict[str, EffectResult]:
    with reading(home.store) as connection:
        run = newest_effect(connection)
        assert run is not None
        return effect_results(connection, run.run_id)


@pytest.fixture
def home(estimated_market: Path, tmp_path: Path) -> Iterator[Home]:
    folder = tmp_path / "copy"
    shutil.copytree(estimated_market, folder)
    opened = Home.open(Settings(home=folder))
    yield opened
    opened.close()


def unmake(home: Home) -> None:
    """As if the data had been others, with nothing else changed."""
    with writing(home.store) as connection:
        connection.execute(update(effect_run).values(data_id="earlier"))


def test_what_is_stored_is_what_the_command_says(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIAISON_HOME", str(home.path))
    out = io.StringIO()
    with redirect_stdout(out), redirect_stderr(io.StringIO()):
        assert main(["roi", "--json"]) == 0
    said = json.loads(out.getvalue())
    told = read(home)[ALL].told
    assert said["verdict"] == "estimate"
    for name in ("says", "incremental", "lift", "baseline", "covered", "lag", "monthly", "naive", "comparison"):
        assert told[name] == said[name]
    assert told["money"]["margin"] == said["money"]["margin"]
    assert told["checks"][0]["name"] == said["checks"][0]["name"]
    assert sum(c["name"] == "second_method" for c in told["checks"]) == 2


def test_a_check_names_a_practice_as_people_do(home: Home) -> None:
    says = next(c["says"] for c in read(home)[ALL].told["checks"] if c["name"] == "no_practice_alone")
    named = says.removeprefix("Without ").split(", the practice")[0]
    assert named in {label for (kind, _), label in home.live().label_of.items() if kind == "practice"}


def test_nothing_is_made_anew_where_nothing_changed_and_the_same_data_give_the_same(home: Home) -> None:
    before, run = read(home), standing_run(home)
    assert run is not None
    assert bring(home) == Result(run.run_id, made=False)
    unmake(home)
    assert standing_run(home) is None
    assert bring(home).made
    assert read(home) == before


def test_a_cost_changes_the_cost_and_nothing_of_the_referrals(home: Home) -> None:
    before = read(home)[ALL].told
    with writing(home.store) as connection:
        connection.execute(update(cost).values(amount=cost.c.amount * 2))
    unmake(home)
    bring(home)
    after = read(home)[ALL].told
    was, now = before["money"], after["money"]
    assert now["cost_covered"] == pytest.approx(2 * was["cost_covered"], abs=0.02)
    assert now["net"] == pytest.approx(was["margin"] - 2 * was["cost_covered"], abs=0.05)
    assert now["return"] == pytest.approx(was["return"] / 2, abs=1e-4)
    assert now["margin"] == was["margin"]
    for name in ("incremental", "lift", "checks", "lag", "parts"):
        assert after[name] == before[name]


def test_a_margin_changes_what_referrals_are_worth_and_not_their_cost(home: Home) -> None:
    before = read(home)[ALL].told
    with writing(home.store) as connection:
        three = {name: margin.c[name] * 3 for name in ("margin", "low", "high")}
        connection.execute(update(margin).values(three))
    unmake(home)
    bring(home)
    after = read(home)[ALL].told
    assert after["money"]["margin"] == pytest.approx(3 * before["money"]["margin"], abs=0.05)
    assert after["money"]["cost_total"] == before["money"]["cost_total"]
    assert after["incremental"] == before["incremental"]


@pytest.mark.parametrize(
    ("kind", "record"),
    [
        ("visits", {"visit_id": "X1", "person_id": "L1", "practice_id": "P0001", "date": "2026-10-29"}),
        ("costs", {"month": "2026-10", "kind": "other", "amount": 12.5}),
        ("margins", {"service_line": "cardiology", "margin": 900.0, "starts": "2026-02-01"}),
    ],
)
def test_records_that_it_reads_make_a_run_of_before(home: Home, kind: str, record: dict[str, Any]) -> None:
    with writing(home.store) as connection:
        write(connection, kind, [record], "ann")
    assert standing_run(home) is None


def test_records_that_it_does_not_read_leave_the_run_as_it_is(home: Home) -> None:
    waits = {"service_line": "cardiology", "days": 12.0, "measured_on": "2026-10-01"}
    with writing(home.store) as connection:
        write(connection, "waits", [waits], "ann")
    assert standing_run(home) is not None


def test_the_year_stands_beside_the_whole_with_its_own_cost_and_no_simple_chart(home: Home) -> None:
    found = read(home)
    whole, year = found[ALL], found[YEAR]
    assert year.last - year.first == 11
    assert year.last == whole.last
    assert year.told["money"]["cost_total"] < whole.told["money"]["cost_total"]
    assert year.told["naive"] is None
    assert sum(each["amount"] for each in year.costs) == pytest.approx(year.told["money"]["cost_total"], abs=0.01)


def test_bands_add_up_to_the_figure_and_those_without_peers_are_apart(home: Home) -> None:
    with reading(home.store) as connection:
        run = newest_effect(connection)
    assert run is not None
    steps, told = run.beside["steps"], read(home)[ALL].told
    covered = [step for step in steps if step["part"] == "covered"]
    gained = sum(step["observed"] - step["expected"] for step in covered)
    assert gained == pytest.approx(told["incremental"]["value"], abs=0.01)
    assert all(step["low"] < step["value"] < step["high"] for step in covered)
    assert all(step["low"] is None for step in steps if step["part"] == "apart")
    apart = run.beside["apart"]
    assert apart["visited"] == told["comparison"]["visited"]
    assert apart["practices"] + len(told["covered"]["practices"]) == apart["visited"]


def test_costs_of_some_months_are_added_up_by_kind(tmp_path: Path) -> None:
    home = Home.open(Settings(home=tmp_path / "own"))
    rows = [
        ("2026-01", "salary", 100.0, "a"), ("2026-02", "salary", 50.0, "b"), ("2026-02", "travel", 7.0, "c"),
        ("2026-03", "salary", 900.0, "d"),
    ]  # fmt: skip
    for month, kind, amount, note in rows:
        add(home.store, "costs", {"month": month, "kind": kind, "amount": amount, "note": note}, actor="ann")
    with reading(home.store) as connection:
        found = paid(connection, "2026-01", "2026-02")
    home.close()
    assert [(p.kind, p.amount, p.entries, p.months, p.actor) for p in found] == [
        ("salary", 150.0, 2, 2, "ann"), ("travel", 7.0, 1, 1, "ann"),
    ]  # fmt: skip


def test_an_import_asks_for_the_estimate_once_and_an_empty_home_says_why_there_is_none(tmp_path: Path) -> None:
    home = Home.open(Settings(home=tmp_path / "own"))
    done = queue.get(home, queue.enqueue(home, "recount", {}))
    follow(home, done)
    follow(home, done)
    asked: list[Any] = [job for job in queue.jobs(home) if job.kind == "effect" and job.state is State.queued]
    assert len(asked) == 1
    result = work(home, asked[0], lambda share, words: None)
    home.close()
    assert result["run"] is None
    assert "months of referrals" in result["says"]
