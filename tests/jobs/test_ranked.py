"""The list is worked out from the store: made anew only where something changed, whole or not at all."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, func, select, update

from liaison.config import Settings
from liaison.demo.build import build
from liaison.facts.home import Home
from liaison.fieldwork.records import all_records, write
from liaison.jobs import queue, worker
from liaison.jobs.environment import ROOT
from liaison.jobs.queue import Job
from liaison.jobs.ranked import bring_up_to_date, standing_run
from liaison.jobs.result import Result
from liaison.jobs.work import follow, work
from liaison.models.stored import newest
from liaison.models.stored.runs import Stored
from liaison.store import reading, writing
from liaison.store.tables import exploration_slot, margin, ranking, ranking_row
from tests.jobs.conftest import wait_for


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a home with a small market, ranked."""
    folder = tmp_path_factory.mktemp("ranked") / "own"
    home = Home.open(Settings(home=folder))
    build(home, seed=3, practices=30, referrals=2_000, months=24)
    bring(home)
    home.close()
    return folder


@pytest.fixture
def ranked(built: Path, tmp_path: Path) -> Iterator[Home]:
    folder = tmp_path / "copy"
    shutil.copytree(built, folder)
    opened = Home.open(Settings(home=folder))
    yield opened
    opened.close()


def bring(home: Home, **asked: Any) -> Result:
    return bring_up_to_date(home, lambda share, words: None, looks_back=False, **asked)


def read(home: Home) -> Stored:
    with reading(home.store) as connection:
        stored = newest(connection)
    assert stored is not None
    return stored


def unmake(home: Home) -> None:
    """As if the data had changed, with nothing in them."""
    with writing(home.store) as connection:
        connection.execute(update(ranking).values(data_id="earlier"))


def test_nothing_is_made_anew_where_nothing_changed(ranked: Home) -> None:
    before = read(ranked)
    assert bring(ranked) == Result(before.run.run_id, made=False)
    assert read(ranked).run.fitted_at == before.run.fitted_at


def test_the_same_data_give_the_same_list(ranked: Home) -> None:
    before = read(ranked)
    unmake(ranked)
    assert standing_run(ranked) is None
    assert bring(ranked).made
    after = read(ranked)
    assert after.rows == before.rows
    assert after.run.run_id != before.run.run_id


def test_a_visit_written_down_makes_the_list_anew(ranked: Home) -> None:
    best = read(ranked).rows[0]
    visit = {"visit_id": "X1", "person_id": "L1", "practice_id": best.practice_id, "date": "2026-10-29"}
    with writing(ranked.store) as connection:
        write(connection, "visits", [visit], "ann")
    assert bring(ranked).made
    after = read(ranked).by_practice[best.practice_id]
    assert after.months_since == 1.0
    assert after.months_added < best.months_added  # what one more visit adds, right after one
    assert after.gain < best.gain


def test_margins_and_payers_change_nothing(ranked: Home) -> None:
    before = read(ranked)
    with writing(ranked.store) as connection:
        lines = all_records(connection, "margins")
        connection.execute(update(margin).values(margin=margin.c.margin * 100))
    assert lines
    assert bring(ranked).made is False
    unmake(ranked)
    bring(ranked)
    assert read(ranked).rows == before.rows


def test_a_look_back_is_added_to_the_run_that_stands(ranked: Home) -> None:
    run = read(ranked).run
    assert run.checks is None
    done = bring_up_to_date(ranked, lambda share, words: None)
    after = read(ranked).run
    assert (done.run_id, after.run_id) == (run.run_id, run.run_id)
    assert after.checks is not None
    assert after.checks["forecast"]["as_of"] == "2026-03"
    assert after.card is not None
    assert after.card.startswith("# Expected gain of one visit")


def test_the_lot_falls_on_a_tenth_and_may_be_left_out(ranked: Home) -> None:
    assert bring(ranked, exploration=0.0).made is False
    slots = {one.practice_id for one in read(ranked).rows}
    with reading(ranked.store) as connection:
        rows = connection.execute(select(exploration_slot)).all()
    chances = {row.probability for row in rows}
    assert len(chances) == 1
    assert {row.practice_id for row in rows} <= slots
    assert sum(row.drawn for row in rows) <= len(rows) // 10 + 1


def bring_killed(folder: str, at: str) -> None:
    """In a process of its own: killed as the statement `at` is about to be run."""

    def look(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if statement.startswith(at):
            os.kill(os.getpid(), signal.SIGKILL)

    home = Home.open(Settings(home=Path(folder)))
    event.listen(home.store, "before_cursor_execute", look)
    bring_up_to_date(home, lambda share, words: None)


@pytest.mark.parametrize("at", [pytest.param("INSERT INTO alert", marks=pytest.mark.audit), "UPDATE ranking"])
def test_a_kill_leaves_a_whole_run(ranked: Home, at: str) -> None:
    before = read(ranked)
    unmake(ranked)
    call = f"from tests.jobs.test_ranked import bring_killed; bring_killed({str(ranked.path)!r}, {at!r})"
    child = subprocess.run([sys.executable, "-c", call], cwd=ROOT, timeout=120, check=False)
    assert child.returncode == -signal.SIGKILL
    with reading(ranked.store) as connection:
        counts = [connection.scalar(select(func.count()).select_from(t)) for t in (ranking, ranking_row)]
    assert counts == [1, len(before.rows)]
    assert read(ranked).rows == before.rows
    # Killed while it looked back, the new run stands; killed while it wrote, the old one does.
    written = at == "UPDATE ranking"
    assert (standing_run(ranked) is not None) is written
    assert bring(ranked).made is not written


def a_job(home: Home, kind: str, **arguments: object) -> Job:
    return queue.get(home, queue.enqueue(home, kind, arguments))


def test_an_import_asks_for_a_new_list_once_and_a_trial_does_not(ranked: Home) -> None:
    follow(ranked, a_job(ranked, "import", dry_run=True))
    follow(ranked, a_job(ranked, "backup", file="x"))
    assert [job for job in queue.jobs(ranked) if job.kind == "rank"] == []
    first = a_job(ranked, "forget", batch="x")
    follow(ranked, first)
    follow(ranked, a_job(ranked, "recount"))
    asked = [job for job in queue.jobs(ranked) if job.kind == "rank"]
    assert [job.arguments for job in asked] == [{"follows": first.job_id}]


def test_too_few_months_are_no_failure_where_nobody_asked(tmp_path: Path) -> None:
    home = Home.open(Settings(home=tmp_path / "new"))
    told = work(home, a_job(home, "rank", follows="an import"), lambda share, words: None)
    assert told["run"] is None
    assert "0 complete months" in told["says"]
    home.close()


def test_the_worker_makes_the_list_after_a_recount(ranked: Home) -> None:
    before = read(ranked).run
    queue.enqueue(ranked, "recount", {})
    worker.ensure(ranked)
    try:
        wait_for(lambda: standing_run(ranked) is not None and read(ranked).run.data_id != before.data_id, 90)
        assert read(ranked).run.data_version == before.data_version + 1
    finally:
        started = worker._started.pop(str(ranked.path.resolve()))
        started.terminate()
        started.wait(10)


def test_two_at_once_make_one_run(ranked: Home) -> None:
    unmake(ranked)
    made: list[Result] = []

    def meanwhile(share: float, words: str) -> None:
        if words.startswith("Writing") and not made:
            made.append(bring(ranked))  # another process is faster

    slower = bring_up_to_date(ranked, meanwhile, looks_back=False)
    assert slower.run_id == made[0].run_id
