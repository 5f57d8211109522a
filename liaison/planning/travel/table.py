"""Minutes between places, and where each of them is from: a file before a server before an estimate."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt

from liaison.planning.problem import MINUTE, Minutes
from liaison.planning.travel.estimate import Roads
from liaison.planning.travel.kept import Kept
from liaison.planning.travel.server import Server

ESTIMATED, SERVED, FILED = 0, 1, 2


@dataclass(frozen=True)
class Place:
    """A place by its id (as a matrix file names it) and its degrees."""

    id: str
    lat: float
    lon: float


@dataclass(frozen=True)
class TravelTable:
    """`travel[from, to]` in hundredths of a minute, and of each where it is from.

    `source`: 0 estimated, 1 from the server, 2 from the file; `trouble`: what a server did not do, in sentences.
    """

    travel: Minutes = field(compare=False, repr=False)
    source: npt.NDArray[np.int8] = field(compare=False, repr=False)
    server: str | None = None
    trouble: tuple[str, ...] = ()

    @property
    def says(self) -> str:
        """Where the times are from, with how many of the pairs."""
        pairs = ~np.eye(len(self.source), dtype=bool)
        total = int(pairs.sum())
        names = {ESTIMATED: "estimated from the distance", SERVED: f"from {self.server}", FILED: "from the matrix file"}
        counts = {code: int((self.source[pairs] == code).sum()) for code in names}
        parts = [
            f"{names[code]} ({counts[code]:,} of {total:,} pairs)"
            for code in (FILED, SERVED, ESTIMATED)
            if counts[code]
        ]
        said = f"Drive times are {', '.join(parts)}." if parts else "There is nowhere to drive."
        return " ".join([said, *self.trouble])


def travel_times(
    places: Sequence[Place],
    roads: Roads,
    matrix: Mapping[tuple[str, str], float] | None = None,
    server: Server | None = None,
    folder: Path | None = None,
    today: date | None = None,
) -> TravelTable:
    """Minutes from each place to each.

    What a server gives is driving: parking (`roads.park`) is added; a file's minutes stand as they are. `folder` keeps
    a server's answers, dated `today`. Pairs that neither has are estimated, one by one.
    """
    lat, lon = (np.array([getattr(place, name) for place in places], dtype=np.float64) for name in ("lat", "lon"))
    minutes = roads.between(lat, lon)
    source = np.full(minutes.shape, ESTIMATED, dtype=np.int8)
    trouble: list[str] = []
    if server is not None:
        seconds, trouble = _served(places, server, folder, today or date.today())  # noqa: DTZ011  a cache's age
        known = ~np.isnan(seconds) & ~np.eye(len(places), dtype=bool)
        minutes = np.where(known, seconds / 60 + roads.park * (minutes > 0), minutes)
        source[known] = SERVED
    for i, start in enumerate(places):
        for j, end in enumerate(places if matrix else ()):
            if matrix and (start.id, end.id) in matrix:
                minutes[i, j], source[i, j] = matrix[start.id, end.id], FILED
    np.fill_diagonal(minutes, 0.0)
    travel = np.rint(minutes * MINUTE).astype(np.int64)
    return TravelTable(travel, source, server.name if server else None, tuple(trouble))


def _served(
    places: Sequence[Place], server: Server, folder: Path | None, today: date
) -> tuple[npt.NDArray[np.float64], list[str]]:
    points = [(round(place.lat, 5), round(place.lon, 5)) for place in places]
    if folder is None:
        return server.seconds(points)
    kept = Kept(folder, server)
    known = kept.between(points, today)
    seconds, trouble = server.seconds(points, known)
    if (np.isnan(known) & ~np.isnan(seconds)).any():
        kept.keep(points, seconds, today)
    return seconds, trouble
