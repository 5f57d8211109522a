"""A division made better area by area: one at a border goes over, or two change places, and all stays of a piece."""

from collections.abc import Iterator, Sequence

import numpy as np

from liaison.planning.territories.market import Market, Whole
from liaison.planning.territories.pieces import pieces, stays_whole
from liaison.planning.territories.weigh import by_person, outside

STEPS = 400  # at most: each makes the division cheaper, a market of a hundred areas takes about twenty
Move = tuple[tuple[int, int], ...]  # areas, and to whom they go


def improved(market: Market, borders: Sequence[frozenset[int]], of: Whole) -> Whole:
    """The cheapest single move again and again, as long as one helps. What does not hang together is mended first."""
    state = _State(market, borders, _mended(borders, of, len(market.people)))
    for _ in range(STEPS):
        best, gain = None, -1e-6
        for move in state.moves():
            change = state.change(move)
            if change < gain and state.keeps_whole(move):
                best, gain = move, change
        if best is None:
            break
        state.make(best)
    return state.of


def _mended(borders: Sequence[frozenset[int]], of: Whole, people: int) -> Whole:
    """Pieces that lie apart go to the neighbour who has most of their border."""
    found = of.copy()
    for _ in range(len(of)):
        loose = [p for who in range(people) for p in pieces(borders, np.flatnonzero(found == who).tolist())[1:]]
        if not loose:
            break
        piece = min(loose, key=lambda piece: (len(piece), min(piece)))
        own = int(found[min(piece)])
        near = [int(found[b]) for a in sorted(piece) for b in borders[a] if found[b] != own]
        for area in piece:
            found[area] = max(sorted(set(near)), key=near.count)
    return found


class _State:
    """A division with its sums."""

    def __init__(self, market: Market, borders: Sequence[frozenset[int]], of: Whole) -> None:
        self.market, self.borders, self.of = market, borders, of.copy()
        by, at = market.by_area, np.arange(len(of))
        self.plain = by["travel"] + market.hand_over * by["changes"]
        self.work = by_person(market, of, by["work"][at, of])
        self.value = by_person(market, of, by["value"])
        self.outside = outside(market, self.work, self.value)

    def moves(self) -> Iterator[Move]:
        """Areas at a border that go over, and pairs of neighbours at it that change places."""
        for area, near in enumerate(self.borders):
            for other in sorted({int(self.of[b]) for b in near} - {int(self.of[area])}):
                yield ((area, other),)
                for back in self._at_border(other, int(self.of[area])):
                    if back != area:
                        yield ((area, other), (back, int(self.of[area])))

    def _at_border(self, who: int, to: int) -> list[int]:
        return [
            area
            for area, near in enumerate(self.borders)
            if self.of[area] == who and any(self.of[b] == to for b in near)
        ]

    def change(self, move: Move) -> float:
        """How much dearer it makes the division."""
        by, plain = self.market.by_area, 0.0
        work, value = self.work.copy(), self.value.copy()
        for area, to in move:
            now = self.of[area]
            plain += self.plain[area, to] - self.plain[area, now]
            work[now] -= by["work"][area, now]
            work[to] += by["work"][area, to]
            value[now] -= by["value"][area]
            value[to] += by["value"][area]
        return float(plain + outside(self.market, work, value) - self.outside)

    def keeps_whole(self, move: Move) -> bool:
        if len(move) == 1:
            area, to = move[0]
            mine = np.flatnonzero(self.of == self.of[area])
            return len(mine) > 1 and stays_whole(self.borders, mine.tolist(), area)
        after = self.of.copy()
        for area, to in move:
            after[area] = to
        whose = {int(self.of[area]) for area, _ in move} | {to for _, to in move}
        return all(len(pieces(self.borders, np.flatnonzero(after == who).tolist())) == 1 for who in whose)

    def make(self, move: Move) -> None:
        by = self.market.by_area
        for area, to in move:
            now = self.of[area]
            self.work[now] -= by["work"][area, now]
            self.work[to] += by["work"][area, to]
            self.value[now] -= by["value"][area]
            self.value[to] += by["value"][area]
            self.of[area] = to
        self.outside = outside(self.market, self.work, self.value)
