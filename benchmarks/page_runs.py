"""A run of a page: at most 30 ms of the process's CPU where its figures are cached, 150 ms where they are not.

A real server, a real session over its websocket, no browser. A run is cold when nobody has asked for its months before
(a year, as pages open with, ending elsewhere each time); it is a hit when the same address is opened again. The
server's own CPU is read before and after. An empty page of Streamlit's is measured right before and right after each
page, since a machine's speed drifts within minutes: at most 6 and 30 times its cost, which holds on a slow machine too.
"""

import argparse
import asyncio
import statistics
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks._market import market
from benchmarks._measure import ROOT, end, line
from benchmarks._server import EMPTY, Server, served
from benchmarks._session import Session
from liaison.jobs import effected
from liaison.jobs.ranked import bring_up_to_date
from liaison.planning.stored.made import plan_everybody

HIT, COLD = 0.030, 0.150
HIT_TIMES, COLD_TIMES = 6, 30
PAGES: dict[str, tuple[str, dict[str, str]]] = {
    "overview": ("", {}),
    "territories": ("territories", {}),
    "leakage": ("leakage", {}),
    "leakage, lines by destination": ("leakage", {"view": "destination"}),
    "funnel": ("funnel", {}),
    "practices": ("practice", {}),
    "one practice": ("practice", {"practice": "P0016"}),
    "organisations": ("organisations", {}),
    "one organisation": ("organisations", {"organisation": "northgate"}),
    "next visits": ("next-visits", {}),
    "next visits, map": ("next-visits", {"view": "map"}),
    "next visits, alerts": ("next-visits", {"view": "alerts"}),
    "routes": ("routes", {}),
    "log a visit": ("log", {}),
    "how good": ("how-good", {}),
    "barriers": ("barriers", {}),
    "programme effect": ("effect", {}),
    "programme effect, last year": ("effect", {"span": "year"}),
    "executive summary": ("summary", {}),
    "data": ("data", {}),
}
SPANS = [f"{2024 + m // 12}-{m % 12 + 1:02d}_{2025 + (m - 1) // 12}-{(m - 1) % 12 + 1:02d}" for m in range(1, 22)]


async def measure(server: Server, yardstick: Server) -> dict[str, dict[str, list[float]]]:
    """Page -> hit, cold and an empty page's -> CPU seconds of each run."""
    found = {}
    async with Session(server.port) as tab, Session(yardstick.port) as bare:
        for _ in range(5):
            await bare.open("")
        for page, about in PAGES.values():  # imports and first paints are not what is promised here
            await tab.open(page, **about)
        for name, (page, about) in PAGES.items():
            cold, hit = list[float](), list[float]()
            empty = [await empty_run(yardstick, bare)]
            for span in SPANS:
                for runs in (cold, hit):
                    before = server.cpu()
                    await tab.open(page, **about, window=span)
                    runs.append(server.cpu() - before)
            empty.append(await empty_run(yardstick, bare))
            found[name] = {"cold": cold, "hit": hit, "empty": empty}
        if tab.errors:
            raise SystemExit(f"a page failed: {tab.errors[0]}")
    return found


async def empty_run(yardstick: Server, bare: Session, runs: int = 40) -> float:
    """CPU seconds of one run of an empty page."""
    before = yardstick.cpu()
    for _ in range(runs):
        await bare.open("")
    return (yardstick.cpu() - before) / runs


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--referrals", type=int, nargs="+", default=[200_000, 10_000_000])
    options.add_argument("--folder", type=Path, help="where markets are kept between runs")
    asked = options.parse_args()
    kept = []
    with TemporaryDirectory(dir=ROOT / "data") as scratch:
        for referrals in asked.referrals:
            home = market(asked.folder or Path(scratch), referrals)
            bring_up_to_date(home, lambda share, words: None)  # the pages of the plan show a list that is made once
            effected.bring_up_to_date(home, lambda share, words: None)
            plan_everybody(home, actor="benchmark")
            with served(home.path) as server, served(Path(scratch) / "empty", EMPTY) as yardstick:
                found = asyncio.run(measure(server, yardstick))
            kept += [each for name, runs in found.items() for each in told(f"{referrals:,}: {name}", runs)]
            slowest = max(found, key=lambda name: statistics.mean(found[name]["cold"]))
            print(f"{referrals:,}: the slowest page is {slowest}", flush=True)
    end(kept)


def told(name: str, runs: dict[str, list[float]]) -> list[bool]:
    """One page's four lines."""
    hit, cold, yardstick = (statistics.mean(runs[kind]) for kind in ("hit", "cold", "empty"))
    return [
        line(f"{name}, hit", hit, HIT, 1, "s"),
        line(f"{name}, cold", cold, COLD, 1, "s"),
        line(f"{name}, hit, against an empty page", hit, yardstick, HIT_TIMES, "s"),
        line(f"{name}, cold, against an empty page", cold, yardstick, COLD_TIMES, "s"),
    ]


if __name__ == "__main__":
    main()
