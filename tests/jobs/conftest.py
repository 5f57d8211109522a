"""Homes on both databases, and work that lasts as long as a test wants it to."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from liaison.config import Settings
from liaison.facts.home import Home
from liaison.facts.writer import one_writer
from liaison.jobs import worker


@pytest.fixture(params=["sqlite", "postgresql"])
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Home]:
    url = None
    if request.param == "postgresql":
        fresh: Callable[[], str] = request.getfixturevalue("fresh_postgres")
        url = fresh()
    opened = Home.open(Settings(home=tmp_path / "own", store_url=url))
    yield opened
    opened.close()


@pytest.fixture
def worked(home: Home) -> Iterator[Home]:
    """The same home; its worker is ended after the test."""
    yield home
    started = worker._started.pop(str(home.path.resolve()), None)
    if started:
        for process in [*_children(started.pid), psutil.Process(started.pid)]:
            process.kill()
        started.wait(10)


@contextmanager
def held(home: Home) -> Iterator[None]:
    """While this test is the home's writer, a recount waits: it lasts until the test lets go."""
    with one_writer(home, "a test"):
        yield


def wait_for(what: Callable[[], object], seconds: float = 30.0) -> None:
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.05)


def worker_process(home: Home) -> psutil.Process:
    """The living worker that this test's process started."""
    return psutil.Process(worker._started[str(home.path.resolve())].pid)


def child_process(home: Home) -> psutil.Process:
    """The child that does the job, once it is there."""
    wait_for(lambda: _children(worker_process(home).pid))
    return _children(worker_process(home).pid)[0]


def _children(pid: int) -> list[psutil.Process]:
    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []
