"""People at work: 40 on one process change page within 0.5 s and a filter within 1 s; 100 on two within 1.5 s (p95).

Real sessions over websockets, no browser. Everybody opens a page, then thinks for five seconds on average and goes to
another page (70%) or sets another value in one of the filters. A wait runs from the press to the script's end. No run
may show an error. Behind the two processes there is no proxy: each person stays with one of them, as behind a sticky
one. The figures are wall-clock time, since waiting is what is promised: run it on a machine that does nothing else.
"""

import argparse
import asyncio
import random
import statistics
import time
from collections import defaultdict
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks._market import market
from benchmarks._measure import ROOT, end, line
from benchmarks._server import Server, served
from benchmarks._session import Session

PAGES = ("", "territories", "leakage", "funnel", "practice", "organisations", "data")
FILTERS = ("Territory", "Service line", "Practice type")
TO_ANOTHER_PAGE = 0.7
# people, processes, limits of a page change and of a filter change in seconds
RUNS = ((40, 1, 0.5, 1.0), (100, 2, 1.5, 1.5))


async def person(server: Server, seed: int, until: float, think: float, waits: dict[str, list[float]]) -> list[str]:
    """One tab until the time is up; what went wrong in it."""
    drawn = random.Random(seed)
    await asyncio.sleep(drawn.uniform(0, think))
    async with Session(server.port) as tab:
        await tab.open(drawn.choice(PAGES))
        while time.perf_counter() < until:
            await asyncio.sleep(drawn.uniform(0.5, 1.5) * think)
            fields = [f for f in tab.fields if f.label in FILTERS and not f.off and len(f.options) > 1]
            began = time.perf_counter()
            if not fields or drawn.random() < TO_ANOTHER_PAGE:
                await tab.go(drawn.choice(PAGES))
                waits["page"].append(time.perf_counter() - began)
            else:
                field = drawn.choice(fields)
                await tab.change(field, drawn.choice(field.options))
                waits["filter"].append(time.perf_counter() - began)
        return tab.errors


async def crowd(
    servers: Sequence[Server], people: int, seconds: float, think: float
) -> tuple[dict[str, list[float]], list[str]]:
    """Everybody at once: waits by kind, and every error."""
    waits: dict[str, list[float]] = defaultdict(list)
    for server in servers:  # imports and first paints are not what is promised here
        async with Session(server.port) as tab:
            for page in PAGES:
                await tab.open(page)
    until = time.perf_counter() + seconds
    tabs = [person(servers[i % len(servers)], i, until, think, waits) for i in range(people)]
    errors = [error for found in await asyncio.gather(*tabs) for error in found]
    return waits, errors


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--referrals", type=int, default=10_000_000)
    options.add_argument("--folder", type=Path, help="where markets are kept between runs")
    options.add_argument("--seconds", type=float, default=90)
    options.add_argument("--think", type=float, default=5)
    asked = options.parse_args()
    kept = []
    with TemporaryDirectory(dir=ROOT / "data") as scratch:
        home = market(asked.folder or Path(scratch), asked.referrals)
        for people, processes, page, choice in RUNS:
            with ExitStack() as stack:
                servers = [stack.enter_context(served(home.path)) for _ in range(processes)]
                used = sum(server.cpu() for server in servers)
                waits, errors = asyncio.run(crowd(servers, people, asked.seconds, asked.think))
                used = sum(server.cpu() for server in servers) - used
                size = max(server.megabytes() for server in servers)
            name = f"{people} people, {processes} process{'es' if processes > 1 else ''}"
            kept.append(line(f"{name}: page change, p95", _p95(waits["page"]), page, 1, "s"))
            kept.append(line(f"{name}: filter change, p95", _p95(waits["filter"]), choice, 1, "s"))
            kept.append(not errors)
            told = f"{len(waits['page'])} pages, {len(waits['filter'])} filters, median {_median(waits):.3f} s"
            print(f"{name}: {told}, {used:.1f} CPU s, {size:.0f} MB, {len(errors)} errors {errors[:1]}", flush=True)
    end(kept)


def _p95(waits: Sequence[float]) -> float:
    return statistics.quantiles(waits, n=20)[-1]


def _median(waits: dict[str, list[float]]) -> float:
    return statistics.median([wait for kind in waits.values() for wait in kind])


if __name__ == "__main__":
    main()
