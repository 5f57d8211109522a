"""A figure with how sure it is."""

from dataclasses import dataclass
from statistics import NormalDist
from typing import Any


@dataclass(frozen=True)
class Interval:
    """A value between `low` and `high` at a chosen level, by the normal distribution."""

    value: float
    low: float
    high: float
    level: float

    @classmethod
    def of(cls, value: float, error: float, level: float) -> "Interval":
        half = NormalDist().inv_cdf(0.5 + level / 2) * error
        return cls(value, value - half, value + half, level)

    @property
    def covers_zero(self) -> bool:
        return self.low <= 0 <= self.high

    def times(self, factor: float) -> "Interval":
        return Interval(self.value * factor, self.low * factor, self.high * factor, self.level)

    def as_json(self, digits: int = 4) -> dict[str, Any]:
        ends = {"value": self.value, "low": self.low, "high": self.high}
        return {**{name: round(end, digits) for name, end in ends.items()}, "level": self.level}
