"""Times that a server once gave, kept in a file so that it is asked again only for new places and after a while."""

import os
from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path

import numpy as np

from liaison.planning.travel.server import Floats, Point, Server

DAYS = 90  # that a time is believed


class Kept:
    """One file a server, in `folder`: for pairs of points the seconds and the day they were asked for."""

    def __init__(self, folder: Path, server: Server) -> None:
        name = sha256(f"{server.kind} {server.url}".encode()).hexdigest()[:16]
        self.path = folder / f"travel-{name}.npz"
        self.seconds: dict[tuple[str, str], float] = {}
        self.asked: dict[tuple[str, str], int] = {}
        if self.path.exists():
            with np.load(self.path) as held:
                pairs = zip(held["start"].tolist(), held["end"].tolist(), strict=True)
                for pair, seconds, day in zip(pairs, held["seconds"].tolist(), held["day"].tolist(), strict=True):
                    self.seconds[pair], self.asked[pair] = seconds, day

    def between(self, points: Sequence[Point], today: date) -> Floats:
        """Seconds from each point to each; NaN: not kept, or too old."""
        names, since = [_name(point) for point in points], today.toordinal() - DAYS
        return np.array(
            [[self.seconds[a, b] if self.asked.get((a, b), 0) >= since else np.nan for b in names] for a in names]
        ).reshape(len(names), len(names))

    def keep(self, points: Sequence[Point], seconds: Floats, today: date) -> None:
        """Add what is known between these points, and write the file anew as a whole."""
        names, before = [_name(point) for point in points], self.between(points, today)
        for i, a in enumerate(names):
            for j, b in enumerate(names):
                if np.isnan(before[i, j]) and not np.isnan(seconds[i, j]):
                    self.seconds[a, b], self.asked[a, b] = float(seconds[i, j]), today.toordinal()
        pairs = list(self.seconds)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        aside = self.path.with_suffix(f".{os.getpid()}.part")
        with aside.open("wb") as opened:
            np.savez(
                opened,
                start=np.array([pair[0] for pair in pairs]),
                end=np.array([pair[1] for pair in pairs]),
                seconds=np.array([self.seconds[pair] for pair in pairs], dtype=np.float64),
                day=np.array([self.asked[pair] for pair in pairs], dtype=np.int64),
            )
        aside.replace(self.path)


def _name(point: Point) -> str:
    return f"{point[0]:.5f},{point[1]:.5f}"
