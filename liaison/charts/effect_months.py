"""Extra referrals a month against comparison practices, with their interval; zero is drawn."""

from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd

from liaison.charts.template import HEIGHT, TOP, Slot, filled, slot
from liaison.charts.theme import ROWS, Picture, finish
from liaison.charts.tokens import Tokens
from liaison.charts.words import MONTH_AXIS, SIGNED_COUNT, records, signed_whole
from liaison.vocabulary import month_words

FIRST, LAST, BOTTOM = 90_041, 90_042, 90_043
_COLUMNS = ["month", "value", "low", "high", "label", "says", "over"]
LABEL = 18  # px that the label takes over the band
BESIDE = 0.3  # of the months: as far as it reaches to the left


def month_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """month (month_id), value, low, high, label (of the last one that came), says, over (what the label stands above).

    `frame`: month, value, low, high: referrals; observed, expected: left out of what did not come yet.
    """
    rows = [_row(row) for row in records(frame)]
    if rows and "observed" in frame:
        end = records(frame)[-1]
        beneath = rows[-max(2, round(len(rows) * BESIDE)) :]
        rows[-1]["over"] = max(0.0, *(row["high"] for row in beneath))
        rows[-1]["label"] = f"{signed_whole(end['value'])} ({signed_whole(end['low'])} to {signed_whole(end['high'])})"
    return pd.DataFrame(rows, columns=_COLUMNS)


def _row(row: dict[str, Any]) -> dict[str, Any]:
    ends = f"between {signed_whole(row['low'])} and {signed_whole(row['high'])}"
    came = f"; {row['observed']:,.0f} came, {row['expected']:,.0f} expected without visits" if "observed" in row else ""
    return {
        "month": int(row["month"]),
        **{name: float(row[name]) for name in ("value", "low", "high")},
        "label": "",
        "over": None,
        "says": f"{month_words(int(row['month']))}: {signed_whole(row['value'])}, {ends}{came}",
    }


def effect_months(frame: pd.DataFrame, t: Tokens, *, height: int = 190, named: int = 8) -> Picture:
    """Columns as in `month_rows`; about `named` months are named below the axis."""
    rows = month_rows(frame)
    first, last = int(rows["month"].min()), int(rows["month"].max())
    low, high = min(0.0, float(rows["low"].min())), max(0.0, float(rows["high"].max()))
    span = high - low or 1.0
    over = rows["over"].dropna()
    room = span * LABEL / max(height - LABEL, LABEL)
    top = max([high + span * 0.04, *(float(each) + room for each in over)])
    every = max(1, -(-(last - first + 1) // named))
    values: dict[Slot, Any] = {
        slot("months"): list(range(last, first - 1, -every))[::-1],
        FIRST: first - 0.5,
        LAST: last + max(0.5, (last - first) * 0.03),
        BOTTOM: low - (high - low) * 0.04,
        TOP: top,
        HEIGHT: height,
    }
    return Picture(filled(_template(t), values), rows)


@lru_cache(maxsize=4)
def _template(t: Tokens) -> dict[str, Any]:
    below = alt.Axis(values=[slot("months")], labelExpr=MONTH_AXIS, labelOverlap="greedy", labelPadding=9)
    scale = alt.Scale(domain=[BOTTOM, TOP], nice=False, zero=False)
    left = alt.Axis(grid=True, tickCount=4, labelExpr=SIGNED_COUNT)
    base = alt.Chart(ROWS).encode(
        x=alt.X("month:Q", title=None, axis=below).scale(domain=[FIRST, LAST], nice=False, zero=False),
    )
    y = alt.Y("value:Q", title=None, axis=left, scale=scale)
    layers = [
        base.mark_area(aria=False, opacity=0.16).encode(y=alt.Y("low:Q", title=None, scale=scale), y2="high:Q"),
        alt.Chart(ROWS).mark_rule(aria=False, color=t.text, strokeWidth=1).encode(y=alt.datum(0, scale=scale)),
        base.mark_line(aria=False).encode(y=y),
        base.mark_point(size=28, opacity=1).encode(y=y, tooltip=[alt.Tooltip("says:N", title="Extra referrals")]),
        base.transform_filter("datum.label != ''")
        .mark_text(aria=False, align="right", baseline="bottom", dx=2, dy=-3, fontWeight=600, color=t.us)
        .encode(y=alt.Y("over:Q", title=None, scale=scale), text="label:N"),
    ]
    return finish(layers, t, HEIGHT)
