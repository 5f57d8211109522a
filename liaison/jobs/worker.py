"""The worker of a home: one process that claims jobs and runs each in a child.

`ensure` starts it where none is alive. It ends when nothing is left to do and those who started it are gone.
"""

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime

from filelock import FileLock, Timeout

from liaison.config import Settings
from liaison.facts.home import Home
from liaison.jobs import log, monthly, queue, starters, uploads
from liaison.jobs.environment import ROOT, environment
from liaison.jobs.queue import Job, State

POLL_SECONDS = 0.3
BEAT_SECONDS = 2.0
CARE_SECONDS = 10.0  # between looks for dead workers and forgotten uploads

_started: dict[str, subprocess.Popen[bytes]] = {}


def ensure(home: Home) -> None:
    """See that a worker is alive for this home, as long as this process lives. Cheap: call it after every `enqueue`."""
    starters.register(home)
    place = str(home.path.resolve())
    if alive(home) or (place in _started and _started[place].poll() is None):
        return
    _started[place] = _process(home.settings)


def alive(home: Home) -> bool:
    """Whether a worker holds the home's lock: it is freed by the system when the worker dies."""
    lock = _lock(home)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    lock.release()
    return False


def run(settings: Settings) -> None:
    """The worker's life. A second worker of the same home leaves at once."""
    home = Home.open(settings)
    lock = _lock(home)
    while True:
        try:
            lock.acquire(timeout=1)  # `alive` may be holding it for a moment
        except Timeout:
            return
        try:
            _serve(home)
        finally:
            lock.release()
        # Who asked just before the lock was freed saw a living worker and started none.
        if not queue.waiting(home):
            return


def _serve(home: Home) -> None:
    log.note(home.path, "worker started")
    # No other worker is alive in this home; only a database that machines share may hold jobs of living ones.
    shared = home.store.dialect.name != "sqlite"
    _care(home, queue.STALE_SECONDS if shared else 0)
    cared = time.monotonic()
    while True:
        if job := queue.claim(home):
            _supervise(home, job)
        elif not starters.any_alive(home):
            break
        else:
            time.sleep(POLL_SECONDS)
        if time.monotonic() - cared > CARE_SECONDS:
            _care(home, queue.STALE_SECONDS)
            _ask_what_is_due(home)
            cared = time.monotonic()
    log.note(home.path, "worker ended: idle, and nobody is left who started it")


def _ask_what_is_due(home: Home) -> None:
    monthly.ask(home, datetime.now(home.settings.time_zone).date())
    if home.settings.mail_host:
        from liaison.jobs import mailed  # heavy, and most homes send none

        mailed.ask(home, datetime.now(UTC))


def _care(home: Home, silent_seconds: float) -> None:
    for job in queue.take_over(home, silent_seconds):
        log.note(home.path, f"job {job.job_id} ({job.kind}) was left by a dead worker, attempt {job.attempts}")
        _tidy(home, job)
    uploads.sweep(
        home, [p for job in queue.jobs(home, limit=500) if not job.over for p in job.arguments.get("paths", [])]
    )


def _supervise(home: Home, job: Job) -> None:
    log.note(home.path, f"job {job.job_id} ({job.kind}) started, attempt {job.attempts}")
    child = _process(home.settings, job.job_id, str(job.attempts), str(os.getpid()))
    beaten = time.monotonic()
    try:
        while not _ended(child):
            if queue.get(home, job.job_id).state is State.cancelling:
                break
            if time.monotonic() - beaten > BEAT_SECONDS:
                queue.beat(home, job)
                beaten = time.monotonic()
    finally:
        _kill(child)
    queue.lost(home, job)  # says nothing where the child said how it ended
    log.note(
        home.path, f"job {job.job_id} ({job.kind}) ended: {queue.get(home, job.job_id).state}, exit {child.returncode}"
    )
    _tidy(home, job)


def _tidy(home: Home, job: Job) -> None:
    """Uploads go with their job, unless it said that another will read them."""
    if queue.get(home, job.job_id).over and not job.arguments.get("keep_uploads"):
        uploads.discard(home, job.arguments.get("paths", []))


def _ended(child: subprocess.Popen[bytes]) -> bool:
    try:
        child.wait(POLL_SECONDS)
    except subprocess.TimeoutExpired:
        return False
    return True


def _kill(child: subprocess.Popen[bytes]) -> None:
    """The child, and whatever it started: it leads a group of its own."""
    if child.poll() is None:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def _process(settings: Settings, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "liaison.jobs", *arguments],
        cwd=ROOT,
        env=environment(settings),
        start_new_session=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,  # its words could quote a row; faults go to the log by id
    )


def _lock(home: Home) -> FileLock:
    (home.path / "worker").mkdir(parents=True, exist_ok=True)
    return FileLock(home.path / "worker" / "lock", is_singleton=False)
