"""Lifts with their intervals, a line a row, zero drawn; a hollow mark where a part measured alone would stand."""

from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd

from liaison.charts.template import HEIGHT, TOP, Slot, filled, slot
from liaison.charts.theme import ROWS, Picture, finish
from liaison.charts.tokens import Tokens, mix
from liaison.charts.words import SIGNED_LIFT, records, signed_percent

LINE, FLOOR = 36, 90_061
_COLUMNS = ["name", "value", "low", "high", "alone", "state", "label", "says", "ink", "pale"]


def lift_rows(frame: pd.DataFrame, t: Tokens) -> pd.DataFrame:
    """name, value, low, high, alone, state (shown, small), label, says, ink, pale, in the order of the frame.

    `frame`: label; value, low, high: shares, null where too few; alone: share measured alone, may be null; count:
    practices; role: us, or unknown for what has no comparison.
    """
    return pd.DataFrame([_row(row, t) for row in records(frame)], columns=_COLUMNS)


def _row(row: dict[str, Any], t: Tokens) -> dict[str, Any]:
    ink = t.role(row.get("role") or "us")
    line = {"name": row["label"], "ink": ink, "pale": mix(ink, t.ground, 0.6)}
    of = f"{row['count']:,.0f} practices"
    if any(pd.isna(row[name]) for name in ("value", "low", "high")):
        few = dict.fromkeys(("value", "low", "high", "alone"))
        return line | few | {"state": "small", "label": f"too few \u00b7 {of}", "says": f"{of}, too few"}
    alone = None if pd.isna(row.get("alone")) else float(row["alone"])
    ends = f"between {signed_percent(row['low'])} and {signed_percent(row['high'])}"
    itself = f"; by itself {signed_percent(alone)}" if alone is not None else ""
    return line | {
        **{name: float(row[name]) for name in ("value", "low", "high")},
        "alone": alone,
        "state": "shown",
        "label": f"{signed_percent(row['value'])} \u00b7 {of}",
        "says": f"{signed_percent(row['value'])}, {ends}, {of}{itself}",
    }


def lift_intervals(frame: pd.DataFrame, t: Tokens) -> Picture:
    """Columns as in `lift_rows`; the axis reaches over zero, with a line there."""
    rows = lift_rows(frame, t)
    shown = rows[rows["state"] == "shown"]
    ends = [0.0, *(float(v) for name in ("low", "high", "alone") for v in shown[name].dropna())]
    apart = (max(ends) - min(ends)) or 0.1
    values: dict[Slot, Any] = {
        slot("names"): rows["name"].tolist(),
        FLOOR: min(ends) - apart * 0.04,
        TOP: max(ends) + apart * 0.04,
        HEIGHT: LINE * max(len(rows), 1),
    }
    parts = frozenset(rows["state"]) | ({"alone"} if rows["alone"].notna().any() else set())
    return Picture(filled(_template(t, parts), values), rows)


@lru_cache(maxsize=16)
def _template(t: Tokens, parts: frozenset[str]) -> dict[str, Any]:
    """`parts` that there are: a layer without marks is an image without words to those who cannot see it."""
    base = alt.Chart(ROWS).encode(
        y=alt.Y("name:N", title=None, axis=alt.Axis(labelColor=t.text, labelLimit=170)).scale(domain=[slot("names")]),
        tooltip=[alt.Tooltip("name:N", title="Part"), alt.Tooltip("says:N", title="Lift")],
    )
    scale = alt.Scale(domain=[FLOOR, TOP], nice=False, zero=False)
    grid = alt.Axis(tickCount=4, grid=True, labelExpr=SIGNED_LIFT)
    shown = base.transform_filter("datum.state == 'shown'")
    middle = alt.X("value:Q", scale=scale)
    ink, pale = (alt.Color(f"{name}:N", scale=None) for name in ("ink", "pale"))
    layers = [alt.Chart(ROWS).mark_rule(aria=False, color=t.text, strokeWidth=1).encode(x=alt.datum(0, scale=scale))]
    if "shown" in parts:
        layers += [
            shown.mark_rule(aria=False, strokeWidth=7, opacity=1).encode(
                x=alt.X("low:Q", title=None, scale=scale, axis=grid), x2="high:Q", color=pale
            ),
            shown.mark_tick(orient="vertical", thickness=4, size=16, opacity=1).encode(x=middle, color=ink),
            shown.mark_text(aria=False, baseline="bottom", dy=-9).encode(x=middle, text="label:N"),
        ]
    if "alone" in parts:
        alone = shown.transform_filter("isValid(datum.alone)")
        layers.append(
            alone.mark_point(aria=False, filled=False, size=40, opacity=1, strokeWidth=1.5, color=t.quiet).encode(
                x=alt.X("alone:Q", scale=scale)
            )
        )
    if "small" in parts:
        few = base.transform_filter("datum.state != 'shown'")
        layers.append(few.mark_text(align="left", color=t.quiet).encode(x=alt.value(4), text="label:N"))
    return finish(layers, t, HEIGHT)
