"""Visits that are re-drawn at random over practices bring nothing, and no more than 7% of such redraws claim they did.

Over the demo market, files by the front door: 200 times each practice gets the visits of another one, whole histories
at once, so that their rhythm stays and their reasons go. The same market with its own visits: the estimate's interval
holds what the demo says that visits truly brought, practice by practice since the first visit. 7%, since one in twenty
is what a 95% interval allows, and a little more for its being an approximation.
"""

import argparse
import json
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks._measure import end
from liaison.config import Settings
from liaison.demo.build import build
from liaison.facts.home import Home
from liaison.models.effect import effect
from liaison.models.programme import Programme, programme

FALSE = 0.07


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--practices", type=int, default=400)
    options.add_argument("--referrals", type=int, default=100_000)
    options.add_argument("--redraws", type=int, default=200)
    asked = options.parse_args()
    own, caused = market(asked.seed, asked.practices, asked.referrals)
    end([holds(own, caused), claims(own, asked.redraws)])


def market(seed: int, practices: int, referrals: int) -> tuple[Programme, dict[str, float]]:
    """The demo's programme, and practice -> referrals that visits truly brought."""
    with tempfile.TemporaryDirectory() as folder:
        home = Home.open(Settings(home=Path(folder) / "own", store_url=None, facts_url=None))
        truth = Path(folder) / "truth.json"
        build(home, seed=seed, practices=practices, referrals=referrals, truth=truth)
        own = programme(home.live())
        home.close()
        told = json.loads(truth.read_text())["effect"]["practice"]
    return own, {name: float(of["realised"]) for name, of in told.items()}


def holds(own: Programme, caused: dict[str, float]) -> bool:
    """Whether the interval holds what visits brought to the covered practices."""
    of = own.effect()
    incremental = of.interval()[0]
    true = sum(caused.get(name, 0.0) for name in of.covered)
    kept = incremental.low <= true <= incremental.high
    ends = f"{incremental.low:,.0f} to {incremental.high:,.0f}"
    print(f"{of.verdict}: {incremental.value:,.0f} ({ends}), truly {true:,.0f}  {'kept' if kept else 'NOT KEPT'}")
    return kept


def claims(own: Programme, redraws: int) -> bool:
    """The share of redraws that show an effect where there can be none."""
    panel, chance, found = own.panel, np.random.default_rng(0), []
    for _ in range(redraws):
        order = chance.permutation(len(panel))
        moved = replace(panel, visits=panel.visits[order], visit_randomised=panel.visit_randomised[order])
        of = effect(moved, cluster=own.cluster)
        found.append(of.incremental is not None and not of.incremental.covers_zero)
    share = float(np.mean(found))
    words = f"an effect claimed in {sum(found)} of {redraws} redraws"
    print(f"{words:<52} {share:>8.3f}  at most {FALSE:g}  {'kept' if share <= FALSE else 'NOT KEPT'}", flush=True)
    return share <= FALSE


if __name__ == "__main__":
    main()
