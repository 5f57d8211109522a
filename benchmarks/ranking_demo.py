"""Whom to see next, from the team's own store: on the demo market, whose truth is known, beside what others go by.

Files go in by the front door, the list comes out of the job that makes it; nothing of the truth is read on the way.
Share of what the best 25 practices would bring that the list's first 25 bring: at least 0.80 on the mean of the seeds,
and on that mean not below the year's volume. The best list knows every practice's own answer to a visit; nobody can.
The demo market was made by the same people as the list: it shows that the way through the store loses nothing, and
proves no more than that. Guards are left aside: whom one may not visit is another question.
"""

import argparse
import json
import tempfile
from pathlib import Path

import numpy as np

from benchmarks._measure import end
from liaison.config import Settings
from liaison.demo.build import build
from liaison.facts.home import Home
from liaison.jobs.ranked import bring_up_to_date
from liaison.models.market import market
from liaison.models.ranking.beside import captured, plain_lists
from liaison.models.stored import newest
from liaison.store import reading

LEAST = 0.80
LISTS = ("ranking", "volume", "overdue", "outside", "random")
WORDS = {"volume": "biggest first", "overdue": "most overdue", "outside": "most leakage"}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seeds", type=int, default=4)
    options.add_argument("--practices", type=int, default=400)
    options.add_argument("--referrals", type=int, default=200_000)
    options.add_argument("--top", type=int, default=25)
    asked = options.parse_args()
    print(f"share of the best list's value, top {asked.top} of {asked.practices:,}; the best list brings 1")
    print(f"{'':<12}" + "".join(f"{WORDS.get(name, name):>15}" for name in LISTS))
    found = [shares(seed, asked.practices, asked.referrals, asked.top) for seed in range(1, asked.seeds + 1)]
    mean = {name: float(np.mean([of[name] for of in found])) for name in LISTS}
    show("mean", mean)
    kept = [mean["ranking"] >= LEAST, mean["ranking"] >= mean["volume"]]
    print(f"mean at least {LEAST:g}: {'kept' if kept[0] else 'NOT KEPT'}")
    print(f"mean not below biggest first: {'kept' if kept[1] else 'NOT KEPT'}")
    end(kept)


def shares(seed: int, practices: int, referrals: int, top: int) -> dict[str, float]:
    """Builds one market in a home of its own, ranks it, and holds the lists against the truth."""
    with tempfile.TemporaryDirectory() as folder:
        home = Home.open(Settings(home=Path(folder) / "own", store_url=None, facts_url=None))
        truth = Path(folder) / "truth.json"
        build(home, seed=seed, practices=practices, referrals=referrals, truth=truth)
        bring_up_to_date(home, lambda share, words: None, looks_back=False)
        panel = market(home.live()).panel
        with reading(home.store) as connection:
            stored = newest(connection)
        home.close()
        gains = {row["practice_id"]: row["gain"] for row in json.loads(truth.read_text())["next_visit"]}
    if stored is None:
        raise SystemExit("No list was made.")
    extra = np.array([gains[practice] for practice in panel.practices])
    ours = np.array([stored.by_practice[practice].gain for practice in panel.practices])
    scores = {"ranking": ours, **plain_lists(panel, seed)}
    found = {name: captured(scores[name], extra, top) for name in LISTS}
    show(f"seed {seed}", found)
    return found


def show(what: str, found: dict[str, float]) -> None:
    print(f"{what:<12}" + "".join(f"{found[name]:>15.3f}" for name in LISTS), flush=True)


if __name__ == "__main__":
    main()
