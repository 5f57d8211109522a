"""The worker: does what is asked, survives kill -9 of any part, cancels, goes home."""

import io
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from liaison.config import Settings
from liaison.facts.home import Home
from liaison.jobs import queue, uploads, worker
from liaison.jobs.environment import ROOT, environment
from liaison.jobs.queue import State
from tests.jobs.conftest import child_process, held, wait_for, worker_process

# What has nothing to do with the database is tried on one.
on_sqlite = pytest.mark.parametrize("home", ["sqlite"], indirect=True)


def state(home: Home, job_id: str) -> State:
    return queue.get(home, job_id).state


def start_recount(home: Home) -> str:
    job_id = queue.enqueue(home, "recount", {})
    worker.ensure(home)
    wait_for(lambda: state(home, job_id) is State.running)
    return job_id


def test_a_job_is_done_by_a_worker_that_starts_by_itself(worked: Home) -> None:
    job_id = queue.enqueue(worked, "recount", {})
    worker.ensure(worked)
    wait_for(lambda: queue.get(worked, job_id).over)
    done = queue.get(worked, job_id)
    assert (done.state, done.result, done.progress) == (State.done, {"data_version": 1}, 1.0)
    assert worked.live().data_version == 1


@on_sqlite
def test_a_refusal_is_kept_as_message_and_remedy(worked: Home) -> None:
    job_id = queue.enqueue(worked, "backup", {"file": str(worked.path / "no" / "such" / "folder.zip")})
    worker.ensure(worked)
    wait_for(lambda: queue.get(worked, job_id).over)
    failed = queue.get(worked, job_id)
    assert failed.state is State.failed
    assert failed.error
    assert failed.error["message"].startswith("There is no folder")
    assert failed.error["remedy"]
    assert failed.attempts == 1


@on_sqlite
def test_a_fault_is_shown_by_the_number_that_the_log_has(worked: Home) -> None:
    job_id = queue.enqueue(worked, "backup", {"patient": "Jane Roe"})  # no page asks like this: `file` is missing
    worker.ensure(worked)
    wait_for(lambda: queue.get(worked, job_id).over)
    error = queue.get(worked, job_id).error
    assert error
    logged = (worked.path / "log" / "worker.log").read_text()
    assert f"fault {error['fault']}" in logged
    assert "KeyError" in logged
    assert "Jane Roe" not in logged


@on_sqlite
def test_a_killed_child_is_started_once_more(worked: Home) -> None:
    with held(worked):
        job_id = start_recount(worked)
        child_process(worked).kill()
        wait_for(lambda: queue.get(worked, job_id).attempts == 2)
    wait_for(lambda: queue.get(worked, job_id).over)
    assert state(worked, job_id) is State.done


@on_sqlite
def test_a_child_killed_twice_fails_with_a_sentence_and_the_worker_goes_on(worked: Home) -> None:
    with held(worked):
        job_id = start_recount(worked)
        child_process(worked).kill()
        wait_for(lambda: queue.get(worked, job_id).attempts == 2)
        child_process(worked).kill()
        wait_for(lambda: queue.get(worked, job_id).over)
    failed = queue.get(worked, job_id)
    assert failed.state is State.failed
    assert "started twice" in failed.message
    after = queue.enqueue(worked, "recount", {})
    wait_for(lambda: state(worked, after) is State.done)


def test_a_killed_worker_takes_its_child_along_and_the_next_one_does_the_job(worked: Home) -> None:
    with held(worked):
        job_id = start_recount(worked)
        child, process = child_process(worked), worker_process(worked)
        process.kill()
        psutil.wait_procs([process, child], timeout=10)
        wait_for(lambda: not child.is_running() or child.status() == psutil.STATUS_ZOMBIE)
        assert state(worked, job_id) is State.running  # nobody has noticed yet
        assert not worker.alive(worked)
        if worked.store.dialect.name == "postgresql":
            # Another machine may be running it, until it has been silent for long.
            queue.take_over(worked, silent_seconds=0)
        worker.ensure(worked)
        wait_for(lambda: queue.get(worked, job_id).attempts == 2)
    wait_for(lambda: queue.get(worked, job_id).over)
    assert state(worked, job_id) is State.done


