"""Practices under three referrals a month, watched together: one of them alone cannot be told from chance."""

from dataclasses import dataclass

import numpy as np

from liaison.models.outlook.rates import Array, at_most, relative_variance
from liaison.models.outlook.signs import small
from liaison.models.outlook.yardstick import WINDOW, Flags, Measured, Pool

LEAST_MEMBERS = 2


@dataclass(frozen=True)
class Group:
    """`members` (practice): who is in it; `seen`, `expected`: referrals of the last three months together;
    `relative`: variance beyond chance; `usual`: a month; `chance`: of as few as these;
    `market`: the others' last three months against their history; `silent`: how many of those that sent in the year
    before sent nothing in the last three months.
    """

    members: Flags
    seen: float
    expected: float
    usual: float
    relative: float
    market: float
    chance: float
    silent: int


def group(counts: Array, found: Measured, shared: Pool) -> Group | None:
    """None where fewer than two are small, or where the others sent less: then there is no market to compare with."""
    members = small(found)
    base = counts[members, :-WINDOW].sum(axis=0)
    around = counts[~members].sum(axis=0)
    if members.sum() < LEAST_MEMBERS or not base.sum() or around.sum() < counts[members].sum() or not around.all():
        return None
    path = around / around[:-WINDOW].mean()
    rate = base.sum() / path[: len(base)].sum()
    expected = rate * float(path[-WINDOW:].sum())
    seen = counts[members, -WINDOW:].sum(axis=1)
    relative = _relative(base, path, found.expected[members], shared.scatter) + 1 / float(around[-WINDOW:].sum())
    together = float(seen.sum())
    chance = float(at_most(np.array(together), np.array(expected), relative))
    active = counts[members, -WINDOW - 12 : -WINDOW].any(axis=1)
    silent = int((active & (seen == 0)).sum())
    return Group(members, together, expected, float(rate), relative, float(path[-WINDOW:].mean()), chance, silent)


def _relative(base: Array, path: Array, expected: Array, scatter: float) -> float:
    """The greater of what members scatter each for itself, and what the group as a whole scattered so far.

    Both grow by what is not known of the mean, which comes from as many blocks as there are.
    """
    blocks = len(base) // WINDOW
    kept = slice(len(base) - blocks * WINDOW, None)
    seen, weighed = (part[kept].reshape(blocks, WINDOW).sum(axis=1) for part in (base, path[: len(base)]))
    share = weighed / weighed.sum()
    each = scatter * float((expected**2).sum()) / float(expected.sum()) ** 2
    whole = relative_variance(seen, seen.sum() * share, free=1 - share)
    return max(each, whole) * (1 + 1 / blocks) + 1 / float(base.sum())
