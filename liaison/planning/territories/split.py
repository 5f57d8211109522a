"""Where whole areas are too coarse to be fair: single practices at a border go over, one by one, until work is fair."""

from collections.abc import Sequence

import numpy as np

from liaison.planning.territories.market import Market, Whole
from liaison.planning.territories.weigh import by_person, of_practices, outside


def by_practice(market: Market, of: Sequence[int] | Whole) -> dict[int, int]:
    """Practice -> who has it instead of its area's liaison, as few as bring work within the tolerance.

    A practice goes only to a liaison who has its area's neighbour, or a part of the same area already: so what each
    has stays within reach of a piece. Each step takes the practice that brings most fairness for its cost.
    """
    whose, own = of_practices(market, of), dict[int, int]()
    holds = [set(np.flatnonzero(np.array(of) == who).tolist()) for who in range(len(market.people))]
    at = np.arange(len(whose))
    plain = market.travel + market.hand_over * market.changes
    worth = market.value * market.visits
    while True:
        work = by_person(market, whose, market.work[at, whose])
        value = by_person(market, whose, worth)
        now, best = outside(market, work, value), None
        for practice, who in enumerate(whose):
            area = int(market.lies_in[practice])
            for to, mine in enumerate(holds):
                if to == who or market.visits[practice] == 0 or not (area in mine or market.borders[area] & mine):
                    continue
                after, moved = work.copy(), value.copy()
                after[who] -= market.work[practice, who]
                after[to] += market.work[practice, to]
                moved[who] -= worth[practice]
                moved[to] += worth[practice]
                gain = outside(market, after, moved) - now + float(plain[practice, to] - plain[practice, who])
                if best is None or gain < best[0] - 1e-9:
                    best = (gain, practice, to)
        if best is None or best[0] >= -1e-6:
            return own
        _, practice, to = best
        own[practice], whose[practice] = to, to
        holds[to].add(int(market.lies_in[practice]))
