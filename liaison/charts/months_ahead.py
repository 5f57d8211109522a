"""One practice's last year and its next three months: a line, then what is expected with two intervals."""

from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd

from liaison.charts.forecast_tenths import amount
from liaison.charts.template import TOP, Slot, filled, slot
from liaison.charts.theme import ROWS, Picture, finish
from liaison.charts.tokens import Tokens, mix
from liaison.charts.words import MONTH_AXIS, records, whole
from liaison.vocabulary import month_words

HIGH = 150
FIRST, LAST = 90_031, 90_032
_COLUMNS = ["part", "month", "value", "low", "high", "low_95", "high_95", "says"]


def ahead_rows(came: pd.DataFrame, ahead: pd.DataFrame) -> pd.DataFrame:
    """Points as they are drawn: part is came or ahead.

    `came`: month: month_id, referrals. `ahead`: month, referrals, low_80, high_80, low_95, high_95.
    """
    points = [
        {
            "part": "came",
            "month": int(row["month"]),
            "value": float(row["referrals"]),
            "says": f"{month_words(int(row['month']))}: {whole(row['referrals'])} referrals",
        }
        for row in records(came)
    ]
    points += [_expected(row) for row in records(ahead)]
    return pd.DataFrame(points, columns=_COLUMNS)


def _expected(row: dict[str, Any]) -> dict[str, Any]:
    month, value = int(row["month"]), float(row["referrals"])
    ends = {"low": row["low_80"], "high": row["high_80"], "low_95": row["low_95"], "high_95": row["high_95"]}
    says = f"{month_words(month)}: {amount(value)} expected, {whole(row['low_80'])} to {whole(row['high_80'])} in 80%"
    bounds = {name: float(end) for name, end in ends.items()}
    return {"part": "ahead", "month": month, "value": value, **bounds, "says": says}


def months_ahead(came: pd.DataFrame, ahead: pd.DataFrame, t: Tokens) -> Picture:
    """Columns as in `ahead_rows`; the axis starts at zero."""
    rows = ahead_rows(came, ahead)
    first, last = (int(rows["month"].min()), int(rows["month"].max())) if len(rows) else (0, 1)
    top = max([4.0, *rows["value"], *rows["high_95"].dropna()])
    values: dict[Slot, Any] = {
        slot("months"): list(range(last, first - 1, -3))[::-1],
        FIRST: first - 0.5,
        LAST: last + 0.5,
        TOP: top * 1.05,
    }
    return Picture(filled(_template(t), values), rows)


@lru_cache(maxsize=4)
def _template(t: Tokens) -> dict[str, Any]:
    below = alt.Axis(values=[slot("months")], labelExpr=MONTH_AXIS, labelOverlap="greedy", labelPadding=9)
    base = alt.Chart(ROWS).encode(
        x=alt.X("month:Q", title=None, axis=below).scale(domain=[FIRST, LAST], nice=False, zero=False)
    )
    scale = alt.Scale(domain=[0, TOP], nice=False)
    value = alt.Y("value:Q", title=None, scale=scale, axis=alt.Axis(grid=True, tickCount=4, format=",d"))
    tip = [alt.Tooltip("says:N", title="Month")]
    came = base.transform_filter("datum.part == 'came'")
    ahead = base.transform_filter("datum.part == 'ahead'")
    layers = [
        ahead.mark_rule(aria=False, strokeWidth=14, opacity=1, color=mix(t.us, t.ground, 0.82)).encode(
            y=alt.Y("low_95:Q", scale=scale, title=None), y2="high_95:Q"
        ),
        ahead.mark_rule(aria=False, strokeWidth=14, opacity=1, color=mix(t.us, t.ground, 0.6)).encode(
            y=alt.Y("low:Q", scale=scale, title=None), y2="high:Q"
        ),
        came.mark_line(aria=False, color=t.us).encode(y=value),
        came.mark_point(size=26, opacity=1, color=t.us).encode(y=value, tooltip=tip),
        ahead.mark_tick(orient="horizontal", thickness=3, size=14, color=t.us, opacity=1).encode(y=value, tooltip=tip),
    ]
    return finish(layers, t, HIGH)
