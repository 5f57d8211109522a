"""One job in a process of its own, so that a cancel can kill it and a crash is its own."""

import faulthandler
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from liaison.config import Settings
from liaison.errors import LiaisonError
from liaison.facts.home import Home
from liaison.jobs import log, queue
from liaison.jobs.queue import Job
from liaison.jobs.work import follow, refusal, work

REPORT_SECONDS = 0.5
ORPHAN = 3  # exit code of a child whose worker is gone


def run(settings: Settings, job_id: str, attempt: int, worker: int) -> None:
    """Do the job, if this attempt is still the one that is wanted; how it ended stands in the table.

    `worker` is the process that watches over it.
    """
    _leave_with(worker)
    home = Home.open(settings)
    job = queue.get(home, job_id)
    if job.attempts != attempt or job.state is not queue.State.running:
        return
    (home.path / "log").mkdir(exist_ok=True)
    with (home.path / "log" / "crash.log").open("a") as crashes:
        faulthandler.enable(crashes)  # places in the code, no values
        _do(home, job)
        faulthandler.disable()


def _do(home: Home, job: Job) -> None:
    try:
        with _reporting(home, job) as progress:
            result = work(home, job, progress)
            follow(home, job)
    except LiaisonError as refused:
        queue.fail(home, job, refusal(refused))
    except Exception as error:  # noqa: BLE001  the outermost place of this process: the fault is logged and shown by id
        queue.fail(home, job, log.fault_json(log.fault(home.path, f"{job.kind}, job {job.job_id}", error)))
    else:
        queue.finish(home, job, result)


@contextmanager
def _reporting(home: Home, job: Job) -> Iterator[Callable[[float, str], None]]:
    """Progress is written by a thread: the work may call it at any rate, also while it holds the store."""
    newest: dict[str, tuple[float, str]] = {}
    stop = threading.Event()

    def write() -> None:
        told: tuple[float, str] | None = None
        while not stop.wait(REPORT_SECONDS):
            if "told" in newest and newest["told"] != told:
                told = newest["told"]
                queue.report(home, job, *told)

    writer = threading.Thread(target=write, daemon=True)
    writer.start()
    try:
        yield lambda share, message: newest.update(told=(share, message))
    finally:
        stop.set()
        writer.join()


def _leave_with(worker: int) -> None:
    """A child whose worker was killed ends too: its job is given to the next worker."""

    def watch() -> None:
        while os.getppid() == worker:
            time.sleep(REPORT_SECONDS)
        os._exit(ORPHAN)

    threading.Thread(target=watch, daemon=True).start()
