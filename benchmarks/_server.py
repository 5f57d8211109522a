"""Servers that benchmarks ask: the app as its README starts it, and an empty page beside it as the yardstick."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks._measure import ROOT

APP, EMPTY = "app.py", "benchmarks/_empty_page.py"


@dataclass(frozen=True)
class Server:
    """One started process."""

    port: int
    process: psutil.Process

    def cpu(self) -> float:
        """CPU seconds of the process so far, user and system."""
        times = self.process.cpu_times()
        return float(times.user + times.system)

    def megabytes(self) -> float:
        """Its resident size now."""
        return float(self.process.memory_info().rss) / 2**20


@contextmanager
def served(home: Path, script: str = APP) -> Iterator[Server]:
    """A Streamlit process of `script` on a free port, over this home."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = int(found.getsockname()[1])
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port)]
    told = {**os.environ, "LIAISON_HOME": str(home.resolve())}
    child = subprocess.Popen(command, cwd=ROOT, env=told, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(port)
        yield Server(port, psutil.Process(child.pid))
    finally:
        child.terminate()
        child.wait(30)


def _wait(port: int) -> None:
    for _ in range(600):
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("the server did not start within a minute")
