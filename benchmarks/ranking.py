"""Whom to see next: the list brings at least 0.86 of what the best possible list would, on average of the worlds.

The worlds are those of `benchmarks.worlds`, whose truth is known; the best possible list knows it. With 300 practices
and the top 25: mean at least 0.86, worst world at least 0.62, on average five points above the year's volume, and in
no world more than three below it. With 1,000 practices: mean at least 0.76. Where visits do nothing, intervals cover
zero in at least 90% of panels. Where what goes elsewhere is not seen: at least 0.75. The same panel gives the same
list. `benchmarks.yardstick` holds first: in a kind world any list is good.
"""

import argparse
from collections.abc import Mapping, Sequence

import numpy as np

from benchmarks._measure import end
from benchmarks.worlds import BY_NAME, RECEIVED_ONLY, WORLDS, Market, World, draw
from liaison.models.ranking import Ranking, rank
from liaison.models.ranking.beside import captured, plain_lists

MEAN, WORST, ABOVE, BELOW, NULL, RECEIVED = 0.86, 0.62, 0.05, 0.03, 0.90, 0.75
MEAN_OF_1000 = 0.76
LISTS = ("ranking", "volume", "overdue", "outside", "random")
Shares = dict[str, list[float]]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seeds", type=int, default=20)
    options.add_argument("--first-seed", type=int, default=0)
    options.add_argument("--practices", type=int, default=300)
    options.add_argument("--top", type=int, default=25)
    options.add_argument("--large", type=int, default=1000, help="practices of the large markets; 0 leaves them out")
    options.add_argument("--large-seeds", type=int, default=4)
    options.add_argument("--worlds", nargs="*", choices=list(BY_NAME), default=[world.name for world in WORLDS])
    asked = options.parse_args()
    worlds = [BY_NAME[name] for name in asked.worlds]
    seeds = range(asked.first_seed, asked.first_seed + asked.seeds)
    table = {world.name: shares(world, seeds, asked.practices, asked.top) for world in (*worlds, RECEIVED_ONLY)}
    show(table, asked.practices, asked.top)
    kept = judge({world.name: table[world.name] for world in worlds})
    received = float(np.mean(table[RECEIVED_ONLY.name]["ranking"]))
    kept.append(at_least("outside not seen", received, RECEIVED))
    covered = [covers_zero(world, seed, asked.practices) for world in worlds for seed in seeds]
    kept.append(at_least("panels without effect whose intervals cover zero", float(np.mean(covered)), NULL))
    kept.append(at_least("same panel, same list", float(repeats(worlds[0], asked.practices)), 1))
    if asked.large:
        large = {w.name: shares(w, range(asked.large_seeds), asked.large, asked.top) for w in worlds}
        show(large, asked.large, asked.top)
        of_all = float(np.mean([np.mean(of["ranking"]) for of in large.values()]))
        kept.append(at_least(f"mean share at {asked.large:,} practices", of_all, MEAN_OF_1000))
    end(kept)


def shares(world: World, seeds: Sequence[int], practices: int, top: int) -> Shares:
    """Share of the best list's value by list, seed by seed."""
    found: Shares = {name: [] for name in LISTS}
    for seed in seeds:
        market = draw(world, seed, practices)
        scores = {"ranking": rank(market.panel).fitted.gain, **plain_lists(market.panel, seed)}
        for name, score in scores.items():
            found[name].append(captured(score, market.truth.extra, top))
    return found


def show(table: Mapping[str, Shares], practices: int, top: int) -> None:
    """Means by world, and the mean and worst of those worlds that are judged."""
    print(f"share of the best list's value, top {top} of {practices:,}")
    print(f"{'':<18}" + "".join(f"{name:>9}" for name in LISTS))
    for world, found in table.items():
        print(f"{world:<18}" + "".join(f"{np.mean(found[name]):>9.3f}" for name in LISTS), flush=True)
    judged = [found for world, found in table.items() if world != RECEIVED_ONLY.name]
    for word, pick in (("mean", np.mean), ("worst", np.min)):
        means = {name: [float(np.mean(found[name])) for found in judged] for name in LISTS}
        print(f"{word:<18}" + "".join(f"{float(pick(means[name])):>9.3f}" for name in LISTS), flush=True)


def judge(table: Mapping[str, Shares]) -> list[bool]:
    """The promises about the worlds together."""
    ours = {world: float(np.mean(found["ranking"])) for world, found in table.items()}
    volume = {world: float(np.mean(found["volume"])) for world, found in table.items()}
    ahead = {world: ours[world] - volume[world] for world in table}
    return [
        at_least("mean share", float(np.mean(list(ours.values()))), MEAN),
        at_least(f"worst world's share ({min(ours, key=ours.__getitem__)})", min(ours.values()), WORST),
        at_least("above volume on average", float(np.mean(list(ahead.values()))), ABOVE),
        at_least(f"above volume at least ({min(ahead, key=ahead.__getitem__)})", min(ahead.values()), -BELOW),
    ]


def covers_zero(world: World, seed: int, practices: int) -> bool:
    """Whether every gain's interval covers zero where visits did nothing."""
    ranked = rank(draw(world, seed, practices, effect=False).panel)
    return all(row.low <= 0 <= row.high for row in ranked.rows)


def repeats(world: World, practices: int) -> bool:
    """Whether two fits of one panel give the same rows to the last digit."""

    def ranked(market: Market) -> Ranking:
        return rank(market.panel)

    return ranked(draw(world, 1, practices)).rows == ranked(draw(world, 1, practices)).rows


def at_least(what: str, measured: float, limit: float) -> bool:
    """Print a promise that is kept from its limit upwards."""
    kept = measured >= limit
    print(f"{what:<52} {measured:>8.3f}  at least {limit:g}  {'kept' if kept else 'NOT KEPT'}", flush=True)
    return kept


if __name__ == "__main__":
    main()
