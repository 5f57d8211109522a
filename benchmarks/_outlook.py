"""The markets that forecasts and alerts are tried on, and what truly changed in them."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from benchmarks.worlds import Market, World, draw

# Ten referrals a month each, with mild ups and downs: a fall to six is what a liaison would want to be told of.
MILD = World("mild", mean=10, spread=1e-9, dispersion=15, weather=0.12, memory=0.6)
STRONG = World("strong", mean=10, spread=1e-9)
LEFT_OF_TEN = 0.6
CHANGED = 20  # one practice in so many
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Changed:
    """A market in which every twentieth practice changed for real from one month on, `at`; `which` (practice)."""

    market: Market
    which: Flags
    at: int


def really_lost(world: World, seed: int, count: int, months: int) -> Flags:
    """(practice, month): less than without the world's shock or competitor; the same draw without them tells."""
    if not world.shock and not world.competitor:
        return np.zeros((count, months), dtype=bool)
    kept = draw(replace(world, shock=False, competitor=False), seed, count, months).truth.without
    return np.asarray(draw(world, seed, count, months).truth.without < 0.99 * kept)


def changed(world: World, kind: str, seed: int, count: int, months: int) -> Changed:
    """kind: decline (to 60%), lapse, new (nothing before), return (nothing in the nine months before)."""
    which = np.arange(count) % CHANGED == 0
    at = months - 9 if kind in ("new", "return") else months - 12
    factor = np.ones((count, months))
    along = {
        "decline": (slice(at, None), LEFT_OF_TEN),
        "lapse": (slice(at, None), 0.0),
        "new": (slice(0, at), 0.0),
        "return": (slice(at - 9, at), 0.0),
    }
    cut, left = along[kind]
    factor[which, cut] = left
    return Changed(draw(world, seed, count, months, change=factor), which, at)
