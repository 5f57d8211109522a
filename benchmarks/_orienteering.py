"""Team-orienteering instances as bare problems: read from the public format, and built in the same family.

The family is Solomon's (Operations Research 35(2), 1987) with profit instead of demand: a hundred places scattered,
clustered or both, service times, time windows of some or all; distances are Euclidean, rounded down to one decimal, and
every day ends at the depot's closing time.
"""

import csv
import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

MONDAY = date(2026, 3, 2)
PLACES = 100
TEAMS = (1, 2, 4)
Json = dict[str, Any]


@dataclass(frozen=True)
class Instance:
    """A name with its number of days, the bare problem, and the best known value where one is published."""

    name: str
    team: int
    problem: Json
    published: float | None = None

    @property
    def title(self) -> str:
        return f"{self.name} x {self.team}"


@dataclass(frozen=True)
class Point:
    x: float
    y: float
    service: float
    profit: float
    opens: float
    closes: float


def shared(folder: Path) -> Iterator[Instance]:
    """The public ones in a folder, for one and two days (their best values are certain)."""
    with (folder / "best_known.csv").open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    for row in rows:
        if int(row["m"]) <= 2:
            points = read(folder / f"{row['instance']}.txt")
            team = int(row["m"])
            yield Instance(row["instance"], team, bare(points, team), float(row["best_known"]))


def read(path: Path) -> list[Point]:
    """Points of the public text format, the depot first."""
    lines = path.read_text(encoding="ascii").split("\n")
    cells = [[float(cell) for cell in line.split()] for line in lines[2:] if line.strip()]
    return [Point(c[1], c[2], c[3], c[4], c[-2], c[-1]) for c in cells]


def built(seed: int = 1) -> Iterator[Instance]:
    """Six scatters, each for one, two and four days: all places with narrow windows, or half with wide ones."""
    for kind in ("c", "r", "rc"):
        for number, (windowed, width) in enumerate(((1.0, 0.1), (0.5, 0.25))):
            points = draw(kind, windowed, width, np.random.default_rng([seed, ord(kind[-1]), len(kind), number]))
            for team in TEAMS:
                yield Instance(f"{kind}{number + 1}", team, bare(points, team))


def draw(kind: str, windowed: float, width: float, rng: np.random.Generator) -> list[Point]:
    """A depot and a hundred places; the share `windowed` has a window of about `width` of the day."""
    clustered = {"c": PLACES, "r": 0, "rc": PLACES // 2}[kind]
    day, service = (1236.0, 90.0) if kind == "c" else (240.0, 10.0)
    centres = rng.uniform(10, 90, (10, 2))
    near = centres[rng.integers(0, 10, clustered)] + rng.normal(0, 3.5, (clustered, 2))
    spots = np.round(np.vstack([near, rng.uniform(0, 80, (PLACES - clustered, 2))]))
    depot = np.array([40.0, 50.0])
    points = [Point(40.0, 50.0, 0.0, 0.0, 0.0, day)]
    for x, y in spots:
        away = math.hypot(x - depot[0], y - depot[1])
        first, last = math.ceil(away), math.floor(day - service - away)
        opens, closes = 0, last
        if rng.random() < windowed:
            half = max(5, rng.normal(width, width / 4) * day / 2)
            middle = rng.uniform(first, last)
            opens, closes = max(first, round(middle - half)), min(last, round(middle + half))
        profit = float(rng.choice([10, 20, 30, 40, 50]) if kind == "c" else rng.integers(1, 42))
        points.append(Point(float(x), float(y), service, profit, float(opens), float(closes)))
    return points


def bare(points: list[Point], team: int) -> Json:
    """As `route --problem` reads it: the first point is where each day begins and ends."""
    minutes = [[math.floor(10 * math.hypot(a.x - b.x, a.y - b.y) + 1e-9) / 10 for b in points] for a in points]
    stops = [
        {"id": str(i), "place": i, "value": p.profit, "service": p.service, "windows": [[p.opens, p.closes]]}
        for i, p in enumerate(points)
        if i > 0
    ]
    days = [
        {
            "date": (MONDAY + timedelta(days=number)).isoformat(),
            "liaison": "one",
            "start": 0,
            "end": 0,
            "from": 0,
            "to": points[0].closes,
        }
        for number in range(team)
    ]
    return {"minutes": minutes, "stops": stops, "days": days}
