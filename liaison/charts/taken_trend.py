"""What one organisation received, month by month: a line from zero, the month that is not over dotted."""

from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd

from liaison.charts.template import TOP, Slot, filled, slot
from liaison.charts.theme import ROWS, Picture, finish
from liaison.charts.tokens import Tokens
from liaison.charts.words import MONTH_AXIS, records, whole
from liaison.vocabulary import month_words

HEIGHT = 130
LABELS = 6  # months named below the line
FIRST, LAST = 90_011, 90_012
_COLUMNS = ["part", "month", "value", "ink", "label", "says"]


def taken_trend_rows(months: pd.DataFrame, t: Tokens) -> pd.DataFrame:
    """Points as they are drawn: part is line, or tail (from the last month that is over to the one that is not).

    `months`: month: month_id; value: referrals; complete: bool; role: us, out or unknown.
    """
    points = [_point(month, t) for month in records(months.sort_values("month"))]
    closed = [p for p in points if p["part"] == "line"]
    if closed:
        closed[-1]["label"] = whole(closed[-1]["value"])
        if any(p["part"] == "tail" for p in points):
            points.append(closed[-1] | {"part": "tail", "label": ""})
    return pd.DataFrame(points, columns=_COLUMNS)


def _point(month: dict[str, Any], t: Tokens) -> dict[str, Any]:
    says = f"{month_words(int(month['month']))}: {whole(month['value'])} referrals"
    return {
        "part": "line" if month["complete"] else "tail",
        "month": int(month["month"]),
        "value": float(month["value"]),
        "ink": t.role(month["role"]),
        "label": "",
        "says": says if month["complete"] else f"{says}, not over yet",
    }


def taken_trend(months: pd.DataFrame, t: Tokens) -> Picture:
    """Columns as in `taken_trend_rows`; the axis starts at zero."""
    rows = taken_trend_rows(months, t)
    first, last = (int(rows["month"].min()), int(rows["month"].max())) if len(rows) else (0, 1)
    every = max(1, -(-(last - first + 1) // LABELS))
    values: dict[Slot, Any] = {
        FIRST: first - 0.3,
        LAST: last + max(1.0, (last - first) * 0.06),
        TOP: max(float(rows["value"].max()) if len(rows) else 0.0, 4.0) * 1.08,
        slot("ticks"): list(range(last, first - 1, -every))[::-1],
    }
    return Picture(filled(_template(t), values), rows)


@lru_cache(maxsize=4)
def _template(t: Tokens) -> dict[str, Any]:
    axis = alt.Axis(values=[slot("ticks")], labelExpr=MONTH_AXIS, labelOverlap="greedy", labelPadding=9)
    base = alt.Chart(ROWS).encode(
        x=alt.X("month:Q", title=None, axis=axis).scale(domain=[FIRST, LAST], nice=False),
        y=alt.Y("value:Q", title=None, axis=alt.Axis(format=",d", grid=True, tickCount=4)).scale(
            domain=[0, TOP], nice=False
        ),
        color=alt.Color("ink:N", scale=None),
    )
    tip = [alt.Tooltip("says:N", title="Month")]
    line = base.transform_filter("datum.part == 'line'")
    tail = base.transform_filter("datum.part == 'tail'")
    layers = [
        line.mark_line(),
        tail.mark_line(strokeDash=[2, 3]),
        line.mark_point(size=30, opacity=1).encode(tooltip=tip),
        tail.mark_point(size=30, filled=False, fill=t.ground, aria=False).encode(tooltip=tip),
        line.transform_filter("datum.label != ''")
        .mark_text(aria=False, align="left", dx=8, dy=-8, fontWeight=600)
        .encode(text="label:N"),
    ]
    return finish(layers, t, HEIGHT)
