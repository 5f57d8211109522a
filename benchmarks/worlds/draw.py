"""One market drawn from a world: the panel that a team would see, and beside it the truth."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from benchmarks.worlds.effect import REACH, dose, extra
from benchmarks.worlds.kinds import World
from benchmarks.worlds.practices import Numbers, Practices, practices
from benchmarks.worlds.rates import rates
from benchmarks.worlds.visits import score, slots, target_list, visited_in
from liaison.models.panel import Panel

FIRST_MONTH = 2023 * 12  # January


@dataclass(frozen=True)
class Truth:
    """What nobody sees: (practice, month) rates `without` any visit and `with_visits` as made, visits as made
    (a late log misses the first), and (practice) the `extra` referrals of one more visit in the month after the last.
    """

    without: Numbers
    with_visits: Numbers
    visits: Numbers
    lift: Numbers
    extra: Numbers


@dataclass(frozen=True)
class Market:
    """A panel with its truth."""

    panel: Panel
    truth: Truth


def draw(
    world: World,
    seed: int,
    count: int = 300,
    months: int = 36,
    effect: bool = True,
    random_slots: float = 0.0,
    change: Numbers | None = None,
) -> Market:
    """A market of so many practices and months; same arguments, same market.

    `effect` False: visits do nothing. `random_slots`: share of each month's visits that is drawn among all practices.
    `change`: (practice, month) factors on what comes in, as from a practice that falls away.
    """
    chance = np.random.default_rng([seed, *world.name.encode()])
    of = practices(world, count, chance)
    if not effect:
        of = replace(of, lift=np.zeros(count))
    inward, outward = rates(world, of, months, REACH + 1, chance)
    if change is not None:
        inward[:, :months] *= change
        inward[:, months:] *= change[:, -1:]
    counts, visits, randomised = _live(world, of, inward[:, :months], random_slots, chance)
    gone = _counts(outward[:, :months], world.dispersion, chance)
    felt = np.stack([dose(visits, month) for month in range(months)], axis=1)
    logged = visits * (np.arange(months) >= world.logged_from)
    panel = Panel(
        practices=tuple(of.covariates.index),
        months=tuple(range(FIRST_MONTH, FIRST_MONTH + months)),
        referrals_in=counts,
        referrals_out=np.full_like(gone, np.nan) if world.received_only else gone,
        visits=logged,
        visit_randomised=randomised * (logged > 0),
        covariates=of.covariates,
    )
    without = inward[:, :months]
    seen = without * (1 + of.lift[:, None] * felt)
    return Market(panel, Truth(without, seen, visits, of.lift, extra(inward, of.lift, visits, months)))


def _live(
    world: World, of: Practices, without: Numbers, random_slots: float, chance: np.random.Generator
) -> tuple[Numbers, Numbers, Numbers]:
    """Month by month: the team chooses from what it saw, then the month's referrals come. Counts, visits, drawn."""
    count, months = without.shape
    counts, visits, drawn = np.zeros((count, months)), np.zeros((count, months)), np.zeros((count, months))
    listed = np.zeros(count, dtype=bool)
    for month in range(months):
        if month == world.start:
            listed = target_list(world, of, counts[:, :month], chance)
        if month >= world.start:
            on_list, beside = slots(world, count, listed, chance)
            picked = _drawn(count, random_slots * (on_list + beside), chance)
            left = 1 - random_slots
            resting = (visits[:, month - 1] > 0) if month else np.zeros(count, dtype=bool)
            wish = score(world, counts[:, :month], chance)
            chosen = visited_in(wish, listed, round(on_list * left), round(beside * left), resting)
            visits[:, month], drawn[:, month] = chosen | picked, picked
        rate = without[:, month] * (1 + of.lift * dose(visits, month))
        counts[:, month] = _counts(rate, world.dispersion, chance)
    return counts, visits, drawn


def _drawn(count: int, expected: float, chance: np.random.Generator) -> npt.NDArray[np.bool_]:
    picked = np.zeros(count, dtype=bool)
    picked[chance.permutation(count)[: chance.poisson(expected) if expected else 0]] = True
    return picked


def _counts(rate: Numbers, k: float, chance: np.random.Generator) -> Numbers:
    return chance.poisson(rate * chance.gamma(k, 1 / k, rate.shape)).astype(float)
