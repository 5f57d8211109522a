"""Whether practices of one specialty respond otherwise than the rest: only where very much has been seen of it."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from liaison.models.panel import Panel
from liaison.models.ranking.fit import Solved

Numbers = npt.NDArray[np.float64]
VISITS = 1000  # fewer cannot tell groups apart: told apart anyway, they have cost a ranking nine points
REFUSED = 0.05  # p below which "all alike" is refused
FEWEST = 12  # practices of a group that were visited


@dataclass(frozen=True)
class Groups:
    """`factor` (practice) on the lift, 1 where groups are not told apart; `says` (practice) what its group did, or
    empty; `why`: whether they were, in a sentence."""

    factor: Numbers
    says: tuple[str, ...]
    why: str


def groups(panel: Panel, solved: Solved, lift: Numbers) -> Groups:
    """Lift by specialty, held to the common one by how much more groups differ than chance lets them."""
    alike, visits = np.ones(len(panel)), int(panel.visited.sum())
    if "specialty" not in panel.covariates:
        return Groups(alike, (), "Groups are not told apart: the panel names no specialty.")
    if visits < VISITS:
        return Groups(alike, (), f"Groups are not told apart: {visits:,} visits are too few, {VISITS:,} are needed.")
    names = panel.covariates["specialty"].to_numpy(dtype=str)
    score, told = solved.by_practice(lift)
    visited = panel.visited.any(axis=1)
    held = {}
    for name in sorted(set(names)):
        of = names == name
        if (of & visited).sum() >= FEWEST and told[of].sum() > 0:
            # Sandwich variance of the group's lift on top of the common one.
            held[name] = (score[of].sum() / told[of].sum(), (score[of] ** 2).sum() / told[of].sum() ** 2)
    if len(held) < 2:
        return Groups(alike, (), "Groups are not told apart: too few have been visited.")
    return _held(names, held, lift)


def _held(names: npt.NDArray[np.str_], held: dict[str, tuple[float, float]], lift: Numbers) -> Groups:
    from scipy.stats import chi2

    own, variance = (np.array(values) for values in zip(*held.values(), strict=True))
    common = float((own / variance).sum() / (1 / variance).sum())
    spread = float((((own - common) ** 2) / variance).sum())
    chance = float(chi2.sf(spread, len(own) - 1))
    if chance >= REFUSED:
        why = f"Groups are not told apart: that all respond alike is not refused (p = {chance:.2f})."
        return Groups(np.ones(len(names)), (), why)
    between = max(float(np.mean((own - common) ** 2 - variance)), 0.0)
    factor, says = np.ones(len(names)), [""] * len(names)
    for name, apart, error in zip(held, own - common, variance, strict=True):
        share, of = between / (between + error), names == name
        base = float(lift[of].mean())
        shrunk = max(base + share * apart, 0.2 * base)
        factor[of] = shrunk / base
        sd = np.sqrt(share * error)
        for place in np.flatnonzero(of):
            says[place] = f"practices like it ({name}) responded {shrunk:.0%}, give or take {sd:.0%}"
    return Groups(factor, tuple(says), f"Groups are told apart (p = {chance:.3f}), each held to the common lift.")
