"""What practices would send in each month if nobody visited: season, market, own trends, weather, shocks."""

import numpy as np

from benchmarks.worlds.kinds import World
from benchmarks.worlds.practices import Numbers, Practices

SEASON = np.array([0.02, -0.04, 0.05, 0.03, 0.02, -0.01, -0.09, -0.07, 0.04, 0.07, 0.0, -0.06])
SHOCK_FROM, COMPETITOR_FROM = 20, 18
SHOCK, LOST = 0.75, 0.67  # what is left


def rates(world: World, of: Practices, months: int, ahead: int, draw: np.random.Generator) -> tuple[Numbers, Numbers]:
    """(practice, months + ahead) rates that come in and that go elsewhere.

    Those of the months ahead are what is expected of them in the last month: the weather there is its mean, given
    the last month's, so that nobody, the oracle included, knows the luck of the future.
    """
    count, every = len(of.inward), months + ahead
    month = np.arange(every)
    market = np.log1p(world.growth) * month / 12 + SEASON[month % 12]
    own = draw.normal(0, world.trend, count)[:, None] * (month - months / 2) / 12
    common = market + own + _weather(world, count, months, ahead, draw)
    inward, outward = np.log(of.inward)[:, None] + common, np.log(of.outward)[:, None] + common
    if world.shock:
        hit = of.region == draw.integers(of.region.max() + 1)
        inward[hit, SHOCK_FROM:] += np.log(SHOCK)
    if world.competitor:
        lost = _near_somewhere(of, draw)[:, None] & (month >= COMPETITOR_FROM)
        moved = np.exp(inward) * (1 - LOST)
        outward = np.where(lost, np.log(np.exp(outward) + moved), outward)
        inward = np.where(lost, inward + np.log(LOST), inward)
    return np.exp(inward), np.exp(outward)


def _weather(world: World, count: int, months: int, ahead: int, draw: np.random.Generator) -> Numbers:
    """AR(1) on the log scale, of mean 1 on the rate's; in the months ahead its expectation."""
    held = np.empty((count, months + ahead))
    long_run = world.weather**2 / (1 - world.memory**2)  # variance
    held[:, 0] = now = draw.normal(0, np.sqrt(long_run), count)
    for month in range(1, months):
        held[:, month] = now = world.memory * now + draw.normal(0, world.weather, count)
    held[:, :months] -= long_run / 2
    for step in range(1, ahead + 1):
        faded = world.memory**step
        # Mean of a lognormal whose variance has not yet grown to that of the long run.
        held[:, months + step - 1] = faded * now - long_run * faded**2 / 2
    return held


def _near_somewhere(of: Practices, draw: np.random.Generator) -> np.ndarray:
    """The quarter of practices nearest to where the competitor opens."""
    away = np.hypot(*(of.place - of.place[draw.integers(len(of.place))]).T)
    return np.asarray(away <= np.quantile(away, 0.25))
