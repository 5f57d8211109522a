"""Territories drawn up: middles and shares in turn, each share a whole-number programme that keeps areas of a piece.

A liaison's areas hang together because an area may only be theirs where a neighbour that is nearer to their middle is
theirs too. Source: Zoltners and Sinha 1983, Sales territory alignment, Management Science 29:1237-1256. The middle is
then put where it has the least driving to what is theirs, and the shares are found again, until nothing changes.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import dijkstra

from liaison.planning.territories.improve import improved
from liaison.planning.territories.market import NOBODY, Floats, Market, Whole
from liaison.planning.territories.weigh import UNFAIR_PRICE, VALUE_PRICE, VALUE_SPREAD, cost_of_areas

ROUNDS = 4  # of middles and shares; it settles after two or three
NODES = 20  # of the programme's search: a limit that gives the same answer on every machine
GAP = 0.03  # of the best possible: nearer costs seconds and brings a few minutes a week
Progress = Callable[[float, str], None]


@dataclass(frozen=True)
class Drawn:
    """`of`: [area]: whose it is (position); `rounds`: of middles and shares that were gone through."""

    of: tuple[int, ...]
    rounds: int


def draw(market: Market, progress: Progress | None = None) -> Drawn:
    """Divide the areas: workload within the tolerance, each liaison's of a piece, then least driving and hand-overs.

    Where no division of whole areas is within the tolerance, the nearest to it is given; `weigh.weighed` says so.
    The same market gives the same territories.
    """
    tell = progress or (lambda share, words: None)
    borders = market.borders
    middles = _first_middles(market)
    best: Whole | None = None
    tried: set[tuple[int, ...]] = set()
    rounds = 0
    while tuple(middles) not in tried and rounds < ROUNDS:
        tried.add(tuple(middles))
        tell(0.1 + 0.8 * rounds / ROUNDS, f"Dividing the areas, round {rounds + 1}")
        shared = _shared(market, borders, middles)
        made = improved(market, borders, shared if shared is not None else _nearest(market, borders, middles))
        rounds += 1
        if best is None or cost_of_areas(market, made) < cost_of_areas(market, best) - 1e-6:
            best = made
        middles = [_middle(market, np.flatnonzero(made == who), middles[who]) for who in range(len(market.people))]
    if best is None:
        raise AssertionError("A market with people was not divided.")
    return Drawn(tuple(int(who) for who in best), rounds)


def _first_middles(market: Market) -> list[int]:
    """The middle of what is theirs today; who has nothing begins where most work is farthest from everybody else."""
    holds = np.zeros((len(market.areas), len(market.people)))
    for need in market.needs:
        if need.today != NOBODY:
            holds[need.area, need.today] += need.visits + 1e-3
    found: dict[int, int] = {}
    visits = market.by_area["visits"]
    for who in sorted(range(len(market.people)), key=lambda who: -holds[:, who].sum()):
        free = [a for a in range(len(market.areas)) if a not in found.values()]
        if holds[:, who].sum() > 0:
            far = market.apart @ holds[:, who]
        elif found:
            far = -np.min(market.apart[:, list(found.values())], axis=1) * (visits + 1e-3)
        else:
            far = market.apart @ visits
        found[who] = min(free, key=lambda area: (round(float(far[area]), 6), area))
    return [found[who] for who in range(len(market.people))]


def _middle(market: Market, areas: Whole, before: int) -> int:
    """The area of theirs from which all their visits are nearest."""
    if len(areas) == 0:
        return before
    weights = market.by_area["visits"][areas] + 1e-3
    far = market.apart[np.ix_(areas, areas)] @ weights
    return int(areas[int(np.argmin(np.round(far, 6)))])


def _from_middles(market: Market, borders: Sequence[frozenset[int]], middles: Sequence[int]) -> Floats:
    """[person, area]: minutes from each middle over neighbouring areas."""
    pairs = [(a, b) for a, near in enumerate(borders) for b in near]
    rows, columns = [a for a, _ in pairs], [b for _, b in pairs]
    weights = [market.apart[a, b] + 1e-3 for a, b in pairs]
    graph = csr_array(coo_array((weights, (rows, columns)), shape=(len(borders), len(borders))))
    found: Floats = dijkstra(graph, indices=list(middles))
    return found


def _nearest(market: Market, borders: Sequence[frozenset[int]], middles: Sequence[int]) -> Whole:
    """Each area to the middle that is nearest over its neighbours: of a piece, whatever the work."""
    found: Whole = np.argmin(np.round(_from_middles(market, borders, middles), 9), axis=0)
    return found


def _shared(market: Market, borders: Sequence[frozenset[int]], middles: Sequence[int]) -> Whole | None:
    """The whole-number programme: x[area, person]; None where its search ended without an answer."""
    areas, people = len(market.areas), len(market.people)
    from_middle = _from_middles(market, borders, middles)
    cells = areas * people
    rows = _Rows(cells + 3 * people)
    for area in range(areas):
        rows.add({area * people + who: 1.0 for who in range(people)}, 1.0, 1.0)
    _keep_of_a_piece(rows, borders, from_middle, middles)
    _keep_fair(rows, market, cells)
    costs = np.concatenate(
        [
            _costs(market, from_middle).reshape(-1),
            np.full(2 * people, UNFAIR_PRICE),
            np.full(people, VALUE_PRICE * market.by_area["work"].mean(axis=1).sum()),
        ]
    )
    lower, upper = np.zeros(len(costs)), np.concatenate([np.ones(cells), np.full(3 * people, np.inf)])
    for who, middle in enumerate(middles):
        lower[middle * people + who] = 1.0
    answer = milp(
        costs,
        integrality=np.concatenate([np.ones(cells), np.zeros(3 * people)]),
        bounds=Bounds(lower, upper),
        constraints=rows.constraint(),
        options={"node_limit": NODES, "mip_rel_gap": GAP, "time_limit": 20.0},
    )
    if answer.x is None:
        return None
    found: Whole = np.argmax(answer.x[:cells].reshape(areas, people), axis=1)
    return found


def _costs(market: Market, from_middle: Floats) -> Floats:
    """[area, person]: minutes a year of driving and hand-overs, and a little for being far from the middle."""
    by = market.by_area
    compact = by["visits"][:, None] * 2 * from_middle.T / market.stops
    return by["travel"] + market.hand_over * by["changes"] + 0.25 * compact


def _keep_of_a_piece(
    rows: "_Rows", borders: Sequence[frozenset[int]], from_middle: Floats, middles: Sequence[int]
) -> None:
    people = len(middles)
    for who, middle in enumerate(middles):
        for area, near in enumerate(borders):
            if area == middle:
                continue
            inward = [other for other in near if from_middle[who, other] < from_middle[who, area]]
            rows.add({area * people + who: 1.0, **{other * people + who: -1.0 for other in inward}}, -np.inf, 0.0)


def _keep_fair(rows: "_Rows", market: Market, cells: int) -> None:
    """Work of each within the tolerance of what is due, or as little outside as can be; value within its own spread."""
    work, value, people = market.by_area["work"], market.by_area["value"], len(market.people)
    total = max(float(value.sum()), 1e-9)
    for who in range(people):
        for side in (1.0, -1.0):
            bound = (1 + side * market.tolerance) * market.due[who]
            own = np.zeros(work.shape)
            own[:, who] = work[:, who]
            parts = dict(enumerate((side * (own - bound * work)).reshape(-1)))
            slack = cells + (2 * who if side > 0 else 2 * who + 1)
            rows.add({**parts, slack: -1.0}, -np.inf, 0.0)
        for side in (1.0, -1.0):
            cells_of = {area * people + who: side * value[area] / total for area in range(len(value))}
            most = side * market.due[who] * (1 + side * VALUE_SPREAD)
            rows.add({**cells_of, cells + 2 * people + who: -1.0}, -np.inf, most)


class _Rows:
    """Rows of a programme, gathered one by one."""

    def __init__(self, columns: int) -> None:
        self.columns = columns
        self.where: list[tuple[int, int]] = []
        self.values: list[float] = []
        self.low: list[float] = []
        self.high: list[float] = []

    def add(self, parts: dict[int, float], low: float, high: float) -> None:
        row = len(self.low)
        self.where += [(row, column) for column in parts]
        self.values += parts.values()
        self.low.append(low)
        self.high.append(high)

    def constraint(self) -> LinearConstraint:
        rows, columns = np.array(self.where, dtype=np.int64).T
        matrix = csr_array(coo_array((self.values, (rows, columns)), shape=(len(self.low), self.columns)))
        return LinearConstraint(matrix, self.low, self.high)
