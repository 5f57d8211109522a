"""Whom a team visits: a list fixed at the start, and each month a score that sees the past only."""

import numpy as np
import numpy.typing as npt

from benchmarks.worlds.kinds import Chosen, World
from benchmarks.worlds.practices import Numbers, Practices

LIST_MONTHS = 6  # the list is made from that many months: those that it names had a lucky half year, too


def target_list(world: World, of: Practices, seen: Numbers, draw: np.random.Generator) -> npt.NDArray[np.bool_]:
    """(practice): on the list. `seen`: (practice, month) counts before the start; none: by size."""
    count = len(of.inward)
    if world.big_always_visited:
        wish = np.log(of.inward)
    elif seen.shape[1]:
        wish = np.log(seen[:, -LIST_MONTHS:].mean(1) + 0.25) + draw.normal(0, 0.4, count)
    else:
        wish = np.log(of.covariates["size"].to_numpy(dtype=float)) + draw.normal(0, 0.4, count)
    if world.chosen is Chosen.random:
        wish = draw.normal(size=count)
    listed = np.zeros(count, dtype=bool)
    listed[np.argsort(-wish)[: round(world.targets * count)]] = True
    return listed


def score(world: World, seen: Numbers, draw: np.random.Generator) -> Numbers:
    """(practice): how much the team wants to go, before a month, from the counts of the months before."""
    luck = draw.gumbel(size=len(seen))
    if world.chosen in (Chosen.random, Chosen.listed) or seen.shape[1] == 0:
        return luck
    level = np.log(seen[:, -6:].mean(1) + 0.25)
    if world.chosen is Chosen.level:
        return np.asarray(1.2 * level + luck)
    change = np.log((seen[:, -3:].mean(1) + 0.5) / (seen[:, -12:].mean(1) + 0.5))
    toward = -1.0 if world.chosen is Chosen.decline else 1.0
    return np.asarray(0.4 * level + 2.5 * toward * change + luck)


def slots(world: World, count: int, listed: npt.NDArray[np.bool_], draw: np.random.Generator) -> tuple[int, int]:
    """How many visits a month on the list and beside it."""
    planned = world.visits * count
    on_list = min(round(planned * (1 - world.others)), int(listed.sum()))
    return on_list, int(draw.binomial(count, min(planned * world.others / count, 1.0)))


def visited_in(
    wish: Numbers, listed: npt.NDArray[np.bool_], on_list: int, beside: int, resting: npt.NDArray[np.bool_]
) -> npt.NDArray[np.bool_]:
    """(practice): visited this month, the wished for first; nobody the month after a visit."""
    chosen = np.zeros(len(wish), dtype=bool)
    for part, many in ((listed, on_list), (~listed, beside)):
        open_to = np.flatnonzero(part & ~resting)
        chosen[open_to[np.argsort(-wish[open_to], kind="stable")[:many]]] = True
    return chosen
