"""Shares with their intervals, a line a row: a dot on a line; where too few are counted the words say so."""

from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd

from liaison.charts.template import HEIGHT, TOP, Slot, filled, slot
from liaison.charts.theme import ROWS, Picture, finish, room_for_words
from liaison.charts.tokens import Tokens, mix
from liaison.charts.words import HIDDEN, HIDDEN_LONG, flagged, percent, records, told_apart, whole

LINE = 27  # px
_COLUMNS = ["key", "name", "value", "low", "high", "fill", "ink", "state", "label", "says"]


def interval_rows(frame: pd.DataFrame, t: Tokens, *, role: str = "us", limit: int = 12) -> pd.DataFrame:
    """The first `limit` rows in their order, as they are drawn.

    `frame`: key, label: str; part, whole: referrals, null where hidden; value, low, high: 0 to 1, null where too few;
    suppressed: bool; role (us, out, unknown) where a row has another one.
    Gives key, name, value, low, high, fill, ink, state (shown, small, hidden), label, says.
    """
    shown = frame.assign(suppressed=flagged(frame, "suppressed")).head(limit)
    names = told_apart(shown["label"].astype(str).tolist(), shown["key"].astype(str).tolist())
    rows = [_line(row, names[str(row["key"])], t, role) for row in records(shown)]
    return pd.DataFrame(rows, columns=_COLUMNS)


def _line(row: dict[str, Any], name: str, t: Tokens, role: str) -> dict[str, Any]:
    line = {
        "key": str(row["key"]),
        "name": name,
        "value": None,
        "low": None,
        "high": None,
        "fill": t.role(row.get("role", role)),
    }
    if row["suppressed"]:
        return line | {"ink": t.quiet, "state": "hidden", "label": HIDDEN, "says": HIDDEN_LONG}
    counts = f"{whole(row['part'])} of {whole(row['whole'])}"
    if pd.isna(row["value"]):
        return line | {
            "ink": t.quiet,
            "state": "small",
            "label": f"too few \u00b7 {counts}",
            "says": f"{counts}, too few",
        }
    ends = f"between {percent(row['low'])} and {percent(row['high'])}"
    found = {"value": float(row["value"]), "low": float(row["low"]), "high": float(row["high"])}
    words = {"label": f"{percent(row['value'])} \u00b7 n {whole(row['whole'])}", "says": f"{counts}, {ends}"}
    return line | found | words | {"ink": t.text, "state": "shown"}


def share_intervals(frame: pd.DataFrame, t: Tokens, *, role: str = "us", limit: int = 12) -> Picture:
    """Columns as in `interval_rows`; the axis begins at zero."""
    rows = interval_rows(frame, t, role=role, limit=limit)
    top = pd.to_numeric(rows["high"]).max() if len(rows) else 1.0
    top = 1.0 if pd.isna(top) else float(top)
    values: dict[Slot, Any] = {
        slot("names"): rows["name"].tolist(),
        TOP: max(top, 0.05),
        HEIGHT: LINE * max(len(rows), 1),
    }
    return Picture(filled(_template(t), values), rows)


@lru_cache(maxsize=8)
def _template(t: Tokens) -> dict[str, Any]:
    base = alt.Chart(ROWS).encode(
        y=alt.Y("name:N", title=None, axis=alt.Axis(labelColor=t.text, labelLimit=190)).scale(domain=[slot("names")]),
        tooltip=[alt.Tooltip("name:N", title="Row"), alt.Tooltip("says:N", title="Share")],
    )
    scale = alt.Scale(domain=[0, TOP], range=room_for_words(104), nice=False)
    grid = alt.Axis(
        format="%", tickCount=4, grid=True, labelColor=t.quiet, orient="top", labelOverlap="greedy", labelSeparation=14
    )
    fill = alt.Color("fill:N", scale=None)
    shown = base.transform_filter("datum.state == 'shown'")
    lines = shown.mark_rule(aria=False, strokeWidth=5, opacity=1).encode(
        x=alt.X("low:Q", title=None, scale=scale, axis=grid),
        x2="high:Q",
        color=alt.value(mix(t.unknown, t.ground, 0.5)),
    )
    dots = shown.mark_point(size=70, filled=True, opacity=1).encode(x=alt.X("value:Q", scale=scale), color=fill)
    ink = alt.Color("ink:N", scale=None)
    words = shown.mark_text(aria=False, align="left", dx=8).encode(
        x=alt.X("high:Q", scale=scale), text="label:N", color=ink
    )
    few = base.transform_filter("datum.state != 'shown'").mark_text(align="left", dx=8)
    return finish([lines, dots, words, few.encode(x=alt.value(0), text="label:N", color=ink)], t, HEIGHT)
