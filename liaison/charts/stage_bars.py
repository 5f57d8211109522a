"""Where referrals get stuck: one bar a stage, the days between them on the step, exits as thin branches."""

from typing import Any

import altair as alt
import pandas as pd

from liaison.charts.theme import ROWS, Picture, finish, room_for_words
from liaison.charts.tokens import Tokens, mix
from liaison.charts.words import HIDDEN, HIDDEN_LONG, days, flagged, percent, records, whole

STEP = 42
_COLUMNS = ["part", "name", "start", "end", "fill", "label", "says"]


def stage_rows(stages: pd.DataFrame, exits: pd.DataFrame, t: Tokens) -> pd.DataFrame:
    """Bars in the order given: stages, then exits by size.

    `stages`: stage: str; reached, open: referrals; share: of those created, 0 to 1; median_days, p90_days to the
    next stage, null below ten; suppressed: bool. `exits`: exit: str; count: referrals; share; suppressed.
    Gives part (went, open, step, hidden, exit), name, start, end: referrals along the axis, fill, label, says.
    """
    rows = [row for stage in _records(stages) for row in _stage(stage, t)]
    ordered = exits.assign(size=pd.to_numeric(exits["count"]).fillna(0)).sort_values("size", ascending=False)
    rows += [_exit(leaving, t) for leaving in _records(ordered)]
    return pd.DataFrame(rows, columns=_COLUMNS)


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return records(frame.assign(suppressed=flagged(frame, "suppressed")))


def _stage(stage: dict[str, Any], t: Tokens) -> list[dict[str, Any]]:
    name = stage["stage"]
    if stage["suppressed"]:
        return [_hidden(name, t)]
    reached, still = float(stage["reached"]), 0.0 if pd.isna(stage["open"]) else float(stage["open"])
    share = "" if pd.isna(stage["share"]) else f" \u00b7 {percent(stage['share'])}"
    says = f"{whole(reached)} reached this stage, {whole(still)} of them are still open here"
    went, pale = reached - still, mix(t.us, t.ground, 0.6)
    bars = [
        {"part": "went", "name": name, "start": 0.0, "end": went, "fill": t.us, "label": "", "says": says},
        {
            "part": "open",
            "name": name,
            "start": went,
            "end": reached,
            "fill": pale,
            "label": f"{whole(reached)}{share}",
            "says": says,
        },
    ]
    if pd.notna(stage["median_days"]):
        words = f"\u2193 {days(stage['median_days'])} at the median"
        if pd.notna(stage.get("p90_days")):
            words += f", one in ten over {days(stage['p90_days'])}"
        bars.append(
            {"part": "step", "name": name, "start": 0.0, "end": 0.0, "fill": None, "label": words, "says": words}
        )
    return bars


def _exit(leaving: dict[str, Any], t: Tokens) -> dict[str, Any]:
    name = leaving["exit"]
    if leaving["suppressed"]:
        return _hidden(name, t)
    size = float(leaving["count"])
    share = "" if pd.isna(leaving["share"]) else f" \u00b7 {percent(leaving['share'])}"
    # Only leaving for another network is leakage; the other ends are grey.
    fill = t.out if leaving.get("role") == "out" else t.unknown
    return {
        "part": "exit", "name": name, "start": 0.0, "end": size, "fill": fill,
        "label": f"{whole(size)}{share}", "says": f"{whole(size)} ended here{share}",
    }  # fmt: skip


def _hidden(name: str, t: Tokens) -> dict[str, Any]:
    return {
        "part": "hidden",
        "name": name,
        "start": 0.0,
        "end": 0.0,
        "fill": t.quiet,
        "label": HIDDEN,
        "says": HIDDEN_LONG,
    }


def stage_bars(stages: pd.DataFrame, exits: pd.DataFrame, t: Tokens) -> Picture:
    """Columns as in `stage_rows`; the pale end of a bar is what is still open at that stage."""
    rows = stage_rows(stages, exits, t)
    names = rows["name"].unique().tolist()
    top = max(float(rows["end"].max()) if len(rows) else 0.0, 1.0)
    base = alt.Chart(ROWS).encode(
        y=alt.Y("name:N", title=None, axis=alt.Axis(labelColor=t.text, labelLimit=160)).scale(domain=names, padding=0),
        tooltip=[alt.Tooltip("name:N", title="Stage"), alt.Tooltip("says:N", title="Count")],
    )
    scale = alt.Scale(domain=[0, top], range=room_for_words(110), nice=False)
    span = {"x": alt.X("start:Q", axis=None, scale=scale), "x2": alt.X2("end:Q")}
    end = alt.X("end:Q", axis=None, scale=scale)
    fill = alt.Color("fill:N", scale=None)
    layers = [
        base.transform_filter("datum.part == 'went' || datum.part == 'open'")
        .mark_bar(height=18, cornerRadius=0)
        .encode(**span, color=fill),
        base.transform_filter("datum.part == 'exit'").mark_bar(height=6).encode(**span, color=fill),
        base.transform_filter("datum.part == 'open' || datum.part == 'exit'")
        .mark_text(align="left", dx=8)
        .encode(x=end, text="label:N"),
        base.transform_filter("datum.part == 'hidden'")
        .mark_text(align="left", dx=8)
        .encode(x=end, text="label:N", color=fill),
        base.transform_filter("datum.part == 'step'")
        .mark_text(align="left", dx=2, fontSize=11.5, color=t.quiet)
        .encode(x=end, y=alt.Y("name:N", bandPosition=1), text="label:N"),
    ]
    return Picture(finish(layers, t, STEP * max(len(names), 1)), rows)
