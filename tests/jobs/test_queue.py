"""The table of jobs, on both databases."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from liaison.errors import LiaisonError
from liaison.facts.home import Home
from liaison.jobs import queue
from liaison.jobs.environment import ROOT, environment
from liaison.jobs.queue import State

CLAIM_ALL = """
from liaison.config import Settings
from liaison.facts.home import Home
from liaison.jobs import queue
home = Home.open(Settings())
while job := queue.claim(home):
    print(job.job_id)
"""


def test_a_job_is_listed_with_what_was_asked(home: Home) -> None:
    job_id = queue.enqueue(home, "forget", {"batch": "b1"}, asked_by="ann")
    (job,) = queue.jobs(home)
    assert (job.job_id, job.kind, job.arguments, job.asked_by) == (job_id, "forget", {"batch": "b1"}, "ann")
    assert (job.state, job.progress, job.attempts, job.over) == (State.queued, 0.0, 0, False)


def test_an_unknown_kind_is_refused_with_the_near_one(home: Home) -> None:
    with pytest.raises(LiaisonError) as refused:
        queue.enqueue(home, "imports", {})
    assert refused.value.remedy == "Did you mean import?"
    assert queue.jobs(home) == []


def test_jobs_are_claimed_in_the_order_in_which_they_were_asked_for(home: Home) -> None:
    asked = [queue.enqueue(home, "forget", {"batch": str(n)}) for n in range(3)]
    claimed = [queue.claim(home) for _ in range(3)]
    assert [job.job_id for job in claimed if job] == asked
    assert queue.claim(home) is None


def test_two_workers_never_claim_one_job(home: Home) -> None:
    asked = {queue.enqueue(home, "recount", {}) for _ in range(30)}
    run = [sys.executable, "-c", CLAIM_ALL]
    workers = [
        subprocess.Popen(run, cwd=ROOT, env=environment(home.settings), stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    claimed = [line for worker in workers for line in worker.communicate(timeout=90)[0].split()]
    assert [worker.returncode for worker in workers] == [0, 0, 0]
    assert len(claimed) == 30
    assert set(claimed) == asked


def test_threads_of_one_worker_never_claim_one_job(home: Home) -> None:
    asked = {queue.enqueue(home, "recount", {}) for _ in range(20)}
    with ThreadPoolExecutor(4) as pool:
        claimed = [job.job_id for job in pool.map(lambda _: queue.claim(home), range(24)) if job]
    assert sorted(claimed) == sorted(asked)


def test_progress_and_result_are_kept(home: Home) -> None:
    queue.enqueue(home, "recount", {})
    job = queue.claim(home)
    assert job
    queue.report(home, job, 0.4, "Counting.")
    halfway = queue.get(home, job.job_id)
    assert (halfway.progress, halfway.message, halfway.state) == (0.4, "Counting.", State.running)
    queue.finish(home, job, {"data_version": 7})
    done = queue.get(home, job.job_id)
    assert (done.state, done.progress, done.result, done.over) == (State.done, 1.0, {"data_version": 7}, True)


def test_a_waiting_job_is_cancelled_at_once(home: Home) -> None:
    job_id = queue.enqueue(home, "recount", {})
    assert queue.cancel(home, job_id).state is State.cancelled
    assert queue.claim(home) is None


def test_a_cancel_after_the_end_changes_nothing(home: Home) -> None:
    queue.enqueue(home, "recount", {})
    job = queue.claim(home)
    assert job
    queue.finish(home, job, {})
    assert queue.cancel(home, job.job_id).state is State.done


def test_work_that_ended_before_the_cancel_reached_it_is_done(home: Home) -> None:
    queue.enqueue(home, "recount", {})
    job = queue.claim(home)
    assert job
    assert queue.cancel(home, job.job_id).state is State.cancelling
    queue.finish(home, job, {"data_version": 2})
    queue.lost(home, job)
    assert queue.get(home, job.job_id).state is State.done


def test_a_lost_job_is_run_once_more_then_failed_with_a_sentence(home: Home) -> None:
    queue.enqueue(home, "import", {})
    first = queue.claim(home)
    assert first
    queue.lost(home, first)
    assert queue.get(home, first.job_id).state is State.queued
    second = queue.claim(home)
    assert second
    assert second.attempts == 2
    queue.lost(home, second)
    failed = queue.get(home, first.job_id)
    assert failed.state is State.failed
    assert failed.error
    assert failed.error["message"].startswith("The import was started twice")


def test_a_worker_given_up_for_dead_cannot_overwrite_its_successor(home: Home) -> None:
    queue.enqueue(home, "recount", {})
    first = queue.claim(home)
    assert first
    assert [job.job_id for job in queue.take_over(home, silent_seconds=0)] == [first.job_id]
    second = queue.claim(home)
    assert second
    queue.report(home, first, 0.9, "From the grave.")
    queue.finish(home, first, {"data_version": 99})
    now = queue.get(home, first.job_id)
    assert (now.state, now.message, now.result) == (State.running, "Starting.", None)


def test_a_worker_that_beats_is_not_taken_for_dead(home: Home) -> None:
    queue.enqueue(home, "recount", {})
    job = queue.claim(home)
    assert job
    queue.beat(home, job)
    assert queue.take_over(home) == []
    assert queue.get(home, job.job_id).state is State.running


def test_an_unknown_job_is_a_sentence(home: Home) -> None:
    with pytest.raises(LiaisonError, match="not known"):
        queue.get(home, "nothing")
