"""The funnel: how far referrals get, how long they stay in each stage, how they leave."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

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
from liaison.metrics.survival import incidence
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
    created = int(rows.loc[rows["stage"] == Stage.created, "rows"].sum())
    dated = ((rows["stage"] == Stage.authorised) & (rows["outcome"] != SKIPPED)).any()
    stages = [s for s in Stage if s is not Stage.authorised or dated]
    found = Funnel(
        stages=tuple(_stage(s, rows[rows["stage"] == s], created) for s in stages) if created else (),
        exits=tuple(_exits(rows, created)),
        window=asked_window(question),
        vintage=vintage_of(rows),
        coverage=_coverage(rows),
        branches=_branches(rows),
    )
    return hide_small_funnel(found, audience)


def by_stage_and_days(source: Any) -> Select[Any]:
    """stage, outcome, days, rows, newest."""
    keys = [source.c.stage, source.c.outcome, source.c.days]
    return select(
        *keys, cast(func.sum(source.c.rows), BigInteger).label("rows"), func.max(source.c.newest).label("newest")
    ).group_by(*keys)


def _stage(stage: Stage, rows: pd.DataFrame, created: int) -> StageFigure:
    reached = int(rows["rows"].sum())
    timed = rows[rows["days"].notna() & (rows["outcome"] != CLOSED)]
    curve = incidence(timed)
    low, high = curve.quantile_interval(0.5) or (None, None)
    return StageFigure(
        stage,
        reached,
        reached / created,
        curve.quantile(0.5),
        curve.quantile(0.9),
        int(rows.loc[rows["outcome"] == OPEN, "rows"].sum()) if stage is not Stage.loop_closed else 0,
        median_low=low,
        median_high=high,
    )


def _exits(rows: pd.DataFrame, created: int) -> list[ExitFigure]:
    counted = rows.groupby("outcome")["rows"].sum()
    found = [ExitFigure(e, int(counted[e.value]), int(counted[e.value]) / created) for e in Exit if e.value in counted]
    return sorted(found, key=lambda e: -(e.count or 0))


def _branches(rows: pd.DataFrame) -> tuple[Branch, ...]:
    """By stage, the largest exit first."""
    left = rows[rows["outcome"].isin([e.value for e in Exit])]
    counted = left.groupby(["stage", "outcome"], as_index=False)["rows"].sum()
    columns = counted[["stage", "outcome", "rows"]].itertuples(index=False)
    found = [Branch(Stage(str(s)), Exit(str(e)), int(n)) for s, e, n in columns if n]
    return tuple(sorted(found, key=lambda b: (list(Stage).index(b.stage), -b.count, b.exit.value)))


def _coverage(rows: pd.DataFrame) -> Coverage:
    """Durations known / stages reached that should have one; a skipped authorisation should not."""
    should = rows[~rows["outcome"].isin([CLOSED, SKIPPED])]
    known = should[should["days"].notna()]
    return Coverage(int(known["rows"].sum()), int(should["rows"].sum()), "Time in stage known")
