"""Are we enough? Visits needed against visits available, and what one liaison less or more would change.

Arithmetic over the stored ranking, not a forecast: each visit needed is taken as worth what the list expects of the
next one, until together they would bring the peak of a visit in all twelve months; visits beyond that keep contact and
bring nothing more. Visits are made where they bring most, until time is out.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

YEAR = 12  # months
IN_FIELD = 0.6  # of the working hours, for visits and driving: an assumption, to be replaced by one's own
PUBLISHED_COST = 124_000.0  # dollars a year
PUBLISHED_SAYS = (
    "published: mean base salary $66,968 (vendor survey), with benefits and travel about $124,000 a year (arithmetic)"
)


@dataclass(frozen=True)
class Wants:
    """A practice: visits needed in a year, referrals that one should bring, dollars that a referral contributes;
    `months`: of a visit's peak that one adds, so that 12 / months visits bring all that visits can in a year (0: each
    visit brings the same)."""

    practice: str
    visits: float
    gain: float
    each: float
    months: float = 0.0


@dataclass(frozen=True)
class Assumed:
    """`minutes`: of a visit with its driving; `hours`: that a liaison works in a year; `in_field`: the share of them
    for visits; `cost`: dollars a year of one liaison more or less; `says`: where each figure is from."""

    minutes: float
    hours: float
    in_field: float = IN_FIELD
    cost: float = PUBLISHED_COST
    says: tuple[str, ...] = ()

    @property
    def visits(self) -> float:
        """That one liaison can make in a year."""
        return self.hours * 60 * self.in_field / self.minutes if self.minutes > 0 else 0.0


@dataclass(frozen=True)
class Level:
    """A number of liaisons. `made`, `left`: visits of those needed; `gain`, `unvisited`: referrals they should bring,
    and those that wait; `margin`: dollars of what is made. Against today's number, per year: `extra` referrals,
    `extra_margin` and `extra_cost` dollars."""

    liaisons: int
    available: float
    made: float
    left: float
    gain: float
    unvisited: float
    margin: float
    extra: float
    extra_margin: float
    extra_cost: float

    @property
    def cost_each(self) -> float | None:
        """Dollars a referral more (or saved a referral less); None where none comes of it."""
        return self.extra_cost / self.extra if abs(self.extra) >= 0.05 else None

    @property
    def net(self) -> float:
        """Margin less cost, against today."""
        return self.extra_margin - self.extra_cost


@dataclass(frozen=True)
class Staffing:
    """`levels`: one less, as today, one more (none below 0)."""

    liaisons: int
    needed: float
    assumed: Assumed
    levels: tuple[Level, ...]
    has_gain: bool
    has_margin: bool

    @property
    def today(self) -> Level:
        return next(level for level in self.levels if level.liaisons == self.liaisons)

    def as_json(self) -> dict[str, Any]:
        return {
            "says": "Arithmetic over the list of next visits, not a forecast.",
            "liaisons": self.liaisons,
            "visits_needed": round(self.needed, 1),
            "visits_each": round(self.assumed.visits, 1),
            "minutes_a_visit": round(self.assumed.minutes, 1),
            "hours_a_year": round(self.assumed.hours, 1),
            "in_field": self.assumed.in_field,
            "cost": self.assumed.cost,
            "sources": list(self.assumed.says),
            "levels": [_level_json(level, self.has_gain, self.has_margin) for level in self.levels],
        }


def _level_json(level: Level, has_gain: bool, has_margin: bool) -> dict[str, Any]:
    told: dict[str, Any] = {name: round(number, 2) for name, number in asdict(level).items()}
    told |= {"liaisons": level.liaisons, "cost_each": level.cost_each, "net": round(level.net, 2)}
    hidden = [] if has_gain else ["gain", "unvisited", "extra", "cost_each"]
    hidden += [] if has_gain and has_margin else ["margin", "extra_margin", "net"]
    return {name: None if name in hidden else value for name, value in told.items()}


def staffing(wants: Sequence[Wants], liaisons: int, assumed: Assumed) -> Staffing:
    """One liaison less, as today, one more."""
    order = _in_order(wants)
    visits = np.array([w.visits for w in order], dtype=np.float64)
    gains = np.array([w.gain for w in order], dtype=np.float64)
    each = np.array([w.each for w in order], dtype=np.float64)
    numbers = [n for n in (liaisons - 1, liaisons, liaisons + 1) if n >= 0]
    filled = {n: _filled(visits, n * assumed.visits) for n in numbers}
    total = float((visits * gains).sum())
    now = filled[liaisons]
    levels = []
    for n in numbers:
        made = filled[n]
        gain, margin = float((made * gains).sum()), float((made * gains * each).sum())
        levels.append(
            Level(
                n,
                n * assumed.visits,
                float(made.sum()),
                float((visits - made).sum()),
                gain,
                total - gain,
                margin,
                gain - float((now * gains).sum()),
                margin - float((now * gains * each).sum()),
                (n - liaisons) * assumed.cost,
            )
        )
    return Staffing(liaisons, float(visits.sum()), assumed, tuple(levels), bool(gains.any()), bool(each.any()))


def made_at(wants: Sequence[Wants], available: float) -> dict[str, float]:
    """Practice -> visits a year that are made there, where `available` ones go to where they bring most."""
    order = _in_order(wants)
    made = dict.fromkeys((each.practice for each in wants), 0.0)
    filled = _filled(np.array([w.visits for w in order], dtype=np.float64), available)
    for part, visits in zip(order, filled.tolist(), strict=True):
        made[part.practice] += visits
    return made


def _in_order(wants: Sequence[Wants]) -> list[Wants]:
    """Where they bring most first."""
    return sorted((part for w in wants for part in _parts(w)), key=lambda w: (-w.gain, w.practice))


def _parts(of: Wants) -> list[Wants]:
    """The visits that bring something, and those that do not."""
    bring = min(of.visits, YEAR / of.months) if of.months > 0 else of.visits
    parts = [replace(of, visits=bring, gain=max(of.gain, 0.0)), replace(of, visits=of.visits - bring, gain=0.0)]
    return [part for part in parts if part.visits > 0]


def _filled(visits: "np.ndarray[Any, np.dtype[np.float64]]", time: float) -> "np.ndarray[Any, np.dtype[np.float64]]":
    """Visits made of each, in this order, until so many are."""
    before = np.concatenate([[0.0], np.cumsum(visits)[:-1]]) if len(visits) else np.zeros(0)
    return np.clip(time - before, 0.0, visits)
