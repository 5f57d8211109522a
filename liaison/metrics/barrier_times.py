"""How long barriers take to be resolved, and which causes come back: open ones are censored, never left out.

Kaplan-Meier where nothing else ends a barrier; a loop closed without a solution competes (Aalen-Johansen), so that it
counts as never resolved. The median is of all barriers, not of those that were resolved.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import numpy as np
import pandas as pd

from liaison.metrics.stages import MOVED_ON, OPEN
from liaison.metrics.survival import LEVEL, Incidence, curve, kinds
from liaison.vocabulary import BarrierKind, comparison_key, month_id

UNSOLVED = "unsolved"  # the outcome of a loop that was closed without a solution
ENOUGH, SOLVED = 11, 5  # barriers, and resolved ones among them, below which no median is said
MONTHS = 12


@dataclass(frozen=True)
class TimeTo:
    """Days to a resolution under one key: `median`, `low` to `high` (95%); None where the curve does not get there.

    `too_few`: fewer than eleven barriers or five resolved ones, then no median is said.
    """

    key: str
    label: str
    n: int
    resolved: int
    median: int | None
    low: int | None
    high: int | None
    too_few: bool

    def as_json(self) -> dict[str, Any]:
        return dict(vars(self))


Rows = Sequence[Mapping[str, Any]]


def _frame(rows: Rows) -> pd.DataFrame:
    found = pd.DataFrame(rows, columns=["department", "kind", "raised_on", "days", "resolved", "closed"])
    ends = zip(found["resolved"], found["closed"], strict=True)
    return found.assign(outcome=[MOVED_ON if solved else UNSOLVED if closed else OPEN for solved, closed in ends])


def times(rows: Rows, by: str) -> tuple[TimeTo, ...]:
    """By `department` or `kind`, the slowest first.

    `rows`: both of these, days: int until it ended or now, resolved and closed: bool.
    """
    every = _frame(rows)
    found = [_time(str(key), part, by) for key, part in every.groupby(every[by].map(_key), sort=False)]
    return tuple(sorted(found, key=lambda t: (t.too_few, -(t.median or 10**6), -t.n, t.label)))


def kind_label(value: str) -> str:
    """A kind as people read it."""
    return BarrierKind(value).label if value in list(BarrierKind) else value


def _key(text: object) -> str:
    return comparison_key(str(text)) if text else ""


def _time(key: str, part: pd.DataFrame, by: str) -> TimeTo:
    solved = int((part["outcome"] == MOVED_ON).sum())
    few = len(part) < ENOUGH or solved < SOLVED
    ends = (None, None, None) if few else half(_curve(part))
    label = kind_label(part[by].iloc[0]) if by == "kind" else spelled(part[by])
    return TimeTo(key, label, len(part), solved, *ends, few)


def spelled(texts: Iterable[object]) -> str:
    """The spelling that is used most."""
    most = Counter(str(text) for text in texts if text).most_common(1)
    return most[0][0] if most else "Not named"


def _curve(part: pd.DataFrame) -> Incidence:
    ones = np.ones(len(part), dtype=np.int64)
    return curve(part["days"].to_numpy(np.int64), kinds(part["outcome"]), ones)


def half(found: Incidence) -> tuple[int | None, int | None, int | None]:
    """The first day by which half of all were resolved, with the days that a 95% test does not refuse.

    Source: Brookmeyer and Crowley 1982, A confidence interval for the median survival time, Biometrics 38:29-41, on the
    scale of log(-log S), as statistics packages do.
    """
    moved, errors = found.moved, found.errors(len(found.moved) - 1)
    staying = np.clip(1 - moved, 1e-12, 1 - 1e-12)
    wide = NormalDist().inv_cdf(0.5 + LEVEL / 2) * errors / (staying * np.abs(np.log(staying)))
    apart = np.log(-np.log(staying)) - np.log(-np.log(0.5))
    below, above = (moved <= 0) | (apart < -wide), (moved >= 1) | (apart > wide)
    return _first(moved >= 0.5 - 1e-12), _first(~below), _first(above)


def _first(days: Any) -> int | None:
    return int(np.argmax(days)) if days.any() else None


@dataclass(frozen=True)
class Cause:
    """A kind at a department: how many in the months shown, how many of them open, and by month, oldest first."""

    kind: str
    label: str
    department: str
    n: int
    open: int
    months: tuple[int, ...]

    def as_json(self) -> dict[str, Any]:
        return {**vars(self), "months": list(self.months)}


def causes(rows: Rows, last: str) -> tuple[Cause, ...]:
    """Kinds by department in the twelve months to `last` (ISO day), the most frequent first; `rows` as for `times`."""
    every, end = _frame(rows), month_id(last)
    months = every["raised_on"].map(month_id)
    recent = every[(months > end - MONTHS) & (months <= end)].assign(at=months - end + MONTHS - 1)
    found = []
    keys: list[Hashable] = ["kind", "where"]
    for (kind, _), part in recent.assign(where=recent["department"].map(_key)).groupby(keys, sort=False):
        each = np.bincount(part["at"].to_numpy(np.int64), minlength=MONTHS)
        still = int((part["outcome"] == OPEN).sum())
        found.append(
            Cause(
                str(kind),
                kind_label(str(kind)),
                spelled(part["department"]),
                len(part),
                still,
                tuple(int(n) for n in each),
            )
        )
    return tuple(sorted(found, key=lambda c: (-c.n, -c.open, c.department, c.kind)))
