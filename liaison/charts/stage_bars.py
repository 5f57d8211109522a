"""Where referrals get stuck: one bar a stage, the days between them on the step, exits as thin branches.

A bar is as long as the referrals that reached its stage: those that moved on, then, lighter, those that are open, then
as a thin branch those that left from it. So the dark part of a bar is as long as the bar below it.
"""

from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd

from liaison.charts.template import HEIGHT, TOP, Slot, filled, slot
from liaison.charts.theme import ROWS, Picture, finish
from liaison.charts.tokens import Tokens, mix
from liaison.charts.words import HIDDEN, HIDDEN_LONG, days, flagged, percent, records, whole

BAR, THIN, BRANCH, STEP, GAP = 22, 6, 17, 19, 9  # px: a bar, a branch, the line of a branch, of the days, between
LEFT, RIGHT = 118, 216  # px: for the names of stages, for the words at the end of a bar
_COLUMNS = ["part", "key", "name", "start", "end", "y", "y2", "fill", "label", "says", "told"]


def stage_rows(stages: pd.DataFrame, exits: pd.DataFrame, t: Tokens) -> pd.DataFrame:
    """What is drawn, from top to bottom.

    `stages`: stage: str (its name), and key where a click should say another; reached, open: referrals; share: of
    those created, 0 to 1; median_days, p90_days to the next stage, null below ten; suppressed: bool.
    `exits`: exit: str; count: referrals; share; suppressed; stage: the name of the stage that they left from; without
    that column they stand at the end, by size. `role` "out" makes a branch orange.
    Gives part (row, went, open, branch, stem, words, step, hidden), key, name, start, end: referrals along the axis,
    y, y2: px from the top, fill, label, says; told: the same for those who do not see it.
    """
    drawn: list[dict[str, Any]] = []
    leaving = _sized(exits)
    y = 0
    for stage in records(stages.assign(suppressed=flagged(stages, "suppressed"))):
        own = [e for e in leaving if e.get("stage") == stage["stage"]]
        found, y = _stage(stage, own, y, t)
        drawn += found
    apart = [e for e in leaving if "stage" not in e]
    for way in apart:
        drawn += _alone(way, y, t)
        y += BRANCH + 2
    told = [{**mark, "told": f"{mark['name']}: {mark['says']}"} for mark in drawn]
    return pd.DataFrame(told, columns=_COLUMNS)


def _sized(exits: pd.DataFrame) -> list[dict[str, Any]]:
    ordered = exits.assign(size=pd.to_numeric(exits["count"]).fillna(0), suppressed=flagged(exits, "suppressed"))
    return records(ordered.sort_values("size", ascending=False, kind="stable"))


def _stage(stage: dict[str, Any], exits: list[dict[str, Any]], top: int, t: Tokens) -> tuple[list[dict[str, Any]], int]:
    """The marks of one stage, and where the next one begins."""
    name, key = stage["stage"], stage.get("key", stage["stage"])
    middle = top + BAR / 2

    def mark(part: str, start: float, end: float, y: float, y2: float, **more: Any) -> dict[str, Any]:
        base = {"part": part, "key": key, "name": name, "start": start, "end": end, "y": y, "y2": y2}
        return base | {"fill": None, "label": "", "says": ""} | more

    if stage["suppressed"]:
        marks = [mark("row", 0, 0, top, top + BAR), mark("name", 0, 0, middle, middle, label=name)]
        hidden = mark("hidden", 0, 0, middle, middle, fill=t.quiet, label=HIDDEN, says=HIDDEN_LONG)
        return [*marks, hidden], top + BAR + GAP
    reached, still = float(stage["reached"]), 0.0 if pd.isna(stage["open"]) else float(stage["open"])
    left = sum(float(e["size"]) for e in exits)
    share = "" if pd.isna(stage["share"]) else f" \u00b7 {percent(stage['share'])}"
    says = f"{whole(reached)} reached this stage, {whole(still)} of them are still open here"
    went, waits = max(reached - still - left, 0.0), max(reached - left, 0.0)
    marks = [
        mark("row", 0, waits, top, top + BAR, says=says),
        mark("name", 0, 0, middle, middle, label=name),
        mark("went", 0, went, top, top + BAR, fill=t.us, says=says),
        mark("open", went, waits, top, top + BAR, fill=mix(t.us, t.ground, 0.6), says=says),
        mark("words", reached, reached, middle, middle, label=f"{whole(reached)}{share}", fill=t.text),
    ]
    y, start, above = top + BAR, waits, float(top + BAR)
    for way in exits:
        size, middle = float(way["size"]), y + BRANCH / 2
        words = _left(way)
        fill = _colour(way, t)
        marks.append(mark("stem", start, start, above, middle + THIN / 2, fill=fill))
        marks.append(
            mark("branch", start, start + size, middle - THIN / 2, middle + THIN / 2, fill=fill, says=f"{words} left")
        )
        marks.append(mark("words", reached, reached, middle, middle, label=words, fill=t.quiet))
        y, start, above = y + BRANCH, start + size, middle
    if words := _days(stage):
        marks.append(mark("step", 0, 0, y + STEP / 2, y + STEP / 2, label=words, says=words, fill=t.quiet))
        y += STEP
    return marks, y + GAP


