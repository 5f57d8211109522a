"""Some visits by lot: the one way in which the effect of visits can be learnt without doubt."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from liaison.errors import LiaisonError

SHARE = 0.10


@dataclass(frozen=True)
class Slot:
    """A visit to make. `drawn`: by lot; `probability`: that the lot would fall on it, to be logged with the visit."""

    practice_id: str
    drawn: bool
    probability: float


def slots(ranked: Sequence[str], many: int, seed: int, share: float = SHARE) -> tuple[Slot, ...]:
    """`many` visits for a list of practices that may be visited, the best first.

    The lot falls on all of them alike, the best included: only then are the drawn a fair sample of the list, so the
    probability is that of the lot alone. The rest of the slots go down the list, past those drawn. Same seed, same
    draw. Raises LiaisonError where share is not from 0 to 1.
    """
    if not 0 <= share <= 1:
        raise LiaisonError(f"A share of {share:g} of the slots cannot be drawn.", remedy="Give a share from 0 to 1.")
    many = min(many, len(ranked))
    lot = np.random.default_rng(seed)
    exact = many * share
    # The fraction is drawn too: a tenth of four slots is one slot in some months and none in others.
    by_lot = min(int(exact) + int(lot.random() < exact - int(exact)), many)
    chosen = {ranked[place] for place in lot.choice(len(ranked), by_lot, replace=False)} if by_lot else set()
    probability = exact / len(ranked) if ranked else 0.0
    best = [practice for practice in ranked if practice not in chosen][: many - by_lot]
    taken = chosen | set(best)
    return tuple(Slot(p, p in chosen, probability) for p in ranked if p in taken)
