"""Territories of 400 practices and six liaisons are drawn in under 5 seconds, fair within 5% and of a piece.

Over demo markets of three metros: CPU seconds of drawing (reading the market apart and shown), the largest distance of
a liaison's work from what is due, pieces that do not hang together: none. Beside it today's assignment and k-means
weighted by visits (scikit-learn; areas go to the nearest centre, centres to the liaisons who keep most): driving on the
way out and home, and practices that change hands. Driving is at most 1.05 x today's, which is not fair, and hand-overs
at most half of what k-means makes, which is neither fair nor knows whose a practice is.
"""

import argparse
import time
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from scipy.optimize import linear_sum_assignment
from sklearn.cluster import KMeans

from benchmarks._measure import end, line
from liaison.config import Settings
from liaison.demo.build import build
from liaison.facts.home import Home
from liaison.planning.territories.areas import DrawnFrom
from liaison.planning.territories.asked import asked
from liaison.planning.territories.design import draw
from liaison.planning.territories.market import Market, Whole
from liaison.planning.territories.weigh import Weighed, of_practices, weighed, weighed_by_practice

METROS = ("asheville", "chattanooga", "knoxville")
SECONDS, FAIR, DRIVING, HAND_OVERS = 5.0, 0.05, 1.05, 0.5
DAY = date(2026, 12, 1)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--practices", type=int, default=400)
    options.add_argument("--metros", nargs="*", default=METROS)
    options.add_argument("--seeds", type=int, default=1)
    told = options.parse_args()
    kept: list[bool] = []
    for metro in told.metros:
        for seed in range(1, told.seeds + 1):
            kept += one(metro, seed, told.practices)
    end(kept)


def one(metro: str, seed: int, practices: int) -> list[bool]:
    """A market, its table, its promises."""
    with TemporaryDirectory() as folder:
        home = Home.open(Settings(home=Path(folder)))
        build(home, seed=seed, practices=practices, referrals=2_000, metro=metro)
        began = time.process_time()
        market = asked(home, DAY, DrawnFrom.zip).market
        read = time.process_time() - began
        home.close()
    market.work  # noqa: B018  sums that every drawing shares
    began = time.process_time()
    drawn = draw(market)
    seconds = time.process_time() - began
    means = k_means(market, seed)
    rows = {
        "today": weighed_by_practice(market, market.today),
        "k-means": weighed(market, means),
        "drawn": weighed(market, drawn.of),
    }
    size = f"{practices} practices x {len(market.people)}, {len(market.areas)} ZIPs"
    print(f"\n{metro} {seed}: {size}, read in {read:.1f} s")
    print(f"{'':<10}{'off by':>9}{'out and home, h':>18}{'all work, h':>14}{'change hands':>15}{'apart':>8}")
    for name, found in rows.items():
        print(
            f"{name:<10}{found.unfair:>9.1%}{found.travel / 60:>18.0f}{work_of(found) / 60:>14.0f}"
            f"{found.handed_over:>15}{pieces_of(found):>8}"
        )
    ours = rows["drawn"]
    return [
        line("CPU seconds of drawing, beside the limit", seconds, SECONDS, 1.0, "s"),
        line("largest distance of work from what is due", ours.unfair, FAIR, 1.0, ""),
        line("pieces that lie apart, beside one", pieces_of(ours), 1, 0.0, ""),
        line("driving out and home beside today's", ours.travel / 60, rows["today"].travel / 60, DRIVING, "h"),
        line("hand-overs beside those of k-means", ours.handed_over, rows["k-means"].handed_over, HAND_OVERS, ""),
    ]


def k_means(market: Market, seed: int) -> Whole:
    """[area]: whose it would be: nearest of the centres of visits; each centre is theirs who keep most by it."""
    narrow = np.cos(np.radians(np.mean([need.lat for need in market.needs])))
    spots = np.array([(need.lat, need.lon * narrow) for need in market.needs])
    areas = np.array([(area.lat, area.lon * narrow) for area in market.areas])
    found = KMeans(len(market.people), n_init=10, random_state=seed).fit(spots, sample_weight=market.visits)
    cluster = found.predict(areas)
    whose = of_practices(market, cluster)
    keeps = np.array([[((whose == c) & (market.today == p)).sum() for p in range(len(market.people))]
                      for c in range(len(market.people))])  # fmt: skip
    _, person = linear_sum_assignment(-keeps)
    matched: Whole = np.asarray(person)[cluster]
    return matched


def work_of(found: Weighed) -> float:
    return sum(part.work for part in found.parts)


def pieces_of(found: Weighed) -> int:
    return sum(len(rest) for rest in found.apart.values())


if __name__ == "__main__":
    main()
