"""What the page asks for, each counted once for a version of the data: functions of `ui.ask`."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from liaison.access import Viewer
from liaison.facts.live import Live
from liaison.metrics.appointments import Appointments, appointments
from liaison.metrics.figure import Figure, Unit, formatted, percent
from liaison.metrics.filters import Filters, stored_value
from liaison.metrics.funnel import Funnel, funnel
from liaison.metrics.funnel_change import FunnelChange, funnel_change
from liaison.metrics.intervals import Interval
from liaison.metrics.stuck_by import By, StuckBy, stuck_by
from liaison.vocabulary import NONE, Audience, Exit, Stage

BLANK = {
    "service_line": "No service line",
    "payer": "No payer",
    "organisation": "No destination named",
    "practice": "No practice found",
}


@dataclass(frozen=True)
class Shape:
    """The funnel; `stages` and `exits` as the picture wants them, `twin` the same as a table."""

    found: Funnel
    stages: pd.DataFrame
    exits: pd.DataFrame
    twin: pd.DataFrame

    @property
    def created(self) -> int:
        stage = self.found.reached(Stage.created)
        return stage.reached or 0 if stage else 0

    def share(self, stage: Stage) -> Figure:
        """The share of those created that reached a stage, with its papers."""
        at, f = self.found.reached(stage), self.found
        value, reached = (at.share, at.reached) if at else (None, None)
        return Figure("funnel", value, Unit.share, f.window, reached, self.created, f.coverage, f.vintage)


def shape(live: Live, viewer: Viewer, audience: Audience, filters: Filters) -> Shape:
    """Stages and exits of the window."""
    found = funnel(live, viewer, audience, filters)
    stages = [
        {
            "stage": s.stage.label,
            "key": s.stage.value,
            "reached": s.reached,
            "open": s.open,
            "share": s.share,
            "median_days": s.median_days,
            "p90_days": s.p90_days,
            "suppressed": s.suppressed,
        }
        for s in found.stages
    ]
    columns = ["stage", "key", "reached", "open", "share", "median_days", "p90_days", "suppressed"]
    rows, exits = pd.DataFrame(stages, columns=columns), _exits(found)
    return Shape(found, rows, exits, _twin(rows, exits))


def _twin(stages: pd.DataFrame, exits: pd.DataFrame) -> pd.DataFrame:
    """The picture as rows: stage, reached, share, open; median, p90 and left in words."""
    left = []
    for stage in stages["stage"]:
        own = exits[exits["stage"] == stage] if "stage" in exits else exits.iloc[0:0]
        left.append(", ".join(f"{e} {int(n):,}" for e, n in zip(own["exit"], own["count"], strict=True)))
    days = {to: [_in_words(d) for d in stages[of]] for to, of in (("median", "median_days"), ("p90", "p90_days"))}
    return stages.assign(left=left, **days)


def _in_words(number: float | None) -> str:
    return "" if number is None or pd.isna(number) else formatted(number, Unit.days)


def _exits(found: Funnel) -> pd.DataFrame:
    """By the stage that they left from, where that may be seen; else by size."""
    created = found.reached(Stage.created)
    of = created.reached if created else None
    if found.branches:
        rows: list[dict[str, Any]] = [
            {
                "exit": b.exit.label,
                "stage": b.stage.label,
                "count": b.count,
                "share": b.count / of if of else None,
                "role": _role(b.exit),
                "suppressed": False,
            }
            for b in found.branches
        ]
        return pd.DataFrame(rows)
    rows = [
        {"exit": e.exit.label, "count": e.count, "share": e.share, "role": _role(e.exit), "suppressed": e.suppressed}
        for e in found.exits
    ]
    return pd.DataFrame(rows, columns=["exit", "count", "share", "role", "suppressed"])


def _role(way: Exit) -> str:
    return "out" if way is Exit.out_of_network else "unknown"


@dataclass(frozen=True)
class Where:
    """Where referrals are stuck; `rows`: id (what a URL carries), label, stuck, open, share, low, high, range.

    `ids` in the same order; `few`: rows of which too few are open; `drawn`: as the picture of intervals wants them.
    """

    found: StuckBy
    rows: pd.DataFrame
    ids: tuple[str, ...]
    few: int
    drawn: pd.DataFrame


def where(live: Live, viewer: Viewer, audience: Audience, filters: Filters, by: By, stage: str | None) -> Where:
    """Stuck of open by one dimension, most stuck first."""
    found = stuck_by(live, viewer, audience, filters, by, stage)
    rows = found.frame()
    rows["id"] = [stored_value(by, key) for key in rows["key"]]
    rows["label"] = [BLANK[by] if label == NONE else label for label in rows["label"]]
    ends = zip(rows["low"], rows["high"], rows["too_few"], strict=True)
    rows["range"] = ["too few" if few else "" if pd.isna(low) else between(low, high) for low, high, few in ends]
    drawn = rows.rename(columns={"stuck": "part", "open": "whole", "share": "value"}).assign(key=rows["id"])
    names = ["key", "label", "part", "whole", "value", "low", "high", "suppressed"]
    return Where(found, rows, tuple(rows["id"]), int(rows["too_few"].sum()), drawn[names])


def between(low: float, high: float) -> str:
    """'31% to 44%'; of a narrow one what both ends round to."""
    ends = percent(low), percent(high)
    return ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"


@dataclass(frozen=True)
class Compared:
    """Two windows: `table` a row a stage in words, `moved` as the picture of intervals wants it."""

    found: FunnelChange
    table: pd.DataFrame
    moved: pd.DataFrame


def compared(
    live: Live, viewer: Viewer, audience: Audience, filters: Filters, before_first: str, before_last: str
) -> Compared:
    """The window of the filters against other months."""
    found = funnel_change(live, viewer, audience, filters, before_first, before_last)
    table, moved = [], []
    for step in found.steps:
        row = {"stage": step.stage.label}
        for name, part in (("before", step.before), ("now", step.now)):
            row |= {
                f"share_{name}": "" if part.share is None else percent(part.share.value),
                f"moved_{name}": _share(part.moved_on),
                f"days_{name}": _days(part.days),
            }
            m = part.moved_on
            if step.stage is not Stage.loop_closed:
                moved.append(
                    {
                        "key": f"{step.stage.value}-{name}",
                        "label": f"{step.stage.label}, {name}",
                        "part": None if m is None else round(m.value * part.reached),
                        "whole": part.reached,
                        "role": "unknown" if name == "before" else "us",
                        "value": m and m.value,
                        "low": m and m.low,
                        "high": m and m.high,
                    }
                )
        table.append(row)
    return Compared(found, pd.DataFrame(table), pd.DataFrame(moved))


@dataclass(frozen=True)
class Waits:
    """Share seen by days to the appointment; `rows` for the table and the file, `drawn` for the picture."""

    found: Appointments
    rows: pd.DataFrame
    drawn: pd.DataFrame


def waits(live: Live, viewer: Viewer, audience: Audience, filters: Filters) -> Waits:
    """Bands of days with their shares."""
    found = appointments(live, viewer, audience, filters)
    rows = found.frame()
    drawn = rows.assign(key=rows["label"], part=rows["seen"], whole=rows["appointments"], value=rows["share"])
    return Waits(found, rows, drawn)


def _share(found: Interval | None) -> str:
    if found is None:
        return "not known"
    value, ends = percent(found.value), between(found.low, found.high)
    return value if value == ends else f"{value} ({ends})"


def _days(found: Interval | None) -> str:
    if found is None:
        return "not known"
    ends = f" ({found.low:.0f} to {found.high:.0f})" if found.low < found.high else ""
    return f"{found.value:.0f}{ends}"
