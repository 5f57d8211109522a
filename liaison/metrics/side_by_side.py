"""Two places, or one place in two windows, measure by measure, each difference with its interval."""

from dataclasses import dataclass
from typing import Any, ClassVar

from liaison.errors import LiaisonError
from liaison.metrics.definitions.leakage import leakage as definition
from liaison.metrics.figure import Figure, papers_as_json
from liaison.metrics.findings.places import Compared, compared
from liaison.metrics.places import PlaceBy, PlaceCounts

ALL = "ALL"


@dataclass(frozen=True)
class Named:
    """A place and its figure."""

    key: str
    label: str
    figure: Figure


def figure_of(counts: PlaceCounts, by: PlaceBy, key: str) -> Named:
    """One place, or ALL of them. LiaisonError where no referral counted came from there."""
    if key == ALL:
        return Named(ALL, "All", counts.total)
    rows = [row for row in counts.rows if getattr(row, by) == key]
    if not rows:
        remedy = f"The command places --by {by} lists those there are."
        what = f"No referral of which we could see where it went comes from the {by} {key} in this window."
        raise LiaisonError(what, remedy=remedy)
    return Named(key, counts.label(by, key), counts.figure(rows))


@dataclass(frozen=True)
class Beside:
    """Two places, or one in two windows, measure by measure."""

    definitions: ClassVar = (definition.name,)

    first: Named
    second: Named
    rows: tuple[Compared, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            **{name: _named_json(each) for name, each in (("first", self.first), ("second", self.second))},
            "rows": [each.as_json() for each in self.rows],
        }


def _named_json(each: Named) -> dict[str, Any]:
    figure = each.figure
    papers = papers_as_json(figure.window, figure.vintage, figure.coverage)
    return {"key": each.key, "label": each.label, **papers, **figure.as_json()}


def beside(first: Named, second: Named) -> Beside:
    """Referrals, out of network, leakage, destination unknown, kept but not seen: second against first."""
    return Beside(first, second, tuple(compared(first.figure, second.figure)))
