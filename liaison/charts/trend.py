"""A figure by month: a line from zero, its band, the month that is not over dotted, events as ticks with words."""

from collections.abc import Sequence
from typing import Any, Literal

import altair as alt
import pandas as pd

from liaison.charts.theme import ROWS, Picture, finish
from liaison.charts.tokens import Tokens
from liaison.charts.words import HIDDEN, HIDDEN_LONG, MONTH_AXIS, flagged, percent, records, whole
from liaison.vocabulary import month_words

Unit = Literal["share", "count"]
_COLUMNS = ["part", "month", "series", "value", "low", "high", "ink", "label", "says"]


def trend_rows(
    months: pd.DataFrame, t: Tokens, *, unit: Unit = "count", events: Sequence[tuple[int, str]] = ()
) -> pd.DataFrame:
    """Points as they are drawn: part is line, tail (not over), hidden or event.

    `months`: month: month_id (year x 12 + month - 1); value: share 0 to 1 or count, null where hidden or nothing
    was counted; complete: bool; optional low, high, suppressed, series: str, role: us, out or unknown.
    `events`: (month_id, words).
    """
    frame = months.assign(
        series=months.get("series", ""),
        role=months.get("role", "us"),
        low=pd.to_numeric(months["low"]) if "low" in months else float("nan"),
        high=pd.to_numeric(months["high"]) if "high" in months else float("nan"),
        suppressed=flagged(months, "suppressed"),
    )
    points = [p for _, one in frame.groupby("series", sort=False) for p in _series(one.sort_values("month"), t, unit)]
    ticks = [_row("event", month=month, ink=t.quiet, label=words, says=words) for month, words in events]
    return pd.DataFrame([*points, *ticks], columns=_COLUMNS)


def _row(part: str, **more: Any) -> dict[str, Any]:
    return {"part": part, "series": "", "value": None, "low": None, "high": None, "label": "", **more}


def _series(one: pd.DataFrame, t: Tokens, unit: Unit) -> list[dict[str, Any]]:
    write = percent if unit == "share" else whole
    points: list[dict[str, Any]] = []
    for month in records(one):
        at = {"month": month["month"], "series": month["series"], "ink": t.role(month["role"])}
        words = month_words(int(month["month"]))
        if month["suppressed"]:
            points.append(_row("line", **at, says=HIDDEN_LONG))
            points.append(
                _row(
                    "hidden", **at | {"value": 0.0, "ink": t.quiet, "label": HIDDEN, "says": f"{words}: {HIDDEN_LONG}"}
                )
            )
            continue
        value = None if pd.isna(month["value"]) else float(month["value"])
        says = f"{words}: {write(value) if value is not None else 'nothing counted'}"
        if not month["complete"]:
            points.append(_row("tail", **at, value=value, says=f"{says}, not over yet"))
            continue
        low, high = month["low"], month["high"]
        if pd.notna(low) and pd.notna(high):
            says += f", between {write(low)} and {write(high)}"
        points.append(_row("line", **at, value=value, low=low, high=high, says=says))
    last = next((p for p in reversed(points) if p["part"] == "line" and p["value"] is not None), None)
    if last:
        last["label"] = f"{last['series']} {write(last['value'])}".strip()
        if any(p["part"] == "tail" for p in points):  # the dotted step starts where the line ends
            points.append(last | {"part": "tail", "label": ""})
    return points


def trend(
    months: pd.DataFrame,
    t: Tokens,
    *,
    unit: Unit = "count",
    events: Sequence[tuple[int, str]] = (),
    height: int = 200,
) -> Picture:
    """Columns as in `trend_rows`; the axis starts at zero, each line is named at its last complete month."""
    rows = trend_rows(months, t, unit=unit, events=events)
    first, last = (int(rows["month"].min()), int(rows["month"].max())) if len(rows) else (0, 1)
    every = max(1, -(-(last - first + 1) // 8))
    axis = alt.Axis(
        values=list(range(last, first - 1, -every))[::-1], labelExpr=MONTH_AXIS, labelOverlap="greedy", labelPadding=9
    )
    base = alt.Chart(ROWS).encode(
        x=alt.X("month:Q", title=None, axis=axis).scale(
            domain=[first - 0.3, last + max(1.0, (last - first) * 0.09)], nice=False
        ),
    )
    value = alt.Y("value:Q", title=None, axis=_value_axis(unit)).scale(zero=True, nice=True)
    tip = [alt.Tooltip("says:N", title="Month")]
    ink = alt.Color("ink:N", scale=None)
    line = base.transform_filter("datum.part == 'line'")
    named = line.transform_filter("datum.label != ''")
    tail, event = base.transform_filter("datum.part == 'tail'"), base.transform_filter("datum.part == 'event'")
    layers = [
        line.transform_filter("isValid(datum.low) && isValid(datum.high)")
        .mark_area(opacity=0.16)
        .encode(y=alt.Y("low:Q", title=None), y2="high:Q", color=ink),
        event.mark_rule(strokeDash=[3, 3], color=t.quiet),
        event.mark_text(align="left", baseline="top", dx=5, color=t.quiet).encode(y=alt.value(0), text="label:N"),
        line.mark_line(invalid="break-paths-filter-domains").encode(y=value, color=ink, detail="series:N"),
        tail.mark_line(strokeDash=[2, 3]).encode(y=value, color=ink, detail="series:N"),
        line.mark_point(size=30, opacity=1).encode(y=value, color=ink, tooltip=tip),
        tail.mark_point(size=30, filled=False, fill=t.ground, aria=False).encode(y=value, color=ink, tooltip=tip),
        base.transform_filter("datum.part == 'hidden'")
        .mark_text(dy=-7)
        .encode(y=value, text="label:N", color=ink, tooltip=tip),
        named.mark_text(align="left", dx=9, dy=-9, fontWeight=600).encode(y=value, text="label:N", color=ink),
    ]
    return Picture(finish(layers, t, height), rows)


def _value_axis(unit: Unit) -> alt.Axis:
    return alt.Axis(format=".0%" if unit == "share" else ",d", grid=True, tickCount=4)
