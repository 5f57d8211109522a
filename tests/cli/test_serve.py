"""`serve`: the app and its worker for this machine, with headers that keep everything on it."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPResponse
from pathlib import Path

import pytest

from liaison.config import Settings
from liaison.facts.home import Home
from liaison.jobs import queue, worker
from liaison.jobs.environment import ROOT
from tests.cli.conftest import Run


@contextmanager
def served(home: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "liaison", "serve", "--port", str(port)],
        cwd=ROOT,
        env={**os.environ, "LIAISON_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until = time.monotonic() + 60
        while not _listens(port):
            assert process.poll() is None, "the server ended by itself"
            assert time.monotonic() < until
            time.sleep(0.2)
        yield process
    finally:
        process.terminate()
        process.wait(20)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def get(port: int, path: str) -> HTTPResponse:
    answer: HTTPResponse = urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30)
    return answer


def test_serve_runs_the_app_and_a_worker_until_it_is_stopped(own: Path, run: Run) -> None:
    port = free_port()
    with served(own, port):
        health = get(port, "/health")
        assert json.loads(health.read()) == {"ok": True, "worker": True}

        page = get(port, "/")
        assert page.status == 200
        policy = page.headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "http" not in policy
        assert page.headers["x-content-type-options"] == "nosniff"
        assert page.headers["x-frame-options"] == "DENY"
        assert page.headers["server"] is None

        # A file that was built for one person is kept by nobody, also where it is not found.
        with pytest.raises(urllib.error.HTTPError) as missing:
            get(port, "/media/anything.csv")
        assert missing.value.headers["cache-control"] == "no-store"
        with pytest.raises(urllib.error.HTTPError) as nobody:
            get(port, "/calendar/nobody.ics")
        assert (nobody.value.code, nobody.value.read()) == (404, b"Not found")

        taken = run("serve", "--port", str(port), "--json")
        assert taken.code == 1
        assert f"--port {port + 1}" in taken.json["error"]["remedy"]

        home = Home.open(Settings(home=own))
        job_id = queue.enqueue(home, "recount", {})
        _wait(lambda: queue.get(home, job_id).state is queue.State.done)
    _wait(lambda: not worker.alive(home))  # idle, and who started it is gone
    home.close()


def _wait(what: Callable[[], object], seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.1)
