"""Which question a panel can answer: who begins when, who waits meanwhile, and which cells no visit has touched."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from liaison.models.effect.path import HISTORY
from liaison.models.panel import Panel

Flags = npt.NDArray[np.bool_]
Whole = npt.NDArray[np.int64]
SEEN = 2  # visits after which a practice is the team's own, and not one that it tried once
COLD = 6  # months without a visit after which a practice counts as cold
LOTS = 50  # slots by lot from which they are shown
MATURE = 0.5  # share of visited volume that is in the programme already
Band = tuple[int, int]  # months since the visit, first and last; the visit's own month is left out
SINCE_FIRST: tuple[Band, ...] = ((1, 2), (3, 5), (6, 8), (9, 11), (12, 17), (18, 10_000))
SINCE_ONE: tuple[Band, ...] = ((1, 2), (3, 6))  # after seven months the next cold spell may have ended


class Asked(StrEnum):
    """What an estimate is the effect of."""

    first_visit = "first_visit"
    one_more = "one_more"
    by_lot = "by_lot"


@dataclass(frozen=True, eq=False)
class Question:
    """(practice, month) arrays, months counted from the panel's first.

    `begins`: a visit that is asked about. `waits`: for a practice that could have begun in a month and did not, the
    month of its next visit (the number of months where none came), else 0. `untouched`: cells to learn the market
    from. `never` (practice): not visited as far as is known. `already` (practice): in the programme before there is
    a history to compare by. `weighed`: whether waiting depends on what practices sent, and must be weighed for.
    """

    asked: Asked
    begins: Flags
    waits: Whole
    untouched: Flags
    never: Flags
    already: Flags
    start: int
    bands: tuple[Band, ...]
    weighed: bool = True

    @property
    def could(self) -> Flags:
        """(practice, month): began, or could have."""
        return np.asarray(self.begins | (self.waits > 0))


def next_visit(visited: Flags) -> Whole:
    """(practice, month): month of the next visit from that month on, the number of months where none comes."""
    months = visited.shape[1]
    coming = np.full(visited.shape, months)
    ahead = np.full(len(visited), months)
    for month in range(months - 1, -1, -1):
        ahead = np.where(visited[:, month], month, ahead)
        coming[:, month] = ahead
    return coming


def since_first(panel: Panel, known_from: Whole) -> Question:
    """The effect of having been taken into the programme. `known_from` (practice): month from which its visits are
    all known; one that is known from later than the panel's start is taken as in the programme already."""
    visited, months = panel.visited, len(panel.months)
    first = np.where(visited.any(axis=1), visited.argmax(axis=1), months)
    known = np.asarray(known_from <= 0)
    already = np.asarray((first < HISTORY) | ~known)
    start = int(first.min())
    month = np.arange(months)
    free = np.asarray((month < first[:, None]) & known[:, None])
    begins = (month == first[:, None]) & ~already[:, None]
    waiting = (month < first[:, None]) & ~already[:, None] & (month >= max(HISTORY, start))
    waits = np.where(waiting, next_visit(visited), 0)
    never = np.asarray((first >= months) & ~already)
    return Question(Asked.first_visit, begins, waits, free, never, already, start, SINCE_FIRST)


def one_more(panel: Panel, known_from: Whole) -> Question:
    """The effect of one more visit after six months without, against practices that were and stayed cold."""
    visited, months = panel.visited, len(panel.months)
    since = np.hstack([np.zeros((len(panel), 1)), visited.cumsum(axis=1)])
    month = np.arange(months)
    recent = since[:, month] - since[:, np.maximum(month - COLD, 0)]
    cold = (recent == 0) & (month >= np.maximum(known_from, 0)[:, None] + COLD)
    own = since[:, month] >= SEEN
    begins = cold & visited & own
    waits = np.where(cold & ~visited & own, next_visit(visited), 0)
    already = np.asarray(visited[:, :HISTORY].any(axis=1) | (known_from > 0))
    never = np.asarray(~visited.any(axis=1))
    return Question(Asked.one_more, begins, waits, cold & ~visited, never, already, COLD, SINCE_ONE)


def by_lot(panel: Panel) -> Question:
    """Slots as the lot assigned them, against practices of the same months that it did not fall on."""
    months = len(panel.months)
    drawn = panel.visit_randomised > 0
    late = np.arange(months) >= HISTORY
    held = drawn.any(axis=0) & late
    begins = drawn & late
    waits = np.where(held & ~drawn, months, 0)
    nobody, everybody = np.zeros(len(panel), dtype=bool), np.ones(len(panel), dtype=bool)
    every = np.ones(drawn.shape, dtype=bool)
    return Question(Asked.by_lot, begins, waits, every, everybody, nobody, HISTORY, SINCE_ONE, weighed=False)


def volume_already(panel: Panel, question: Question) -> float:
    """Share of what visited practices sent that came from those in the programme already; 0 where nobody was seen."""
    sent, visited = panel.referrals_in.sum(axis=1), panel.visited.any(axis=1)
    whole = float(sent[visited].sum())
    return float(sent[visited & question.already].sum()) / whole if whole else 0.0