def test_a_cancel_kills_what_runs(worked: Home) -> None:
    with held(worked):
        job_id = start_recount(worked)
        child = child_process(worked)
        assert queue.cancel(worked, job_id).state is State.cancelling
        wait_for(lambda: queue.get(worked, job_id).over)
        assert not child.is_running()
    assert state(worked, job_id) is State.cancelled
    assert worked.live().data_version == 0


@on_sqlite
def test_progress_is_there_for_whoever_looks_from_another_process(worked: Home) -> None:
    with held(worked):
        job_id = start_recount(worked)
        look = (
            "import sys; from liaison.config import Settings; from liaison.facts.home import Home;"
            "from liaison.jobs import queue; job = queue.get(Home.open(Settings()), sys.argv[1]);"
            "print(job.state, job.message)"
        )
        run = [sys.executable, "-c", look, job_id]
        seen = subprocess.run(
            run, cwd=ROOT, env=environment(worked.settings), capture_output=True, text=True, check=True
        )
        assert seen.stdout.startswith("running ")


@on_sqlite
def test_one_worker_a_home(worked: Home) -> None:
    worker.ensure(worked)
    wait_for(lambda: worker.alive(worked))
    first = worker_process(worked).pid
    second = subprocess.run(
        [sys.executable, "-m", "liaison.jobs"], cwd=ROOT, env=environment(worked.settings), timeout=60, check=False
    )
    assert second.returncode == 0  # it left, the first one stays
    worker.ensure(worked)
    assert worker_process(worked).pid == first
    assert worker_process(worked).is_running()


@on_sqlite
def test_an_idle_worker_ends_when_its_starter_is_gone(worked: Home) -> None:
    start = (
        "from liaison.config import Settings; from liaison.facts.home import Home; from liaison.jobs import worker;"
        "import time; home = Home.open(Settings()); worker.ensure(home);"
        "exec('while not worker.alive(home): time.sleep(.05)')"
    )
    subprocess.run([sys.executable, "-c", start], cwd=ROOT, env=environment(worked.settings), timeout=60, check=True)
    wait_for(lambda: not worker.alive(worked))
    assert "worker ended" in (worked.path / "log" / "worker.log").read_text()


@on_sqlite
def test_an_upload_is_gone_after_its_job(worked: Home) -> None:
    path = uploads.keep(worked, "C:\\exports\\march.csv", io.BytesIO(b"a,b\n1,2\n"))
    assert path.name == "march.csv"
    assert path.read_bytes() == b"a,b\n1,2\n"
    job_id = queue.enqueue(worked, "import", {"format": "no-such-format", "paths": [str(path)]})
    worker.ensure(worked)
    wait_for(lambda: queue.get(worked, job_id).over and not path.parent.exists())


@on_sqlite
def test_discarding_leaves_files_that_were_not_uploaded(home: Home) -> None:
    own = home.path.parent / "own.csv"
    own.write_text("a\n1\n")
    uploads.discard(home, [own])
    assert own.exists()


@on_sqlite
def test_a_worker_that_is_told_to_stop_leaves_the_job_for_the_next(worked: Home) -> None:
    with held(worked):
        job_id = start_recount(worked)
        child = child_process(worked)
        worker_process(worked).send_signal(signal.SIGTERM)
        wait_for(lambda: not worker.alive(worked))
        wait_for(lambda: not child.is_running() or child.status() == psutil.STATUS_ZOMBIE)
        assert not queue.get(worked, job_id).over


def test_a_process_of_ours_is_told_every_setting_as_it_stands(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, threads=3)
    for name, value in environment(settings).items():
        if name.startswith("LIAISON_"):
            monkeypatch.setenv(name, value)
    assert Settings() == settings


def test_a_waiting_worker_holds_nothing_that_counts_or_draws() -> None:
    """One stands beside every home for as long as the app runs."""
    look = "import sys, liaison.jobs.worker; print(*{name.split('.')[0] for name in sys.modules})"
    told = subprocess.run([sys.executable, "-c", look], cwd=ROOT, capture_output=True, text=True, check=True)
    assert (
        set(told.stdout.split()) & {"pandas", "duckdb", "pyarrow", "altair", "scipy", "sklearn", "streamlit"} == set()
    )
