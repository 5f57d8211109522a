"""Ranked bars from zero with their words beside them: what destinations and causes have in common."""

from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd

from liaison.charts.template import HEIGHT, TOP, Slot, filled, slot
from liaison.charts.theme import ROWS, Picture, finish, room_for_words
from liaison.charts.tokens import SMALL, Tokens, mix
from liaison.charts.words import HIDDEN, HIDDEN_LONG, percent, records, told_apart, whole
from liaison.vocabulary import NONE

SMALL_N = 11
STEP = 28
STUB = 40  # px of stripes where a bar may not be drawn


def ranked_rows(frame: pd.DataFrame, t: Tokens, *, blank: str, limit: int) -> pd.DataFrame:
    """Bars in drawing order, largest first; the row without a key and hidden rows come last.

    `frame`: key, label: str; numerator: referrals; value: share of `denominator`, 0 to 1; both null where hidden;
    suppressed: bool; optional role: us, out or unknown (out unless said), noun: what is counted (referrals unless
    said). `blank` names the row "(none)".
    Gives key, name, size, fill, ink, state, label, says.
    """
    # Plain rows: there are few, and a frame's sort alone takes longer than all of them.
    ranked = sorted((_sized(row) for row in records(frame)), key=lambda r: (r["late"], -r["size"], r["key"]))[:limit]
    names = told_apart([str(r["label"]) for r in ranked], [r["key"] for r in ranked]) | {NONE: blank}
    bars = [_bar(row, names[row["key"]], t) for row in ranked]
    return pd.DataFrame(bars, columns=["key", "name", "size", "fill", "ink", "state", "label", "says"])


def _sized(row: dict[str, Any]) -> dict[str, Any]:
    """The row with its length (none where it is hidden or null), and whether it comes after the others."""
    flag, count = row.get("suppressed"), row["numerator"]
    hidden = bool(flag) and bool(pd.notna(flag))
    size = -1.0 if hidden or pd.isna(count) else float(count)
    return row | {"suppressed": hidden, "size": size, "late": hidden or row["key"] == NONE}


def _bar(row: dict[str, Any], name: str, t: Tokens) -> dict[str, Any]:
    bar = {"key": row["key"], "name": name, "ink": t.text}
    if row["suppressed"]:
        return bar | {
            "size": 0.0,
            "fill": None,
            "ink": t.quiet,
            "state": "hidden",
            "label": HIDDEN,
            "says": HIDDEN_LONG,
        }
    colour = t.role("unknown" if row["key"] == NONE else row.get("role", "out"))
    small = row["size"] < SMALL_N
    label, says = whole(row["size"]), f"{whole(row['size'])} {row.get('noun', 'referrals')}"
    if pd.notna(row["value"]):
        label += f" \u00b7 {percent(row['value'])}"
        says += f", {percent(row['value'])} of {whole(row['denominator'])}"
    fill = mix(colour, t.ground, SMALL) if small else colour
    return bar | {
        "size": float(row["size"]),
        "fill": fill,
        "state": "small" if small else "shown",
        "label": label,
        "says": says,
    }


def ranked_bars(
    rows: pd.DataFrame, t: Tokens, *, title: str = "To", first: str | None = None, room: int = 190
) -> Picture:
    """Bars of `ranked_rows`, labelled at their ends; a click puts the bar's key into the selection "bar".

    `title` is what a bar stands for, in its tooltip; `first` the key that is picked from the start; `room`: px for
    names.
    """
    names = rows["name"].tolist()
    top = float(rows["size"].max()) if len(rows) else 0.0
    values: dict[Slot, Any] = {
        slot("names"): names,
        slot("title"): title,
        slot("first"): first or "",
        TOP: max(top, 1.0),
        HEIGHT: STEP * max(len(names), 1),
    }
    return Picture(filled(_template(t, first is not None, room), values), rows)


@lru_cache(maxsize=12)
def _template(t: Tokens, picked: bool, room: int) -> dict[str, Any]:
    start = [{"key": slot("first")}] if picked else alt.Undefined
    pick = alt.selection_point(name="bar", fields=["key"], on="click", empty=False, value=start)
    base = alt.Chart(ROWS).encode(
        y=alt.Y("name:N", title=None, axis=alt.Axis(labelColor=t.text, labelLimit=room)).scale(
            domain=[slot("names")], paddingInner=0.3
        ),
        tooltip=[alt.Tooltip("name:N", title=slot("title")), alt.Tooltip("says:N", title="Count")],
    )
    size = alt.X("size:Q", axis=None).scale(domain=[0, TOP], range=room_for_words(88), nice=False)
    bars = (
        base.transform_filter("datum.state != 'hidden'")
        .mark_bar(cursor="pointer")
        .encode(
            x=size,
            color=alt.Color("fill:N", scale=None),
            stroke=alt.condition(pick, alt.value(t.text), alt.value("transparent")),
            strokeWidth=alt.value(2),
        )
    )
    stripes = (
        base.transform_filter("datum.state == 'hidden'")
        .mark_rule(aria=False, strokeWidth=14, strokeDash=[1.2, 4.8], color=mix(t.line, t.quiet, 0.12))
        .encode(x=alt.value(0), x2=alt.value(STUB))
    )
    hidden = (
        base.transform_filter("datum.state == 'hidden'")
        .mark_text(aria=False, align="left", dx=8)
        .encode(x=alt.value(STUB), text="label:N", color=alt.Color("ink:N", scale=None))
    )
    words = (
        base.transform_filter("datum.state != 'hidden'")
        .mark_text(aria=False, align="left", dx=8)
        .encode(x=size, text="label:N", color=alt.Color("ink:N", scale=None))
    )
    return finish([bars.add_params(pick), stripes, hidden, words], t, HEIGHT)
