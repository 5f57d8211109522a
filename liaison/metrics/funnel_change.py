"""The funnel of two windows side by side: what can be compared though the newer one has had less time."""

from dataclasses import dataclass
from datetime import date
from math import sqrt
from typing import Any

import pandas as pd

from liaison.access import Viewer
from liaison.errors import LiaisonError
from liaison.facts.live import Live
from liaison.metrics.counting import Question, asked_window, stage_rows, vintage_of
from liaison.metrics.definitions.funnel import moved_on as definition
from liaison.metrics.filters import Filters
from liaison.metrics.funnel import by_stage_and_days
from liaison.metrics.intervals import Interval, share_interval
from liaison.metrics.stages import CLOSED, SKIPPED
from liaison.metrics.survival import Incidence, incidence
from liaison.metrics.window import Window
from liaison.vocabulary import Audience, Stage

WITHIN = 30  # days in which somebody should have moved on


@dataclass(frozen=True)
class Step:
    """One stage in one window. `reached` of `created`, `share` with Wilson's interval; `moved_on` within `WITHIN` days
    and the median `days`, both with open referrals censored; null where too few, or too short a time, is seen.
    """

    reached: int
    created: int
    share: Interval | None
    moved_on: Interval | None
    days: Interval | None

    def row(self) -> dict[str, Any]:
        """reached, created, then share, moved_on and days, each with its low and high."""
        found: dict[str, Any] = {"reached": self.reached, "created": self.created}
        for name in ("share", "moved_on", "days"):
            part: Interval | None = getattr(self, name)
            found |= {name: part and part.value, f"{name}_low": part and part.low, f"{name}_high": part and part.high}
        return found


@dataclass(frozen=True)
class StepChange:
    """One stage, before and now."""

    stage: Stage
    before: Step
    now: Step

    @property
    def moved_on(self) -> Interval | None:
        """How the share that moved on changed."""
        return difference(self.before.moved_on, self.now.moved_on)

    @property
    def days(self) -> Interval | None:
        """How the median days changed."""
        return difference(self.before.days, self.now.days)


@dataclass(frozen=True)
class FunnelChange:
    """Stages in order. Days are read to the same day in both windows."""

    steps: tuple[StepChange, ...]
    before: Window | None
    now: Window | None
    vintage: date | None

    definition = definition.name

    def as_json(self) -> dict[str, Any]:
        return {
            "before": self.before.as_json() if self.before else None,
            "now": self.now.as_json() if self.now else None,
            "vintage": self.vintage.isoformat() if self.vintage else None,
            "within_days": WITHIN,
            "stages": [
                {"stage": s.stage.value, "window": name, **part.row()}
                for s in self.steps
                for name, part in (("before", s.before), ("now", s.now))
            ],
        }

    def frame(self) -> pd.DataFrame:
        """A row a stage and window, as a file: stage, window in words, counts, shares and days."""
        windows = (("before", self.before), ("now", self.now))
        rows = [
            {"stage": s.stage.label, "window": str(window), **(s.before if name == "before" else s.now).row()}
            for s in self.steps
            for name, window in windows
        ]
        return pd.DataFrame(rows)


def difference(before: Interval | None, now: Interval | None) -> Interval | None:
    """now - before of two groups of referrals, from their intervals.

    Source: Zou and Donner 2008, Construction of confidence limits about effect measures, Stat Med 27:1693-1702.
    """
    if before is None or now is None:
        return None
    step = now.value - before.value
    low = step - sqrt((now.value - now.low) ** 2 + (before.high - before.value) ** 2)
    high = step + sqrt((now.high - now.value) ** 2 + (before.value - before.low) ** 2)
    return Interval(step, low, high)


def funnel_change(
    live: Live, viewer: Viewer, audience: Audience, filters: Filters, before_first: str, before_last: str
) -> FunnelChange:
    """The filters' window against the months `before_first` to `before_last`, otherwise cut alike."""
    if audience is not Audience.inside:
        raise LiaisonError(
            "Two funnels side by side are shown inside the team only.", remedy="Ask for the funnel of one window."
        )
    asked = (
        Question(live, viewer, Filters(**{**filters.__dict__, "first": before_first, "last": before_last})),
        Question(live, viewer, filters),
    )
    old, new = (stage_rows(question, by_stage_and_days) for question in asked)
    newest = vintage_of(pd.concat([old, new]))
    return FunnelChange(tuple(_steps(old, new)), asked_window(asked[0]), asked_window(asked[1]), newest)


def _steps(old: pd.DataFrame, new: pd.DataFrame) -> list[StepChange]:
    found = []
    for stage in Stage:
        parts = [rows[rows["stage"] == stage] for rows in (old, new)]
        if stage is Stage.authorised and not any((p["outcome"] != SKIPPED).any() for p in parts):
            continue
        curves = [incidence(p[p["days"].notna() & (p["outcome"] != CLOSED)]) for p in parts]
        last = [curve.last_day for curve in curves]
        until = None if None in last else min(day for day in last if day is not None)
        created = [int(rows.loc[rows["stage"] == Stage.created, "rows"].sum()) for rows in (old, new)]
        before, now = (
            _step(int(part["rows"].sum()), of, curve, until)
            for part, of, curve in zip(parts, created, curves, strict=True)
        )
        found.append(StepChange(stage, before, now))
    return found


def _step(reached: int, created: int, curve: Incidence, until: int | None) -> Step:
    share = share_interval(reached, created) if created else None
    if until is None:
        return Step(reached, created, share, None, None)
    moved = curve.share_by(WITHIN) if until >= WITHIN else None
    day, ends = curve.quantile(0.5, until), curve.quantile_interval(0.5, until)
    days = Interval(day, *ends) if day is not None and ends else None
    return Step(reached, created, share, Interval(*moved) if moved else None, days)
