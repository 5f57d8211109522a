"""A practice's funnel beside that of its peers: the same stages, the same months, each referral on one side only."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, ClassVar, Literal

import pandas as pd
from sqlalchemy import BigInteger, Select, cast, func, select

from liaison.access import Viewer
from liaison.facts.live import Live
from liaison.metrics.counting import Question, asked_window, stage_rows, vintage_of
from liaison.metrics.definitions.funnel import funnel, time_in_stage
from liaison.metrics.filters import Filters
from liaison.metrics.intervals import share_interval
from liaison.metrics.stages import CLOSED, MOVED_ON, SKIPPED
from liaison.metrics.suppression import no_free_filters
from liaison.metrics.survival import Incidence, incidence
from liaison.metrics.window import Window
from liaison.vocabulary import Audience, Exit, Stage, Vantage

Among = Literal["practice_type", "territory"]
Days = tuple[int, int]
STEP = ["stage", "outcome", "days"]
VANTAGES = (Vantage.ordered.value, Vantage.claims.value, Vantage.received.value)  # the first that there is counts


@dataclass(frozen=True)
class Side:
    """One side of a stage. `stayed`: created and not out of network; `low`, `high`: 95% of the share of those;
    `timed`: known durations of those who moved on.
    """

    created: int
    stayed: int
    reached: int
    low: float | None
    high: float | None
    median_days: int | None
    median_low: int | None
    median_high: int | None
    timed: int

    @property
    def share_of_stayed(self) -> float | None:
        """Leaving the network is compared as leakage: it would drown every other difference."""
        return self.reached / self.stayed if self.stayed else None

    def as_json(self) -> dict[str, Any]:
        of_all = self.reached / self.created if self.created else None
        return {"share": of_all, "share_of_stayed": self.share_of_stayed, **self.__dict__}


@dataclass(frozen=True)
class StageBeside:
    """`slower`: the practice's median days are above (1) or below (-1) the peers' beyond chance, 0 where neither."""

    stage: Stage
    own: Side
    peers: Side
    slower: int

    def as_json(self) -> dict[str, Any]:
        return {"stage": self.stage.value, "practice": self.own.as_json(), "peers": self.peers.as_json()}


@dataclass(frozen=True)
class Beside:
    """Stages in order; `among` and `key` say who the peers are: every other practice of the type or the territory."""

    definitions: ClassVar = (funnel.name, time_in_stage.name)

    among: Among
    key: str
    vantage: str | None
    stages: tuple[StageBeside, ...]
    window: Window | None
    vintage: date | None

    def as_json(self) -> dict[str, Any]:
        return {
            "among": self.among,
            "key": self.key,
            "vantage": self.vantage,
            "window": self.window.as_json() if self.window else None,
            "stages": [s.as_json() for s in self.stages],
        }


def beside_peers(live: Live, viewer: Viewer, audience: Audience, filters: Filters, among: Among, key: str) -> Beside:
    """The funnel of `filters.practice` and of the other practices whose `among` is `key`, seen from one vantage."""
    no_free_filters(filters, audience)
    own = stage_rows(Question(live, viewer, filters), lambda source: _statement(source, among))
    of_peers = replace(filters, practice=None, **{among: key})
    every = stage_rows(Question(live, viewer, of_peers), lambda source: _statement(source, among))
    # What we receive is received by definition: set beside what is ordered, it would look better at every stage.
    vantage = next((v for v in VANTAGES if (own["vantage"] == v).any()), None)
    own, every = (rows[rows["vantage"] == vantage] for rows in (own, every))
    # Months in which the practice was something else, or lay elsewhere, are not among the peers' to begin with.
    stored = every[among].iloc[0] if len(every) else None
    peers = _less(every, own[own[among] == stored])
    own = _added(own)
    dated = any(((r["stage"] == Stage.authorised) & (r["outcome"] != SKIPPED)).any() for r in (own, peers))
    stages = [s for s in Stage if s is not Stage.authorised or dated]
    found = tuple(_beside(s, own, peers) for s in stages) if len(own) else ()
    window = asked_window(Question(live, viewer, filters))
    return Beside(among, key, vantage, found, window, vintage_of(own))


def _statement(source: Any, column: str) -> Select[Any]:
    keys = [*(source.c[name] for name in STEP), source.c.vantage, source.c[column]]
    rows, newest = cast(func.sum(source.c.rows), BigInteger).label("rows"), func.max(source.c.newest).label("newest")
    return select(*keys, rows, newest).group_by(*keys)


def _added(rows: pd.DataFrame) -> pd.DataFrame:
    """Stage, outcome, days, rows, newest: a row each."""
    summed = rows.groupby(STEP, dropna=False, as_index=False).agg({"rows": "sum", "newest": "max"})
    return pd.DataFrame(summed[summed["rows"] > 0])


def _less(every: pd.DataFrame, own: pd.DataFrame) -> pd.DataFrame:
    """The rows of everybody without the practice's own."""
    return _added(pd.concat([every, own.assign(rows=-own["rows"])], ignore_index=True))


def _beside(stage: Stage, own: pd.DataFrame, peers: pd.DataFrame) -> StageBeside:
    mine, theirs = (incidence(_timed(stage, rows)) for rows in (own, peers))
    ends = mine.quantile_interval(0.5)
    return StageBeside(stage, _side(stage, own, mine, ends), _side(stage, peers, theirs), _slower(mine, ends, theirs))


def _timed(stage: Stage, rows: pd.DataFrame) -> pd.DataFrame:
    here = rows[rows["stage"] == stage]
    return pd.DataFrame(here[here["days"].notna() & (here["outcome"] != CLOSED)])


def _side(stage: Stage, rows: pd.DataFrame, curve: Incidence, around: Days | None = None) -> Side:
    """`around`: the interval of the median; that of all peers is a day wide, and would cost as much."""
    first = rows[rows["stage"] == Stage.created]
    created = int(first["rows"].sum())
    stayed = created - int(first.loc[first["outcome"] == Exit.out_of_network, "rows"].sum())
    reached = stayed if stage is Stage.created else int(rows.loc[rows["stage"] == stage, "rows"].sum())
    share = share_interval(reached, stayed) if stayed else None
    timed = _timed(stage, rows)
    return Side(
        created,
        stayed,
        reached,
        share.low if share else None,
        share.high if share else None,
        curve.quantile(0.5),
        around[0] if around else None,
        around[1] if around else None,
        int(timed.loc[timed["outcome"] == MOVED_ON, "rows"].sum()),
    )


def _slower(own: Incidence, around: Days | None, peers: Incidence) -> int:
    """Whether the medians lie apart with their intervals; both are read over the same days, since the longer a curve is
    read, the later its half.
    """
    if around is None or own.last_day is None or peers.last_day is None:
        return 0
    until = min(own.last_day, peers.last_day)
    mine = around if until == own.last_day else own.quantile_interval(0.5, until)
    theirs = peers.quantile_interval(0.5, until)
    if mine is None or theirs is None:
        return 0
    return 1 if mine[0] > theirs[1] else -1 if mine[1] < theirs[0] else 0
