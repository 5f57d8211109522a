"""One practice by month: a line from zero, the month that is not over dotted, and below it what happened when."""

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import altair as alt
import pandas as pd

from liaison.charts.template import HEIGHT, TOP, Slot, filled, slot
from liaison.charts.theme import ROWS, Picture, finish
from liaison.charts.tokens import Tokens
from liaison.charts.words import MONTH_AXIS, records, whole
from liaison.vocabulary import month_words

PLOT = 150  # px of the line
LANE = 30  # px of each lane below it
FIRST, LAST, FLOOR = 90_006, 90_007, 90_008
_COLUMNS = ["part", "x", "value", "ink", "label", "says", "left"]


class Event(NamedTuple):
    """`at`: a month_id and how far into the month, so that the month's middle is the month_id itself; `lane`: which
    row below the line; `words` stand beside the tick where `named`, else they show when it is pointed at."""

    at: float
    lane: str
    words: str
    named: bool = False
    strong: bool = True


def practice_trend_rows(months: pd.DataFrame, t: Tokens, events: Sequence[Event] = ()) -> pd.DataFrame:
    """Points as they are drawn: part is line, tail (not over), tick or faint.

    `months`: month: month_id; referrals: int; complete: bool. Lanes take negative values, the first nearest to zero.
    """
    points = [_point(month, t) for month in records(months.sort_values("month"))]
    closed = [p for p in points if p["part"] == "line"]
    if closed:
        closed[-1]["label"] = whole(closed[-1]["value"])
        if any(p["part"] == "tail" for p in points):  # the dotted step starts where the line ends
            points.append(closed[-1] | {"part": "tail", "label": "", "says": closed[-1]["says"]})
    lanes, deep = lanes_of(events), _depth(months)
    right = _middle(months)
    points += [_tick(event, -deep * (lanes.index(event.lane) + 0.6), right, t) for event in events]
    return pd.DataFrame(points, columns=_COLUMNS)


def _point(month: dict[str, Any], t: Tokens) -> dict[str, Any]:
    says = f"{month_words(int(month['month']))}: {whole(month['referrals'])} referrals"
    part = "line" if month["complete"] else "tail"
    says = says if part == "line" else f"{says}, not over yet"
    value = float(month["referrals"])
    return {
        "part": part,
        "x": float(month["month"]),
        "value": value,
        "ink": t.us,
        "label": "",
        "says": says,
        "left": False,
    }


def _tick(event: Event, value: float, right: float, t: Tokens) -> dict[str, Any]:
    """A tick in its lane; words near the right edge stand to its left."""
    return {
        "part": "tick" if event.strong else "faint",
        "x": event.at,
        "value": value,
        "ink": t.us if event.strong else t.quiet,
        "label": event.words if event.named else "",
        "says": event.words,
        "left": event.at > right,
    }


def lanes_of(events: Sequence[Event]) -> list[str]:
    """The lanes in the order in which their first event is given."""
    return list(dict.fromkeys(e.lane for e in events))


def _top(months: pd.DataFrame) -> float:
    return max(float(months["referrals"].max()) if len(months) else 0.0, 4.0) * 1.08


def _depth(months: pd.DataFrame) -> float:
    """How deep a lane is, in units of the line's axis."""
    return _top(months) * LANE / PLOT


def _middle(months: pd.DataFrame) -> float:
    return (float(months["month"].min()) + 2 * float(months["month"].max())) / 3 if len(months) else 0.0


def practice_trend(months: pd.DataFrame, t: Tokens, *, events: Sequence[Event] = (), named: int = 8) -> Picture:
    """Columns as in `practice_trend_rows`; the axis starts at zero and names about `named` months."""
    rows = practice_trend_rows(months, t, events)
    first, last = (int(months["month"].min()), int(months["month"].max())) if len(months) else (0, 1)
    lanes, deep, top = lanes_of(events), _depth(months), _top(months)
    places = {round(-deep * (i + 0.6), 6): lane for i, lane in enumerate(lanes)}
    step = _step(top)
    marks = [*places, *(step * i for i in range(int(top // step) + 1))]
    every = max(1, -(-(last - first + 1) // named))
    lane_names = json.dumps({str(i): lane for i, lane in enumerate(lanes)})
    values: dict[Slot, Any] = {
        slot("months"): list(range(last, first - 1, -every))[::-1],
        slot("marks"): marks,
        slot(
            "words"
        ): f"datum.value < 0 ? ({lane_names})[round(-datum.value / {deep} - 0.6)] : format(datum.value, ',d')",
        FIRST: first - 0.6,
        LAST: last + max(1.0, (last - first) * 0.06),
        FLOOR: -deep * (len(lanes) + 0.1),
        TOP: top,
        HEIGHT: PLOT + LANE * len(lanes),
    }
    return Picture(filled(_template(t, frozenset(rows["part"])), values), rows)


def _step(top: float) -> int:
    """A round step of the axis: at most five lines up to `top`."""
    size = 1
    while True:
        for part in (1, 2, 5):
            if size * part * 5 >= top:
                return size * part
        size *= 10


@lru_cache(maxsize=16)
def _template(t: Tokens, parts: frozenset[str]) -> dict[str, Any]:
    """`parts` that there are: a layer without marks is an image without words to those who cannot see it."""
    below = alt.Axis(values=[slot("months")], labelExpr=MONTH_AXIS, labelOverlap="greedy", labelPadding=9)
    left = alt.Axis(values=[slot("marks")], labelExpr=slot("words"), grid=True, labelLimit=90)
    base = alt.Chart(ROWS).encode(
        x=alt.X("x:Q", title=None, axis=below).scale(domain=[FIRST, LAST], nice=False, zero=False),
        y=alt.Y("value:Q", title=None, axis=left).scale(domain=[FLOOR, TOP], nice=False, zero=False),
        color=alt.Color("ink:N", scale=None),
    )
    tip = [alt.Tooltip("says:N", title="When")]
    line = base.transform_filter("datum.part == 'line'")
    layers = [line.mark_line(aria=False), line.mark_point(size=26, opacity=1).encode(tooltip=tip), *_named(base, t)]
    if "tail" in parts:
        tail = base.transform_filter("datum.part == 'tail'")
        layers += [
            tail.mark_line(aria=False, strokeDash=[2, 3]),
            tail.mark_point(size=26, filled=False, fill=t.ground, aria=False).encode(tooltip=tip),
        ]
    for part, thick, size in (("tick", 2.5, 16), ("faint", 1.5, 9)):
        if part in parts:
            ticks = base.transform_filter(f"datum.part == '{part}'")
            layers.append(ticks.mark_tick(orient="vertical", thickness=thick, size=size).encode(tooltip=tip))
    return finish(layers, t, HEIGHT)


def _named(base: alt.Chart, t: Tokens) -> list[alt.Chart]:
    """Words: the last count beside its point, events beside their ticks."""
    events = base.transform_filter("datum.label != '' && datum.value < 0").encode(
        text="label:N", color=alt.value(t.quiet)
    )
    last = base.transform_filter("datum.part == 'line' && datum.label != ''")
    return [
        events.transform_filter("!datum.left").mark_text(aria=False, align="left", dx=6, fontSize=11.5),
        events.transform_filter("datum.left").mark_text(aria=False, align="right", dx=-6, fontSize=11.5),
        last.mark_text(aria=False, align="left", dx=8, dy=-8, fontWeight=600).encode(text="label:N"),
    ]
