"""What a division is: work, driving and value of each liaison, who changes hands, what does not hang together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from liaison.planning.territories.market import NOBODY, Floats, Market, Whole
from liaison.planning.territories.pieces import apart

UNFAIR_PRICE = 100.0  # minutes that a minute of work outside the tolerance counts: more than any driving could bring
VALUE_SPREAD = 0.15  # of the value that is due to a liaison: within it no one is better off
VALUE_PRICE = 0.25  # of all work, that value outside of it counts for the same share


@dataclass(frozen=True)
class Part:
    """One liaison's: practices, visits and minutes a year, minutes of them on the way out and home, value of their
    visits; `due`: minutes that would be theirs by their hours; `off`: how far their work is from it, in parts of it;
    `kept`, `gained`, `lost`: practices that stay, come and go."""

    person: str
    practices: int
    areas: int
    visits: float
    work: float
    travel: float
    value: float
    due: float
    kept: int
    gained: int
    lost: int

    @property
    def off(self) -> float:
        return self.work / self.due - 1 if self.due > 0 else 0.0


@dataclass(frozen=True)
class Change:
    """A practice that changes hands; `before` None: it was nobody's."""

    practice: str
    before: str | None
    after: str


@dataclass(frozen=True)
class Weighed:
    """`apart`: liaison -> the pieces (area ids) that lie apart from their largest one; `unfair`: the largest `off`."""

    parts: tuple[Part, ...]
    changes: tuple[Change, ...]
    apart: Mapping[str, tuple[tuple[str, ...], ...]]

    @property
    def unfair(self) -> float:
        return max((abs(part.off) for part in self.parts), default=0.0)

    @property
    def travel(self) -> float:
        return sum(part.travel for part in self.parts)

    @property
    def handed_over(self) -> int:
        """Practices that go from one liaison to another."""
        return sum(change.before is not None for change in self.changes)


def of_practices(market: Market, of: Sequence[int] | Whole, own: Mapping[int, int] | None = None) -> Whole:
    """[practice]: whose it is: its area's, unless it is given by itself (`own`: practice -> person)."""
    found: Whole = np.array(of, dtype=np.int64)[market.lies_in].copy()
    for practice, who in (own or {}).items():
        found[practice] = who
    return found


def weighed(market: Market, of: Sequence[int] | Whole, own: Mapping[int, int] | None = None) -> Weighed:
    """What this division comes to. `of`: [area]: whose it is; NOBODY: nobody's, its work is then in no part."""
    return weighed_by_practice(market, of_practices(market, of, own), of)


def weighed_by_practice(market: Market, whose: Whole, of: Sequence[int] | Whole | None = None) -> Weighed:
    """The same of any assignment of practices; without areas nothing is said of what hangs together."""
    work = _picked(market.work, whose)
    travel = _picked(market.travel, whose)
    total = float(work.sum())
    parts = tuple(_part(market, who, whose, work, travel, total, of) for who in range(len(market.people)))
    broken = apart(market.borders, [int(who) for who in of]) if of is not None else {}
    told = {
        market.people[who].id: tuple(tuple(market.areas[a].id for a in sorted(piece)) for piece in rest)
        for who, rest in broken.items()
    }
    return Weighed(parts, tuple(_changes(market, whose)), told)


@dataclass(frozen=True)
class Coarse:
    """An area that holds more work than one liaison may have: `shares` of what is due to the one with the most."""

    area: str
    name: str
    shares: float


def too_coarse(market: Market) -> tuple[Coarse, ...]:
    """Areas that no whole one of the team could cover within the tolerance, the largest first."""
    work = market.by_area["work"].min(axis=1)
    most = float(market.by_area["work"].mean(axis=1).sum() * market.due.max())
    found = [
        Coarse(area.id, area.name, float(minutes / most))
        for area, minutes in zip(market.areas, work, strict=True)
        if most > 0 and minutes > most * (1 + market.tolerance)
    ]
    return tuple(sorted(found, key=lambda one: -one.shares))


def _part(
    market: Market, who: int, whose: Whole, work: Floats, travel: Floats, total: float, of: Sequence[int] | Whole | None
) -> Part:
    mine, before = whose == who, market.today == who
    return Part(
        market.people[who].id,
        int(mine.sum()),
        int(sum(int(o) == who for o in of)) if of is not None else 0,
        float(market.visits[mine].sum()),
        float(work[mine].sum()),
        float(travel[mine].sum()),
        float((market.value * market.visits)[mine].sum()),
        float(total * market.due[who]),
        int((mine & before).sum()),
        int((mine & ~before).sum()),
        int((before & ~mine).sum()),
    )


def _picked(of: Floats, whose: Whole) -> Floats:
    """[practice]: of its liaison; 0 of those that are nobody's."""
    found = of[np.arange(len(of)), np.maximum(whose, 0)]
    return np.where(whose == NOBODY, 0.0, found)


def _changes(market: Market, whose: Whole) -> list[Change]:
    names = [one.id for one in market.people]
    return [
        Change(need.practice, need.held if need.today == NOBODY else names[need.today], names[int(who)])
        for need, who in zip(market.needs, whose, strict=True)
        if who not in (NOBODY, need.today)
    ]


def cost_of_areas(market: Market, of: Whole) -> float:
    """Minutes a year: driving, hand-overs, work outside the tolerance (dearly), value outside its spread."""
    by, at = market.by_area, np.arange(len(of))
    work = by_person(market, of, by["work"][at, of])
    value = by_person(market, of, by["value"])
    return float(
        by["travel"][at, of].sum() + market.hand_over * by["changes"][at, of].sum() + outside(market, work, value)
    )


def by_person(market: Market, whose: Whole, values: Floats) -> Floats:
    """[person]: sums of values whose owner is given."""
    found = np.zeros(len(market.people))
    np.add.at(found, whose, values)
    return found


def outside(market: Market, work: Floats, value: Floats) -> float:
    """What work and value [person] cost where they are outside of what is due."""
    total, worth = float(work.sum()), float(value.sum())
    off = np.abs(work - total * market.due) - market.tolerance * total * market.due
    found = UNFAIR_PRICE * np.maximum(off, 0.0).sum()
    if worth > 0:
        spread = np.abs(value / worth - market.due) - VALUE_SPREAD * market.due
        found += VALUE_PRICE * total * np.maximum(spread, 0.0).sum()
    return float(found)
