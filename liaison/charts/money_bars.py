"""Margin of the extra referrals beside what their visits cost: bars from zero, the margin's interval on its bar."""

from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd

from liaison.charts.template import HEIGHT, TOP, Slot, filled, slot
from liaison.charts.theme import ROWS, Picture, finish, room_for_words
from liaison.charts.tokens import Tokens, mix
from liaison.charts.words import records

LINE, FLOOR = 40, 90_051
_COLUMNS = ["name", "value", "low", "high", "end", "fill", "says"]


def money_rows(frame: pd.DataFrame, t: Tokens) -> pd.DataFrame:
    """name, value, low, high, end (where words begin), fill, says, in the order of the frame.

    `frame`: label; value: dollars; low, high: null where the amount is known; says: the amount in words.
    """
    rows = []
    for row in records(frame):
        sure = pd.isna(row["low"])
        fill = t.unknown if sure else mix(t.us, t.ground, 0.5)
        ends = [0.0, row["value"], *([] if sure else [row["high"]])]
        low, high = (None, None) if sure else (float(row["low"]), float(row["high"]))
        rows.append([row["label"], float(row["value"]), low, high, max(ends), fill, row["says"]])
    return pd.DataFrame(rows, columns=_COLUMNS)


def money_bars(frame: pd.DataFrame, t: Tokens, *, room: int = 170) -> Picture:
    """Columns as in `money_rows`; `room` px stay for the words at the end of the longest bar."""
    rows = money_rows(frame, t)
    low = min([0.0, *(float(v) for v in rows["low"].dropna())])
    values: dict[Slot, Any] = {
        slot("names"): rows["name"].tolist(),
        FLOOR: low,
        TOP: max([1.0, *rows["end"]]),
        HEIGHT: LINE * max(len(rows), 1),
    }
    return Picture(filled(_template(t, room), values), rows)


@lru_cache(maxsize=8)
def _template(t: Tokens, room: int) -> dict[str, Any]:
    names = alt.Axis(labelColor=t.text, labelLimit=150)
    base = alt.Chart(ROWS).encode(
        y=alt.Y("name:N", title=None, axis=names).scale(domain=[slot("names")], paddingInner=0.3),
        tooltip=[alt.Tooltip("name:N", title="Amount"), alt.Tooltip("says:N", title="Dollars")],
    )
    scale = alt.Scale(domain=[FLOOR, TOP], nice=False, zero=False, range=room_for_words(room))
    unsure = base.transform_filter("isValid(datum.low)")
    layers = [
        base.mark_bar(opacity=1).encode(
            x=alt.X("value:Q", title=None, scale=scale, axis=None), color=alt.Color("fill:N", scale=None)
        ),
        alt.Chart(ROWS).mark_rule(aria=False, color=t.text, strokeWidth=1).encode(x=alt.datum(0, scale=scale)),
        unsure.mark_rule(aria=False, color=t.text, strokeWidth=2).encode(
            x=alt.X("low:Q", title=None, scale=scale), x2="high:Q"
        ),
        base.mark_text(aria=False, align="left", dx=8).encode(x=alt.X("end:Q", scale=scale), text="says:N"),
    ]
    return finish(layers, t, HEIGHT)
