"""A run of a page: at most 30 ms of the process's CPU where its figures are cached, 150 ms where they are not.

A real server, a real session over its websocket, no browser. A run is cold when nobody has asked for its months before
(a year, as pages open with, ending elsewhere each time); it is a hit when the same address is opened again. The
server's own CPU is read before and after.
"""

import argparse
import asyncio
import os
import socket
import statistics
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

from benchmarks._market import market
from benchmarks._measure import ROOT, end, line
from benchmarks._session import Session

HIT, COLD = 0.030, 0.150
PAGES = {"overview": "", "leakage": "leakage", "data": "data"}
SPANS = [f"{2024 + m // 12}-{m % 12 + 1:02d}_{2025 + (m - 1) // 12}-{(m - 1) % 12 + 1:02d}" for m in range(1, 22)]


def start(home: Path) -> tuple["subprocess.Popen[bytes]", int]:
    """The app as the README starts it, on a free port."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = int(found.getsockname()[1])
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    told = {**os.environ, "LIAISON_HOME": str(home.resolve())}
    server = subprocess.Popen(command, cwd=ROOT, env=told, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(600):
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return server, port
        time.sleep(0.1)
    raise SystemExit("the app did not start within a minute")


async def measure(pid: int, port: int) -> dict[str, dict[str, list[float]]]:
    """Page -> hit and cold -> CPU seconds of each run."""
    process, found = psutil.Process(pid), {}

    def used() -> float:
        times = process.cpu_times()
        return float(times.user + times.system)

    async with Session(port) as tab:
        for page in PAGES.values():  # imports and first paints are not what is promised here
            await tab.open(page)
        for name, page in PAGES.items():
            cold, hit = list[float](), list[float]()
            for span in SPANS:
                for runs in (cold, hit):
                    before = used()
                    await tab.open(page, window=span)
                    runs.append(used() - before)
            found[name] = {"cold": cold, "hit": hit}
        if tab.errors:
            raise SystemExit(f"a page failed: {tab.errors[0]}")
    return found


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--referrals", type=int, nargs="+", default=[200_000, 10_000_000])
    options.add_argument("--folder", type=Path, help="where markets are kept between runs")
    asked = options.parse_args()
    kept = []
    with TemporaryDirectory(dir=ROOT / "data") as scratch:
        for referrals in asked.referrals:
            home = market(asked.folder or Path(scratch), referrals)
            server, port = start(home.path)
            try:
                found = asyncio.run(measure(server.pid, port))
            finally:
                server.terminate()
            for name, runs in found.items():
                for kind, limit in (("hit", HIT), ("cold", COLD)):
                    kept.append(line(f"{referrals:,}: {name}, {kind}", statistics.mean(runs[kind]), limit, 1, "s"))
    end(kept)


if __name__ == "__main__":
    main()
