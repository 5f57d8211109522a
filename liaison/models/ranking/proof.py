"""How good the list has been, as far as it can honestly be shown: never a claimed advantage over another list.

No back-test on visits that people chose can certify that one list beats another: such tests had the wrong sign with
high confidence in most panels whose truth was known. So: forecasts against what came, what visits brought by third
of the score, labelled observational, and visits by lot as they were assigned.
"""

from dataclasses import asdict, dataclass
from statistics import NormalDist
from typing import Any

import numpy as np
import numpy.typing as npt

from liaison.models.panel import Panel, month_name
from liaison.models.ranking.rank import fit

Numbers = npt.NDArray[np.float64]
AHEAD = 6  # months a visit is followed
HISTORY = 12  # months before the first forecast that is checked
LOTS = 50  # visits by lot from which they are shown
OBSERVED = "Observational: people chose these visits for reasons. It shows where visits went well, not what caused it."
ASSIGNED = "By lot: compared as assigned with practices of the same months that the lot did not fall on."


@dataclass(frozen=True)
class Tenth:
    """A tenth of the practices by forecast: means a month of what was forecast and of what came."""

    forecast: float
    came: float
    practices: int


@dataclass(frozen=True)
class Deciles:
    """Forecasts made after `as_of` (month id) for the six months after the next; `slope` of what came on them."""

    as_of: int
    slope: float | None
    tenths: tuple[Tenth, ...]


@dataclass(frozen=True)
class Brought:
    """Referrals beyond the forecast after a visit, in all, with an interval (None below three visits)."""

    label: str
    visits: int
    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Past:
    """What was forecast at the end of the month before each checked month, and what came in the six after it.

    (practice, month) arrays; `score` is the expected gain, `beyond` = came - forecast, both of six months.
    """

    months: tuple[int, ...]
    score: Numbers
    beyond: Numbers
    visited: npt.NDArray[np.bool_]
    drawn: npt.NDArray[np.bool_]


def deciles(panel: Panel) -> Deciles | None:
    """Forecasts of the last date from which six whole months have passed; None where the history is too short."""
    place = len(panel.months) - AHEAD - 1
    if place < HISTORY:
        return None
    expected = fit(panel, panel.months[place - 1]).ahead.mean(axis=1)
    came = panel.referrals_in[:, place + 1 : place + 1 + AHEAD].mean(axis=1)
    parts = np.array_split(np.argsort(expected, kind="stable"), 10)
    tenths = tuple(Tenth(float(expected[p].mean()), float(came[p].mean()), len(p)) for p in parts if len(p))
    spread = float(((expected - expected.mean()) ** 2).sum())
    slope = float((expected - expected.mean()) @ (came - came.mean()) / spread) if spread else None
    return Deciles(panel.months[place - 1], slope, tenths)


def past(panel: Panel, months: int = 12) -> Past | None:
    """Look back month by month, each time knowing only what was known then; None where the history is too short."""
    last = len(panel.months) - AHEAD
    places = range(max(HISTORY, last - months), last)
    if not places:
        return None
    score, beyond = np.zeros((len(panel), len(places))), np.zeros((len(panel), len(places)))
    for column, place in enumerate(places):
        fitted = fit(panel, panel.months[place - 1])
        score[:, column] = fitted.gain
        came = panel.referrals_in[:, place + 1 : place + 1 + AHEAD].sum(axis=1)
        beyond[:, column] = came - _level(fitted.ahead.sum(axis=1), came, panel.visited[:, place])
    kept = slice(places.start, places.stop)
    drawn = panel.visit_randomised[:, kept] > 0
    return Past(panel.months[kept], score, beyond, panel.visited[:, kept], drawn)


def thirds(seen: Past, level: float = 0.95) -> tuple[Brought, ...]:
    """What visits brought beyond the forecast, by third of the score that the practices had then."""
    places = [np.nonzero(seen.visited)]
    score = seen.score[places[0]]
    order = np.array_split(np.argsort(score, kind="stable")[::-1], 3)
    names = ("highest third of the score", "middle third", "lowest third")
    return tuple(
        _brought(name, seen.beyond[places[0]][part], places[0][0][part], level)
        for name, part in zip(names, order, strict=True)
    )


def by_lot(seen: Past, level: float = 0.95) -> Brought | None:
    """What visits by lot brought, against those of the same months on which the lot did not fall; None below fifty."""
    if seen.drawn.sum() < LOTS:
        return None
    others = np.where(seen.drawn, np.nan, seen.beyond)
    apart = seen.beyond - np.nanmean(others, axis=0)
    practice, month = np.nonzero(seen.drawn)
    return _brought("visits by lot", apart[practice, month], practice, level)


def _level(expected: Numbers, came: Numbers, visited: npt.NDArray[np.bool_]) -> Numbers:
    """The forecast moved to the level of those not visited that month: the market's luck is nobody's merit."""
    rest = expected[~visited].sum()
    return expected * float(came[~visited].sum() / rest) if rest > 0 else expected


@dataclass(frozen=True)
class Checks:
    """All that can be shown of how good the list has been; None where the history or the lot does not suffice."""

    forecast: Deciles | None
    thirds: tuple[Brought, ...]
    by_lot: Brought | None

    def as_json(self) -> dict[str, Any]:
        checked, lot = self.forecast, self.by_lot
        return {
            "forecast": None if checked is None else {**asdict(checked), "as_of": month_name(checked.as_of)},
            "thirds": {"says": OBSERVED, "rows": [asdict(part) for part in self.thirds]},
            "by_lot": None if lot is None else {"says": ASSIGNED, **asdict(lot)},
        }


def check(panel: Panel, level: float = 0.95) -> Checks:
    """Look back over the panel's last year and a half: forecasts, thirds of the score, visits by lot."""
    looked = past(panel)
    return Checks(
        deciles(panel),
        () if looked is None else thirds(looked, level),
        None if looked is None else by_lot(looked, level),
    )


def _brought(label: str, beyond: Numbers, practice: npt.NDArray[np.int64], level: float) -> Brought:
    count = len(beyond)
    if count < 3:
        return Brought(label, count, None, None, None)
    mean = float(beyond.mean())
    # A practice that is visited often counts once: its visits are not independent.
    sums = np.bincount(practice, beyond - mean)
    held = sums[np.bincount(practice) > 0]
    error = float(np.sqrt((held**2).sum() * len(held) / max(len(held) - 1, 1))) / count
    half = NormalDist().inv_cdf(0.5 + level / 2) * error
    return Brought(label, count, mean, mean - half, mean + half)
