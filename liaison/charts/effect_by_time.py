"""What visits brought by months since the first one, against comparison practices, who are the line at zero.

A bar is half pale, so that its interval shows on it; who has no peers of their size stands beside it in stripes,
since that is a model's word and no measurement. The half year before the visit is grey: there is nothing to be seen.
"""

from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd

from liaison.charts.template import TOP, Slot, filled, slot
from liaison.charts.theme import ROWS, Picture, finish
from liaison.charts.tokens import Tokens, mix
from liaison.charts.words import SIGNED_LIFT, records, signed_percent, whole

HIGH = 250
BOTTOM, THICK = 90_031, 90_032
VISIT = "visit"
_COLUMNS = ["label", "part", "value", "low", "high", "fill", "text", "says"]


def step_rows(frame: pd.DataFrame, t: Tokens) -> pd.DataFrame:
    """label, part, value, low, high, fill, text, says: a row a bar, in the order of the frame.

    `frame`: label; part: before, covered or apart; value: share; low, high: null where it is modelled; practices.
    """
    return pd.DataFrame([_row(row, t) for row in records(frame)], columns=_COLUMNS)


def _row(row: dict[str, Any], t: Tokens) -> dict[str, Any]:
    many = f"{whole(row['practices'])} practices"
    modelled = pd.isna(row["low"])
    ends = (
        "modelled, no peers of that size"
        if modelled
        else f"between {signed_percent(row['low'])} and {signed_percent(row['high'])}"
    )
    return {
        "label": row["label"],
        "part": row["part"],
        "value": float(row["value"]),
        "low": None if modelled else float(row["low"]),
        "high": None if modelled else float(row["high"]),
        "fill": mix(t.unknown if row["part"] == "before" else t.us, t.ground, 0.5),
        "text": "" if modelled else signed_percent(row["value"]),
        "says": f"{signed_percent(row['value'])}, {ends}, {many}",
    }


def effect_by_time(frame: pd.DataFrame, t: Tokens, *, after: str = "months after", narrow: bool = False) -> Picture:
    """Columns as in `step_rows`; `after`: what the words below the axis say; `narrow`: stripes for a phone."""
    rows = step_rows(frame, t)
    ends = [0.0, *(float(v) for name in ("value", "low", "high") for v in rows[name].dropna())]
    room = (max(ends) - min(ends) or 0.1) * 0.1
    labels = list(dict.fromkeys(rows["label"]))
    before = rows.loc[rows["part"] == "before", "label"].tolist()
    values: dict[Slot, Any] = {
        slot("labels"): [*before, VISIT, *(label for label in labels if label not in before)],
        slot("after"): after,
        BOTTOM: min(ends) - room,
        TOP: max(ends) + room,
        THICK: 7 if narrow else 16,
    }
    return Picture(filled(_template(t, "apart" in set(rows["part"])), values), rows)


@lru_cache(maxsize=8)
def _template(t: Tokens, apart: bool) -> dict[str, Any]:
    """`apart`: whether there is anybody without peers; a layer without marks is an image without words."""
    across = alt.Axis(labelAngle=0, title=slot("after"), labelOverlap=False, labelColor=t.text)
    beside = alt.XOffset("part:N").scale(domain=["covered", "apart"], paddingInner=0.1) if apart else alt.Undefined
    scale = alt.Scale(domain=[BOTTOM, TOP], nice=False, zero=False)
    grid = alt.Axis(grid=True, tickCount=4, labelExpr=SIGNED_LIFT, title=None)
    tips = [alt.Tooltip("label:N", title="Months since the visit"), alt.Tooltip("says:N", title="Lift")]
    x = alt.X("label:O", axis=across).scale(domain=[slot("labels")], paddingInner=0.25, paddingOuter=0.1)
    base = alt.Chart(ROWS).transform_calculate(zero="0").encode(x=x, tooltip=tips)
    known = base.transform_filter("isValid(datum.low)").transform_calculate(part="'covered'")
    if apart:
        known = known.encode(xOffset=beside)
    y = alt.Y("value:Q", scale=scale, axis=grid)
    layers = [
        known.mark_bar(opacity=1, cornerRadiusEnd=2).encode(y=y, color=alt.Color("fill:N", scale=None)),
        alt.Chart(ROWS).mark_rule(aria=False, color=t.text, strokeWidth=1).encode(y=alt.datum(0, scale=scale)),
        known.mark_rule(aria=False, color=t.text, strokeWidth=2).encode(
            y=alt.Y("low:Q", scale=scale, title=None), y2="high:Q"
        ),
        known.mark_text(aria=False, dy=-8, fontWeight=600).encode(y=alt.Y("high:Q", scale=scale), text="text:N"),
    ]
    if apart:
        stripes = base.transform_filter("!isValid(datum.low)").encode(xOffset=beside)
        layers.insert(
            1,
            stripes.mark_rule(opacity=1, color=t.unknown, strokeWidth=THICK, strokeDash=[1.2, 4.8]).encode(
                y=alt.Y("zero:Q", scale=scale, title=None), y2="value:Q"
            ),
        )
    return finish(layers, t, HIGH)
