"""When things are on a day, or on the days of a week: a row a stop or a day, drives dotted, visits as blocks."""

from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd

from liaison.charts.template import HEIGHT, Slot, filled, slot
from liaison.charts.theme import ROWS, Picture, finish
from liaison.charts.tokens import Tokens, mix
from liaison.charts.words import records

ROW, BLOCK = 27, 17  # px: a row, a block in it
TOP_SPACE = 20  # px for the hours
LEFT, LEFT_ON_PHONE = 210, 52  # px for the names of rows
FIRST, LAST = 90_041, 90_042
_COLUMNS = ["part", "start", "end", "y", "label", "says"]


def timeline_rows(spans: pd.DataFrame) -> pd.DataFrame:
    """What is drawn.

    `spans`: row: str, in the order of the rows; part: open, drive, visit, done or pause; from, to: minutes since
    midnight; label: beside the block; says: in the tooltip. A row without a span has from and to null.
    Gives part (and name, a row's own), start, end, y: px from the top, label, says.
    """
    found: list[dict[str, Any]] = []
    places: dict[str, int] = {}
    for span in records(spans):
        name = span["row"]
        if name not in places:
            places[name] = len(places)
            found.append(_mark("name", 0, 0, places[name], name, name))
        if pd.notna(span["from"]):
            mark = _mark(span["part"], span["from"], span["to"], places[name], span["label"], span["says"])
            found.append(mark)
            if span["label"]:
                found.append({**mark, "part": "words"})
    return pd.DataFrame(found, columns=_COLUMNS)


def _mark(part: str, start: float, end: float, place: int, label: str, says: str) -> dict[str, Any]:
    y = TOP_SPACE + place * ROW + ROW / 2
    return {"part": part, "start": float(start), "end": float(end), "y": y, "label": label, "says": says}


def day_timeline(spans: pd.DataFrame, t: Tokens, *, small: bool = False) -> Picture:
    """Columns as in `timeline_rows`; the axis holds whole hours. `small`: for a phone."""
    rows = timeline_rows(spans)
    moments = rows.loc[~rows["part"].isin(["name", "open"])]
    first = int(moments["start"].min() // 60) * 60 if len(moments) else 8 * 60
    last = -int(-moments["end"].max() // 60) * 60 if len(moments) else 17 * 60
    height = TOP_SPACE + ROW * max(1, int(rows["part"].eq("name").sum()))
    step = 120 if small or last - first > 12 * 60 else 60
    values: dict[Slot, Any] = {
        FIRST: first,
        LAST: max(last, first + 60),
        HEIGHT: height,
        slot("hours"): list(range(first, last + 1, step)),
    }
    # Hours of an office that lie beyond the day are cut at its ends.
    drawn = rows.assign(start=rows["start"].clip(first, None), end=rows["end"].clip(None, max(last, first + 60)))
    drawn = drawn[(drawn["part"] != "open") | (drawn["end"] > drawn["start"])]
    return Picture(filled(_template(t, small), values), drawn)


@lru_cache(maxsize=8)
def _template(t: Tokens, small: bool) -> dict[str, Any]:
    left = LEFT_ON_PHONE if small else LEFT
    along = alt.Scale(domain=[FIRST, LAST], range=[left, alt.ExprRef(f"max(width - 30, {left + 60})")], nice=False)
    down = alt.Scale(domain=[0, HEIGHT], range=[0, HEIGHT], nice=False, zero=False)
    hours = alt.Axis(
        values=[slot("hours")],
        labelExpr="floor(datum.value / 60) + ':00'",
        orient="top",
        grid=True,
        offset=-TOP_SPACE,
        labelPadding=4,
        labelFlush=False,
    )
    x, x2 = alt.X("start:Q", title=None, axis=hours, scale=along), alt.X2("end:Q")
    y = alt.Y("y:Q", axis=None, scale=down)
    says = [alt.Tooltip("says:N", title="What")]
    base = alt.Chart(ROWS)

    def of(*parts: str) -> alt.Chart:
        return base.transform_filter(" || ".join(f"datum.part == '{part}'" for part in parts))

    def block(part: str, fill: str, height: int = BLOCK) -> alt.Chart:
        mark = of(part).mark_rule(strokeWidth=height, opacity=1, color=fill, aria=False)
        return mark.encode(x=x, x2=x2, y=y, tooltip=says)

    ink = alt.condition("datum.part == 'done'", alt.value(t.unknown), alt.value(t.us))
    visits = of("visit", "done").mark_rule(strokeWidth=BLOCK, opacity=1)
    drive = of("drive").mark_rule(strokeDash=[2, 3], strokeWidth=2, color=t.quiet, opacity=1, aria=False)
    texts: dict[str, Any] = {"baseline": "middle", "aria": False}
    names = of("name").mark_text(**texts, align="left", limit=left - 8, fontSize=12, color=t.text)
    layers = [
        block("open", mix(t.line, t.ground, 0.25)),
        block("pause", mix(t.unknown, t.ground, 0.45), 6),
        drive.encode(x=x, x2=x2, y=y, tooltip=says),
        visits.encode(x=x, x2=x2, y=y, color=ink, tooltip=says, description="says:N"),
        names.encode(x=alt.value(0), y=y, text="label:N"),
    ]
    if not small:
        words = of("words").mark_text(**texts, align="left", dx=6, fontSize=11.5, color=t.quiet)
        layers.append(words.encode(x=alt.X("end:Q", title=None, scale=along, axis=hours), y=y, text="label:N"))
    return finish(layers, t, HEIGHT)