def _days(stage: dict[str, Any]) -> str:
    if pd.isna(stage["median_days"]):
        return ""
    words = f"\u2193 {days(stage['median_days'])} at the median"
    return words if pd.isna(stage.get("p90_days")) else f"{words}, one in ten over {days(stage['p90_days'])}"


def _left(way: dict[str, Any]) -> str:
    share = "" if pd.isna(way["share"]) else f" \u00b7 {percent(way['share'])}"
    return f"{way['exit']} {whole(way['size'])}{share}"


def _colour(way: dict[str, Any], t: Tokens) -> str:
    """Only leaving for another network is leakage; the other ends are grey."""
    return t.out if way.get("role") == "out" else t.unknown


def _alone(way: dict[str, Any], top: int, t: Tokens) -> list[dict[str, Any]]:
    """An exit whose stage is not said: a thin bar from zero."""
    name, middle = way["exit"], top + BRANCH / 2
    base = {"key": name, "name": name, "start": 0.0, "y": middle, "y2": middle}
    label = {**base, "part": "name", "end": 0.0, "fill": None, "label": name, "says": ""}
    if way["suppressed"]:
        hidden = {"part": "hidden", "end": 0.0, "fill": t.quiet, "label": HIDDEN, "says": HIDDEN_LONG}
        return [label, base | hidden]
    size = float(way["size"])
    words = _left(way).removeprefix(f"{name} ")
    fill, says = _colour(way, t), f"{whole(size)} ended here"
    branch = {"part": "branch", "end": size, "fill": fill, "label": "", "says": says}
    ends = {"part": "words", "start": size, "end": size, "fill": t.quiet, "label": words, "says": says}
    return [label, base | branch | {"y": middle - THIN / 2, "y2": middle + THIN / 2}, base | ends]


def stage_bars(stages: pd.DataFrame, exits: pd.DataFrame, t: Tokens, *, first: str = "") -> Picture:
    """Columns as in `stage_rows`. A click puts a stage's key into the selection "stage"; `first` is picked already."""
    rows = stage_rows(stages, exits, t)
    top = max(float(rows["end"].max()) if len(rows) else 0.0, 1.0)
    height = int(rows["y2"].max()) + GAP if len(rows) else BAR
    values: dict[Slot, Any] = {TOP: top, HEIGHT: height, slot("stage"): first}
    return Picture(filled(_template(t, bool(first)), values), rows)


@lru_cache(maxsize=8)
def _template(t: Tokens, picked: bool) -> dict[str, Any]:
    start = [{"key": slot("stage")}] if picked else alt.Undefined
    pick = alt.selection_point(name="stage", fields=["key"], on="click", empty=False, value=start)
    along = alt.Scale(domain=[0, TOP], range=[LEFT, alt.ExprRef(f"max(width - {RIGHT}, {LEFT + 40})")], nice=False)
    down = alt.Scale(domain=[0, HEIGHT], range=[0, HEIGHT], nice=False, zero=False)
    says = [alt.Tooltip("name:N", title="Stage"), alt.Tooltip("says:N", title="Count")]
    base = alt.Chart(ROWS)
    y, y2 = alt.Y("y:Q", axis=None, scale=down), alt.Y2("y2:Q")
    x, x2 = alt.X("start:Q", axis=None, scale=along), alt.X2("end:Q")
    span: dict[str, Any] = {"x": x, "x2": x2, "y": y, "y2": y2}
    fill = alt.Color("fill:N", scale=None)

    def of(*parts: str) -> alt.Chart:
        return base.transform_filter(" || ".join(f"datum.part == '{part}'" for part in parts))

    ring = alt.condition(pick, alt.value(t.text), alt.value("transparent"))
    row = of("row").mark_rect(aria=False, cornerRadius=3, fill="transparent", strokeWidth=2, cursor="pointer")
    bars = of("went", "open").mark_rect(cursor="pointer").encode(**span, color=fill, tooltip=says, description="told:N")
    branches = of("branch").mark_rect().encode(**span, color=fill, tooltip=says, description="told:N")
    stems = of("stem").mark_rule(aria=False, strokeWidth=1).encode(x=x, y=y, y2=y2, color=fill)
    texts: dict[str, Any] = {"align": "left", "baseline": "middle", "aria": False}
    names = of("name").mark_text(**texts, fontSize=12.5, color=t.text).encode(x=alt.value(0), y=y, text="label:N")
    words = of("words", "hidden").mark_text(**texts, dx=8).encode(x=x, y=y, text="label:N", color=fill)
    steps = of("step").mark_text(**texts, fontSize=11.5, color=t.quiet).encode(x=x, y=y, text="label:N")
    ringed = row.encode(**span, stroke=ring, tooltip=says).add_params(pick)
    return finish([bars, branches, stems, names, words, steps, ringed], t, HEIGHT)
