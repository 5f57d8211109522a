"""The funnel: how far referrals get, how long they stay in each stage, how they leave."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

import numpy as np
import pandas as pd
from sqlalchemy import BigInteger, Select, cast, func, select

from liaison.access import Viewer
from liaison.facts.live import Live
from liaison.metrics.counting import Question, asked_window, stage_rows, vintage_of
from liaison.metrics.definitions.funnel import funnel as funnel_definition
from liaison.metrics.definitions.funnel import time_in_stage
from liaison.metrics.figure import Coverage, papers_as_json
from liaison.metrics.filters import Filters
from liaison.metrics.stages import CLOSED, OPEN, SKIPPED
from liaison.metrics.suppression import hide_small_funnel, no_free_filters
from liaison.metrics.survival import KIND, NO_CURVE, Incidence, curve
from liaison.metrics.window import Window
from liaison.vocabulary import Audience, Exit, Stage


@dataclass(frozen=True)
class StageFigure:
    """One stage: referrals that reached it, their share of those created, days to the next, still there.

    `median_low` to `median_high`: the 95% interval of the median days.
    """

    stage: Stage
    reached: int | None
    share: float | None
    median_days: int | None
    p90_days: int | None
    open: int | None
    suppressed: bool = False
    median_low: int | None = None
    median_high: int | None = None


@dataclass(frozen=True)
class ExitFigure:
    """One way of leaving: count, and share of the referrals created."""

    exit: Exit
    count: int | None
    share: float | None
    suppressed: bool = False


@dataclass(frozen=True)
class Branch:
    """Referrals that left from one stage by one exit; inside the team only."""

    stage: Stage
    exit: Exit
    count: int


@dataclass(frozen=True)
class Funnel:
    """Stages in order; exits by size. `coverage`: durations known of those there should be.

    `branches`: the same exits by the stage that they left from; empty for whoever small numbers are hidden from.
    """

    definitions: ClassVar = (funnel_definition.name, time_in_stage.name)

    stages: tuple[StageFigure, ...]
    exits: tuple[ExitFigure, ...]
    window: Window | None
    vintage: date | None
    coverage: Coverage | None
    branches: tuple[Branch, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            **papers_as_json(self.window, self.vintage, self.coverage),
            "stages": [_row(s, "stage") for s in self.stages],
            "exits": [_row(e, "exit") for e in self.exits],
            "exits_by_stage": [{"stage": b.stage.value, "exit": b.exit.value, "count": b.count} for b in self.branches],
        }

    def reached(self, stage: Stage) -> StageFigure | None:
        """A stage by its name; None where it is left out."""
        return next((s for s in self.stages if s.stage is stage), None)


def _row(figure: StageFigure | ExitFigure, name: str) -> dict[str, Any]:
    found = {k: v for k, v in figure.__dict__.items() if k != "suppressed"}
    return {name: found.pop(name).value, **found} | ({"suppressed": True} if figure.suppressed else {})


def funnel(live: Live, viewer: Viewer, audience: Audience, filters: Filters) -> Funnel:
    """The funnel of the referrals created in the window; every vantage unless one is asked for."""
    no_free_filters(filters, audience)
    question = Question(live, viewer, filters)
    rows = stage_rows(question, by_stage_and_days)
    counts = _Counts.of(rows)
    created = counts.rows(Stage.created)
    stages = [s for s in Stage if s is not Stage.authorised or counts.dated(s)]
    found = Funnel(
        stages=tuple(_stage(s, counts, created) for s in stages) if created else (),
        exits=tuple(_exits(counts, created)),
        window=asked_window(question),
        vintage=vintage_of(rows),
        coverage=counts.coverage(),
        branches=_branches(counts),
    )
    return hide_small_funnel(found, audience)


def by_stage_and_days(source: Any) -> Select[Any]:
    """stage, outcome, days, rows, newest."""
    keys = [source.c.stage, source.c.outcome, source.c.days]
    return select(
        *keys, cast(func.sum(source.c.rows), BigInteger).label("rows"), func.max(source.c.newest).label("newest")
    ).group_by(*keys)


@dataclass(frozen=True)
class _Counts:
    """Stage -> (outcome, days or None, referrals). Some thousand rows: lists are read faster than frames are cut."""

    by_stage: Mapping[Stage, list[tuple[str, int | None, int]]]

    @classmethod
    def of(cls, rows: pd.DataFrame) -> "_Counts":
        found: dict[Stage, list[tuple[str, int | None, int]]] = {s: [] for s in Stage}
        columns = [rows[name].tolist() for name in ("stage", "outcome", "days", "rows")]
        for stage, outcome, days, n in zip(*columns, strict=True):
            known = None if days is None or days != days else int(days)  # noqa: PLR0124 (NaN is not itself)
            found[Stage(stage)].append((outcome, known, int(n)))
        return cls(found)

    def rows(self, stage: Stage, outcome: str | None = None) -> int:
        return sum(n for o, _, n in self.by_stage[stage] if outcome is None or o == outcome)

    def dated(self, stage: Stage) -> bool:
        """Whether any referral has a date of this stage."""
        return any(o != SKIPPED for o, _, _ in self.by_stage[stage])

    def curve(self, stage: Stage) -> Incidence:
        timed = [(days, o, n) for o, days, n in self.by_stage[stage] if days is not None and o != CLOSED]
        if not timed:
            return NO_CURVE
        days, outcomes, rows = (list(column) for column in zip(*timed, strict=True))
        kind = [KIND.get(o, 2) for o in outcomes]
        return curve(*(np.array(column, dtype=np.int64) for column in (days, kind, rows)))

    def exits(self) -> dict[tuple[Stage, Exit], int]:
        found: dict[tuple[Stage, Exit], int] = {}
        for stage, listed in self.by_stage.items():
            for outcome, _, n in listed:
                if outcome in _EXITS:
                    found[stage, Exit(outcome)] = found.get((stage, Exit(outcome)), 0) + n
        return found

    def coverage(self) -> Coverage:
        """Durations known / stages reached that should have one; a skipped authorisation should not."""
        should = [(days, n) for listed in self.by_stage.values() for o, days, n in listed if o not in (CLOSED, SKIPPED)]
        known = sum(n for days, n in should if days is not None)
        return Coverage(known, sum(n for _, n in should), "Time in stage known")


_EXITS = frozenset(e.value for e in Exit)


def _stage(stage: Stage, counts: _Counts, created: int) -> StageFigure:
    reached, time = counts.rows(stage), counts.curve(stage)
    low, high = time.quantile_interval(0.5) or (None, None)
    return StageFigure(
        stage,
        reached,
        reached / created,
        time.quantile(0.5),
        time.quantile(0.9),
        counts.rows(stage, OPEN) if stage is not Stage.loop_closed else 0,
        median_low=low,
        median_high=high,
    )


def _exits(counts: _Counts, created: int) -> list[ExitFigure]:
    sums: dict[Exit, int] = {}
    for (_, way), n in counts.exits().items():
        sums[way] = sums.get(way, 0) + n
    found = [ExitFigure(e, sums[e], sums[e] / created) for e in Exit if e in sums]
    return sorted(found, key=lambda e: -(e.count or 0))


def _branches(counts: _Counts) -> tuple[Branch, ...]:
    """By stage, the largest exit first."""
    found = [Branch(stage, way, n) for (stage, way), n in counts.exits().items() if n]
    return tuple(sorted(found, key=lambda b: (list(Stage).index(b.stage), -b.count, b.exit.value)))
