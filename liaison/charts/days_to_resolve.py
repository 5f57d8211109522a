"""Days by which half of the barriers are resolved, with their interval, a line a row, from zero."""

from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd

from liaison.charts.interval_lines import LINE, interval_layers, named_rows
from liaison.charts.template import HEIGHT, TOP, Slot, filled, slot
from liaison.charts.theme import Picture, finish
from liaison.charts.tokens import Tokens
from liaison.charts.words import days, records, told_apart

_COLUMNS = ["key", "name", "value", "low", "high", "state", "label", "says"]


def resolve_rows(frame: pd.DataFrame, *, limit: int = 12) -> pd.DataFrame:
    """The first `limit` rows as they are drawn: key, name, value, low, high, state (shown, open, small), label, says.

    `frame`: key, label; n, resolved: barriers; median, low, high: days, null where the curve does not get there;
    too_few. An interval without an end is drawn to the edge (state open).
    """
    shown = frame.head(limit)
    names = told_apart(shown["label"].astype(str).tolist(), shown["key"].astype(str).tolist())
    top = _top(shown)
    rows = [_row(row, names[str(row["key"])], top) for row in records(shown)]
    return pd.DataFrame(rows, columns=_COLUMNS)


def _top(frame: pd.DataFrame) -> float:
    ends = pd.to_numeric(pd.concat([frame["median"], frame["low"], frame["high"]])).dropna()
    return max(float(ends.max()) * 1.08 if len(ends) else 1.0, 1.0)


def _row(row: dict[str, Any], name: str, top: float) -> dict[str, Any]:
    of = f"{row['resolved']:,} of {row['n']:,} resolved"
    found: dict[str, Any] = {
        "key": str(row["key"]),
        "name": name,
        "value": None,
        "low": None,
        "high": None,
        "state": "small",
    }
    if row["too_few"]:
        return found | {"label": f"too few \u00b7 {of}", "says": f"{of}, too few to say"}
    if pd.isna(row["median"]):
        return found | {"label": f"less than half \u00b7 {of}", "says": f"{of}, less than half so far"}
    endless = pd.isna(row["high"])
    low = 0.0 if pd.isna(row["low"]) else float(row["low"])
    ends = f"at least {days(low)}" if endless else f"between {low:.0f} and {days(row['high'])}"
    found |= {"value": float(row["median"]), "low": low, "high": top if endless else float(row["high"])}
    words = {"label": f"{days(row['median'])} \u00b7 {of}", "says": f"{days(row['median'])}, {ends}, {of}"}
    return found | words | {"state": "open" if endless else "shown"}


def days_to_resolve(frame: pd.DataFrame, t: Tokens, *, limit: int = 12) -> Picture:
    """Columns as in `resolve_rows`; the axis begins at zero."""
    rows = resolve_rows(frame, limit=limit)
    values: dict[Slot, Any] = {
        slot("names"): rows["name"].tolist(),
        TOP: _top(frame.head(limit)),
        HEIGHT: LINE * max(len(rows), 1),
    }
    return Picture(filled(_template(t), values), rows)


@lru_cache(maxsize=4)
def _template(t: Tokens) -> dict[str, Any]:
    base = named_rows(t, "Barriers", "Half resolved within")
    scale = alt.Scale(domain=[0, TOP], nice=False)
    said = base.transform_filter("datum.state != 'small'").mark_text(
        aria=False, align="left", baseline="bottom", dy=-9, dx=-2
    )
    layers = interval_layers(base, t, scale, alt.Axis(tickCount=5, grid=True, format=",d"))
    return finish([*layers, said.encode(x=alt.X("value:Q", scale=scale), text="label:N")], t, HEIGHT)
