"""A forecast against what came, by tenth of the practices: a bar for what came, a mark for what was forecast."""

from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd

from liaison.charts.template import TOP, Slot, filled, slot
from liaison.charts.theme import ROWS, Picture, finish
from liaison.charts.tokens import Tokens
from liaison.charts.words import records

HIGH = 190
_COLUMNS = ["tenth", "forecast", "came", "says"]


def tenth_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """tenth (from 1, the smallest forecasts first), forecast, came, says.

    `frame`: forecast, came: means a month; practices: how many are in the tenth. In the order of the forecasts.
    """
    rows = [
        {
            "tenth": str(number),
            "forecast": float(row["forecast"]),
            "came": float(row["came"]),
            "says": f"{amount(row['forecast'])} forecast, {amount(row['came'])} came; {row['practices']:,} practices",
        }
        for number, row in enumerate(records(frame), start=1)
    ]
    return pd.DataFrame(rows, columns=_COLUMNS)


def amount(value: float) -> str:
    """Referrals as an estimate: one decimal below ten, with a true minus sign."""
    text = f"{value:,.0f}" if abs(value) >= 9.95 else f"{round(value, 1) + 0.0:.1f}"
    return text.replace("-", "\u2212")


def forecast_tenths(frame: pd.DataFrame, t: Tokens) -> Picture:
    """Columns as in `tenth_rows`; both from zero on one axis."""
    rows = tenth_rows(frame)
    top = max([1.0, *rows["forecast"], *rows["came"]])
    values: dict[Slot, Any] = {slot("tenths"): rows["tenth"].tolist(), TOP: top * 1.06}
    return Picture(filled(_template(t), values), rows)


@lru_cache(maxsize=4)
def _template(t: Tokens) -> dict[str, Any]:
    across = alt.Axis(title="tenth of the practices, smallest forecast first", labelAngle=0)
    base = alt.Chart(ROWS).encode(
        x=alt.X("tenth:O", axis=across).scale(domain=[slot("tenths")], paddingInner=0.35),
        tooltip=[alt.Tooltip("tenth:N", title="Tenth"), alt.Tooltip("says:N", title="A month")],
    )
    scale = alt.Scale(domain=[0, TOP], nice=False)
    grid = alt.Axis(grid=True, tickCount=4, format=",.2~f", title=None)
    layers = [
        base.mark_bar(color=t.us, opacity=1).encode(y=alt.Y("came:Q", scale=scale, axis=grid)),
        base.mark_tick(aria=False, color=t.text, opacity=1, thickness=3, bandSize=34).encode(
            y=alt.Y("forecast:Q", scale=scale)
        ),
    ]
    return finish(layers, t, HIGH)
