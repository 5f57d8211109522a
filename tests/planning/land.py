"""Land drawn at random, and a checker of territories that shares nothing with the program that draws them."""

from collections.abc import Mapping, Sequence

import numpy as np

from liaison.planning.territories.market import NOBODY, Area, Liaison, Market, Need
from liaison.planning.travel import Roads

PLAIN = Roads(circuity=((1e9, 1.0),), speeds=((1e9, 60.0),), park=0.0)  # a mile is a minute
STEP = 0.1  # degrees between the middles of two areas


def grid(wide: int, high: int, holes: Sequence[int] = ()) -> tuple[list[Area], list[frozenset[int]]]:
    """Square areas in rows, without some of them; the borders are those of their sides."""
    spots = [(row, column) for row in range(high) for column in range(wide) if row * wide + column not in set(holes)]
    at = {spot: place for place, spot in enumerate(spots)}
    areas = [Area("zip", f"{n:05d}", f"Area {n}", 35.0 + r * STEP, -82.0 + c * STEP) for n, (r, c) in enumerate(spots)]
    sides = ((0, 1), (1, 0), (0, -1), (-1, 0))
    return areas, [frozenset(at[r + y, c + x] for y, x in sides if (r + y, c + x) in at) for r, c in spots]


def land(seed: int, wide: int = 5, high: int = 4, people: int = 3, practices: int = 120) -> Market:
    """A market; the same for the same numbers. Some practices are nobody's, some need no visit, areas may be empty."""
    draw = np.random.default_rng([seed, wide, high, people, practices])
    areas, borders = grid(wide, high)
    weights = draw.dirichlet(np.full(len(areas), 2.0))
    lies_in = draw.choice(len(areas), practices, p=weights)
    needs = [
        Need(
            f"p{n}",
            int(area),
            areas[area].lat + float(draw.normal(0, 0.02)),
            areas[area].lon + float(draw.normal(0, 0.02)),
            float(draw.choice([0.0, 4.0, 12.0, 26.0], p=[0.05, 0.45, 0.35, 0.15])),
            float(draw.uniform(30, 45)),
            float(draw.uniform(0, 3)),
            int(draw.choice(people)) if draw.random() > 0.1 else NOBODY,
        )
        for n, area in enumerate(lies_in)
    ]
    homes = draw.choice(len(areas), people, replace=False)
    team = [Liaison(f"L{n}", f"Liaison {n}", areas[h].lat, areas[h].lon, 40.0) for n, h in enumerate(homes)]
    return Market(areas, borders, needs, team, stops=8.0)


def in_pieces(market: Market, of: Sequence[int]) -> list[str]:
    """Who has areas that cannot be walked to from their first one over areas of theirs: breadth first, nothing else."""
    wrong = []
    for who in range(len(market.people)):
        mine = [area for area, whose in enumerate(of) if whose == who]
        if not mine:
            continue
        seen, queue = {mine[0]}, [mine[0]]
        while queue:
            area = queue.pop(0)
            for other in market.borders[area]:
                if of[other] == who and other not in seen:
                    seen.add(other)
                    queue.append(other)
        if len(seen) != len(mine):
            wrong.append(market.people[who].id)
    return wrong


def work_by_hand(market: Market, of: Sequence[int], own: Mapping[int, int]) -> list[float]:
    """Minutes a year of each liaison, practice by practice."""
    found = [0.0] * len(market.people)
    for place, need in enumerate(market.needs):
        who = own.get(place, of[need.area])
        home = market.people[who]
        assert home.lat is not None
        assert home.lon is not None
        lat, lon = np.radians([need.lat, home.lat]), np.radians([need.lon, home.lon])
        cosine = np.sin(lat[0]) * np.sin(lat[1]) + np.cos(lat[0]) * np.cos(lat[1]) * np.cos(lon[0] - lon[1])
        miles = 3958.8 * float(np.arccos(min(1.0, cosine)))
        one_way = float(market.roads.minutes(np.array([miles]))[0])
        found[who] += need.visits * (need.minutes + 2 * one_way / market.stops)
    return found
