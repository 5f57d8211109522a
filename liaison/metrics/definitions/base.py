"""What a definition says. Docs, pages and commands all read it from here."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from liaison.metrics.parts import Part

METRICS: dict[str, "Metric"] = {}


@dataclass(frozen=True)
class Metric:
    """A metric, defined once. Making one registers it; two of one name are refused."""

    name: str
    title: str
    says: str  # one sentence a manager can repeat
    why: str
    source: str  # where the rule comes from
    numerator: Part | None = None
    denominator: Part | None = None
    shown_beside: tuple[Part, ...] = ()
    better: Literal["lower", "higher", "neither"] = "neither"
    rules: tuple[str, ...] = ()  # what a careful reader asks next
    checked_by: str = "maintainers"
    review_by: date = date(2027, 6, 1)

    def __post_init__(self) -> None:
        if self.name in METRICS:
            raise ValueError(f"two metrics are called {self.name}")
        METRICS[self.name] = self
