"""The kinds of market: what each does differently from the plain one."""

from dataclasses import dataclass
from enum import StrEnum


class Chosen(StrEnum):
    """What the team looks at when it chooses whom to visit next; it sees the past only."""

    random = "random"
    level = "level"
    decline = "decline"
    growth = "growth"
    listed = "listed"  # the list was made from what it saw; whom of it to see next is chance


@dataclass(frozen=True)
class World:
    """A kind of market. Rates are a month, shares of 1, months count from the panel's first (0)."""

    name: str
    mean: float = 6.5  # referrals that come in, a practice and month
    spread: float = 0.75  # sd of the log of that between practices
    dispersion: float = 6.0  # k of the negative binomial: variance = mean + mean^2 / k
    weather: float = 0.22  # sd of a month's push on the log rate's own ups and downs
    memory: float = 0.75  # what is left of a push a month later
    trend: float = 0.08  # sd of a practice's own yearly growth
    growth: float = 0.05  # of the market, a year
    chosen: Chosen = Chosen.level
    start: int = 12  # first month with visits
    logged_from: int = 0  # first month whose visits are in the log
    targets: float = 0.4  # share of practices on the target list
    others: float = 0.15  # share of visits outside of the list
    visits: float = 0.09  # share of practices visited a month
    low_lift: float = 0.10  # lift of a practice that responds least ...
    high_lift: float = 0.18  # ... and most, at the peak of one visit
    outside: float = 0.35  # mean share of referrals that goes elsewhere
    loyalty: float = 0.3  # how much smaller that share is, in log odds, where practices are one sd bigger
    shock: bool = False  # one region loses a quarter from month 20
    competitor: bool = False  # near one place a third goes over to a competitor from month 18
    loyal_do_not_respond: bool = False
    big_always_visited: bool = False
    received_only: bool = False  # what goes elsewhere is not seen


PLAIN = World("level")
WORLDS = (
    World("random", chosen=Chosen.random),
    PLAIN,
    World("decline", chosen=Chosen.decline),
    World("growth", chosen=Chosen.growth),
    World("region shock", shock=True),
    World("competitor", competitor=True, chosen=Chosen.decline),
    World("shrinking market", growth=-0.20),
    World("few", targets=20 / 300, others=0.0, visits=20 / 300 / 3),
    World("many", targets=0.8, visits=0.20),
    World("zeros", mean=0.4),
    World("ongoing", start=0),
    World("loyal", loyal_do_not_respond=True),
    World("mature", start=1, big_always_visited=True, targets=0.35, others=0.05),
    World("late log", start=0, logged_from=12),
)
RECEIVED_ONLY = World("received only", received_only=True)
BY_NAME = {world.name: world for world in (*WORLDS, RECEIVED_ONLY)}
