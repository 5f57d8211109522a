"""The search over the store: it writes what is better, takes a newer list in, and never writes over a person."""

from datetime import date, timedelta

import pytest
from sqlalchemy import insert

from liaison.facts.home import Home
from liaison.jobs import queue
from liaison.jobs.work import work
from liaison.planning.stored.made import improve
from liaison.planning.stored.plans import stored_plan
from liaison.store import reading, writing
from liaison.store.tables import ranking, ranking_row
from tests.planning.team import GAINS, MONDAY, NOW, OFFICES, editor, papers, planned, row, standing


def test_a_newer_list_is_taken_in_when_a_plan_is_improved(home: Home) -> None:
    assert planned(home).value == pytest.approx(10.0)
    with writing(home.store) as connection:
        newer = {"run_id": "newer", "fitted_at": "2026-11-30T00:00:00+00:00"}
        connection.execute(insert(ranking).values({**papers(), **newer}))
        connection.execute(insert(ranking_row), [{**row(n, g + 1, 0), "run_id": "newer"} for n, g in GAINS.items()])
    improve(home, "L1", MONDAY, lambda share, words: None, iterations=20, now=NOW)
    plan = standing(home)
    assert plan.run_id == "newer"
    assert plan.value == pytest.approx(1.5 * 5 + 4 + 2)  # elm is as due as can be; oak, fir as they are


def test_a_change_while_a_search_goes_on_is_made_to_what_it_found(home: Home) -> None:
    plan = planned(home)
    improve(home, "L1", MONDAY, lambda share, words: None, how="anew", iterations=20, now=NOW)
    assert standing(home).revision > plan.revision
    told = editor(home, plan.revision).drop("elm")
    assert "elm" not in {stop.practice_id for stop in told.plan.made}


def test_the_search_writes_what_is_better_and_never_over_a_person(home: Home) -> None:
    plan = planned(home)
    found = improve(home, "L1", MONDAY, lambda share, words: None, how="anew", iterations=50, now=NOW)
    assert found.kept
    assert found.value == pytest.approx(10.0)
    assert found.revision > plan.revision

    def meanwhile(share: float, words: str) -> None:
        if words == "Writing the plan":
            editor(home, standing(home).revision).drop("elm")

    late = improve(home, "L1", MONDAY, meanwhile, how="anew", iterations=50, now=NOW)
    assert not late.kept
    assert standing(home).stop("elm").state == "dropped"  # type: ignore[union-attr]


def test_the_job_plans_a_week_that_nobody_planned(home: Home) -> None:
    week = date.today() - timedelta(days=date.today().weekday()) + timedelta(days=7)  # noqa: DTZ011
    asks = {"person_id": "L1", "week": week.isoformat(), "how": "again", "iterations": 20}
    job = queue.get(home, queue.enqueue(home, "route", asks))
    result = work(home, job, lambda share, words: None)
    assert result["kept"]
    with reading(home.store) as connection:
        plan = stored_plan(connection, "L1", week)
    assert plan is not None
    assert {stop.practice_id for stop in plan.made} <= set(OFFICES)
