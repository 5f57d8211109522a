"""Amounts with their intervals, a line a row, zero drawn: what a group brought, give or take."""

from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd

from liaison.charts.forecast_tenths import amount
from liaison.charts.interval_lines import LINE, interval_layers, named_rows
from liaison.charts.template import HEIGHT, TOP, Slot, filled, slot
from liaison.charts.theme import ROWS, Picture, finish
from liaison.charts.tokens import Tokens
from liaison.charts.words import records, whole

FLOOR = 90_021
_COLUMNS = ["name", "value", "low", "high", "state", "label", "says"]


def amount_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """name, value, low, high, state (shown, small), label, says, in the order of the frame.

    `frame`: label; count: of what the amount was made from; noun of it; value, low, high: null where too few.
    """
    return pd.DataFrame([_row(row) for row in records(frame)], columns=_COLUMNS)


def _row(row: dict[str, Any]) -> dict[str, Any]:
    of = f"{whole(row['count'])} {row['noun']}"
    if any(pd.isna(row[name]) for name in ("value", "low", "high")):
        few = {"value": None, "low": None, "high": None, "state": "small"}
        return {"name": row["label"], **few, "label": f"too few \u00b7 {of}", "says": f"{of}, too few"}
    ends = f"between {signed(row['low'])} and {signed(row['high'])}"
    amounts = {name: float(row[name]) for name in ("value", "low", "high")}
    words = {"label": f"{signed(row['value'])} \u00b7 {of}", "says": f"{signed(row['value'])}, {ends}, {of}"}
    return {"name": row["label"], **amounts, "state": "shown", **words}


def signed(value: float) -> str:
    """'+2.1', '\u22120.4', '0.0'."""
    text = amount(value)
    return text if text.startswith("\u2212") or float(f"{value:.1f}") == 0 else f"+{text}"


def amount_intervals(frame: pd.DataFrame, t: Tokens) -> Picture:
    """Columns as in `amount_rows`; the axis reaches over zero, with a line there."""
    rows = amount_rows(frame)
    shown = rows[rows["state"] == "shown"]
    low = min([0.0, *shown["low"].astype(float)])
    high = max([0.0, *shown["high"].astype(float)])
    apart = (high - low) or 1.0
    values: dict[Slot, Any] = {
        slot("names"): rows["name"].tolist(),
        FLOOR: low - apart * 0.03,
        TOP: high + apart * 0.03,
        HEIGHT: LINE * max(len(rows), 1),
    }
    return Picture(filled(_template(t), values), rows)


@lru_cache(maxsize=4)
def _template(t: Tokens) -> dict[str, Any]:
    base = named_rows(t, "Group", "Brought")
    scale = alt.Scale(domain=[FLOOR, TOP], nice=False)
    zero = alt.Chart(ROWS).mark_rule(aria=False, color=t.text, strokeWidth=1).encode(x=alt.datum(0, scale=scale))
    said = base.transform_filter("datum.state == 'shown'").mark_text(aria=False, baseline="bottom", dy=-9)
    layers = interval_layers(base, t, scale, alt.Axis(tickCount=5, grid=True, format="+,.2~f"))
    return finish([zero, *layers, said.encode(x=alt.X("value:Q", scale=scale), text="label:N")], t, HEIGHT)
