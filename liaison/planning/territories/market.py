"""What is divided: areas, who borders on whom, what practices need in a year, and who could look after them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from liaison.metrics.distance import miles_between
from liaison.planning.travel.estimate import Roads

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

TOLERANCE = 0.05  # of the workload that is due to a liaison, on each side
HAND_OVER = 120.0  # minutes a year that a practice changing hands counts: two visits to get to know each other
NOBODY = -1


@dataclass(frozen=True)
class Area:
    """A county or ZIP, whole: `kind` and `code` as the records of territories have them; degrees of its middle."""

    kind: str
    code: str
    name: str
    lat: float
    lon: float

    @property
    def id(self) -> str:
        return f"{self.kind}:{self.code}"


@dataclass(frozen=True)
class Need:
    """A practice: the area it lies in (position), visits needed a year, minutes a visit takes at and around it, what a
    visit is worth, and who has it today (position; NOBODY where none of these people has it; `held`: whoever has)."""

    practice: str
    area: int
    lat: float
    lon: float
    visits: float
    minutes: float
    value: float
    today: int = NOBODY
    held: str | None = None


@dataclass(frozen=True)
class Liaison:
    """Who could look after practices: where the day starts (None: wherever their territory has its middle), and how
    many hours a week they work."""

    id: str
    name: str
    lat: float | None
    lon: float | None
    hours: float


@dataclass(frozen=True)
class Market:
    """`borders`: the positions of the areas that each area borders on. `stops`: visits of a full day, over which the
    way out and home is shared. `hand_over`: minutes a year for each practice that changes hands.
    """

    areas: Sequence[Area]
    borders: Sequence[frozenset[int]]
    needs: Sequence[Need]
    people: Sequence[Liaison]
    stops: float
    hand_over: float = HAND_OVER
    tolerance: float = TOLERANCE
    roads: Roads = field(default_factory=Roads)

    @cached_property
    def lies_in(self) -> Whole:
        """[practice]: the position of its area."""
        return np.array([need.area for need in self.needs], dtype=np.int64)

    @cached_property
    def visits(self) -> Floats:
        return np.array([need.visits for need in self.needs], dtype=np.float64)

    @cached_property
    def value(self) -> Floats:
        return np.array([need.value for need in self.needs], dtype=np.float64)

    @cached_property
    def today(self) -> Whole:
        """[practice]: who has it today."""
        return np.array([need.today for need in self.needs], dtype=np.int64)

    @cached_property
    def due(self) -> Floats:
        """[person]: the share of all work that is due to each, by the hours they work."""
        hours = np.array([one.hours for one in self.people], dtype=np.float64)
        return hours / hours.sum() if hours.sum() > 0 else np.full(len(hours), 1 / len(hours))

    @cached_property
    def way(self) -> Floats:
        """[practice, person]: minutes from the start of the day to the practice, one way."""
        lat, lon = self._starts
        mine = np.array([(need.lat, need.lon) for need in self.needs], dtype=np.float64).reshape(-1, 2)
        return self.roads.minutes(miles_between(mine[:, :1], mine[:, 1:], lat[None, :], lon[None, :]))

    @cached_property
    def travel(self) -> Floats:
        """[practice, person]: minutes a year on the way out and home, shared by the visits of a day."""
        return self.visits[:, None] * 2 * self.way / self.stops

    @cached_property
    def work(self) -> Floats:
        """[practice, person]: minutes a year: visits, the ways between them, out and home."""
        still = self.visits * np.array([need.minutes for need in self.needs], dtype=np.float64)
        return still[:, None] + self.travel

    @cached_property
    def changes(self) -> Floats:
        """[practice, person]: 1 where it would change hands; who is in nobody's hands changes to nobody's harm."""
        theirs = self.today[:, None] == np.arange(len(self.people))[None, :]
        return np.where(self.today[:, None] == NOBODY, 0.0, 1.0 - theirs)

    @cached_property
    def by_area(self) -> dict[str, Floats]:
        """Sums of practices by area: work, travel, changes [area, person]; value, visits [area]."""
        return {
            "work": self._summed(self.work),
            "travel": self._summed(self.travel),
            "changes": self._summed(self.changes),
            "value": self._summed(self.value[:, None] * self.visits[:, None])[:, 0],
            "visits": self._summed(self.visits[:, None])[:, 0],
        }

    @cached_property
    def apart(self) -> Floats:
        """[area, area]: minutes of driving between the middles of two areas."""
        lat = np.array([area.lat for area in self.areas], dtype=np.float64)
        lon = np.array([area.lon for area in self.areas], dtype=np.float64)
        return self.roads.between(lat, lon)

    @property
    def _starts(self) -> tuple[Floats, Floats]:
        """Who starts nowhere known starts in the middle of all work."""
        weights = self.visits if self.visits.sum() > 0 else np.ones(len(self.needs))
        middle = [np.average([getattr(n, name) for n in self.needs], weights=weights) for name in ("lat", "lon")]
        known = [
            (p.lat, p.lon) if p.lat is not None and p.lon is not None else (middle[0], middle[1]) for p in self.people
        ]
        starts = np.array(known, dtype=np.float64).reshape(-1, 2)
        return starts[:, 0], starts[:, 1]

    def _summed(self, values: Floats) -> Floats:
        found = np.zeros((len(self.areas), values.shape[1]))
        np.add.at(found, self.lies_in, values)
        return found
