"""The data of a page: 50 ms at the median, 150 ms at the 95th percentile, at 100 thousand and at 10 million alike.

What a page asks is asked here as it asks it, without a cache, over every territory, line and window in turn. The rows
that the rollups hold, and so the rows a page can read at most, are printed beside.
"""

import argparse
import itertools
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import func, select

from benchmarks._market import INSIDE, market
from benchmarks._measure import end, line
from liaison.access import owner
from liaison.facts.live import Live
from liaison.facts.rollups import ROLLUPS
from liaison.metrics.filters import Filters
from liaison.metrics.funnel import funnel
from liaison.metrics.leakage import leakage

WINDOWS = (("2025-11", "2026-10"), ("2026-05", "2026-10"), (None, None))
MEDIAN, WORST = 0.050, 0.150


def questions(live: Live, filters: Filters) -> dict[str, Callable[[], object]]:
    """Page by page, the figures that its first picture needs."""
    viewer = owner()
    return {
        "leakage: heat map": lambda: leakage(live, viewer, INSIDE, filters, ("practice_group", "service_line")),
        "leakage: destinations": lambda: leakage(live, viewer, INSIDE, filters, "organisation"),
        "leakage: practices": lambda: leakage(live, viewer, INSIDE, filters, "practice"),
        "overview: by month": lambda: leakage(live, viewer, INSIDE, filters, "month"),
        "funnel": lambda: funnel(live, viewer, INSIDE, filters),
    }


def times(live: Live) -> dict[str, list[float]]:
    """Question -> wall-clock seconds of each asking."""
    labels = live.manifest.labels
    lines = [None, *labels.loc[labels["kind"] == "service_line", "id"].head(6)]
    territories = [None, *labels.loc[labels["kind"] == "territory", "id"].head(3)]
    found: dict[str, list[float]] = {}
    for (first, last), line_, territory in itertools.product(WINDOWS, lines, territories):
        asked = Filters(first=first, last=last, service_line=line_, territory=territory)
        for name, question in questions(live, asked).items():
            began = time.perf_counter()
            question()
            found.setdefault(name, []).append(time.perf_counter() - began)
    return found


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--referrals", type=int, nargs="+", default=[100_000, 10_000_000])
    options.add_argument("--folder", type=Path, help="where markets are kept between runs")
    asked = options.parse_args()
    kept = []
    with TemporaryDirectory(dir=Path.cwd() / "data") as scratch:
        for referrals in asked.referrals:
            live = market(asked.folder or Path(scratch), referrals).live()
            rows = {
                t.name: int(live.frame(select(func.count().label("n")).select_from(t))["n"].iloc[0]) for t in ROLLUPS
            }
            print(f"{referrals:,} referrals: rows in the rollups {rows}", file=sys.stderr)
            for name, seconds in times(live).items():
                cut = statistics.quantiles(seconds, n=20)
                kept.append(line(f"{referrals:,}: {name}, median", statistics.median(seconds), MEDIAN, 1, "s"))
                kept.append(line(f"{referrals:,}: {name}, 95th percentile", cut[-1], WORST, 1, "s"))
    end(kept)


if __name__ == "__main__":
    main()
