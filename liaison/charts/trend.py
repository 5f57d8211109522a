"""A figure by month: a line from zero, its band, the month that is not over dotted, and below it what happened when."""

import json
import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Literal, NamedTuple

import altair as alt
import pandas as pd

from liaison.charts.template import HEIGHT, TOP, Slot, filled, slot
from liaison.charts.theme import ROWS, Picture, finish
from liaison.charts.tokens import Tokens
from liaison.charts.words import HIDDEN, HIDDEN_LONG, MONTH_AXIS, flagged, percent, records, whole
from liaison.vocabulary import month_words

Unit = Literal["share", "count"]
LANE = 30  # px of each lane below the line
LINES = 5  # grid lines at most
LEAST: dict[Unit, float] = {"share": 0.04, "count": 4.0}  # the axis reaches at least so far
FIRST, LAST, FLOOR = 90_006, 90_007, 90_008
_COLUMNS = ["part", "x", "value", "low", "high", "ink", "label", "says", "left"]


class Event(NamedTuple):
    """`at`: a month_id and how far into the month, so that the month's middle is the month_id itself; `lane`: which
    row below the line; `words` stand beside the tick where `named`, else they show when it is pointed at."""

    at: float
    lane: str
    words: str
    named: bool = False
    strong: bool = True


def trend_rows(
    months: pd.DataFrame, t: Tokens, *, unit: Unit = "count", events: Sequence[Event] = (), deep: float = 1.0
) -> pd.DataFrame:
    """Points as they are drawn: part is line, tail (not over), hidden, or tick or faint of an event.

    `months`: month: month_id (year x 12 + month - 1); value: share 0 to 1 or count, null where nothing was counted;
    complete: bool; optional low, high (of the interval), suppressed, role: us, out or unknown. A lane is `deep`, in
    units of the value; lanes take negative values, the first nearest to zero.
    """
    frame = months.sort_values("month").assign(suppressed=flagged(months, "suppressed"))
    points = [point for month in records(frame) for point in _points(month, t, unit)]
    last = next((p for p in reversed(points) if p["part"] == "line" and p["value"] is not None), None)
    if last:
        last["label"] = _write(last["value"], unit)
        if any(p["part"] == "tail" for p in points):  # the dotted step starts where the line ends
            points.append(last | {"part": "tail", "label": ""})
    lanes, right = lanes_of(events), _right(months)
    points += [_tick(event, -deep * (lanes.index(event.lane) + 0.6), right, t) for event in events]
    return pd.DataFrame(points, columns=_COLUMNS)


def _write(value: float, unit: Unit) -> str:
    return percent(value) if unit == "share" else whole(value)


def _points(month: dict[str, Any], t: Tokens, unit: Unit) -> list[dict[str, Any]]:
    """One point; of a hidden month a gap in the line, and words at zero."""
    words = month_words(int(month["month"]))
    at = {"x": float(month["month"]), "ink": t.role(month.get("role", "us")), "label": "", "left": False}
    at |= {"value": None, "low": None, "high": None}
    if month["suppressed"]:
        said = {"ink": t.quiet, "label": HIDDEN, "says": f"{words}: {HIDDEN_LONG}", "value": 0.0}
        return [at | {"part": "line", "says": HIDDEN_LONG}, at | {"part": "hidden"} | said]
    value = None if pd.isna(month["value"]) else float(month["value"])
    says = f"{words}: {'nothing counted' if value is None else _write(value, unit)}"
    says += " referrals" if unit == "count" and value is not None else ""
    if not month["complete"]:
        return [at | {"part": "tail", "value": value, "says": f"{says}, not over yet"}]
    low, high = month.get("low"), month.get("high")
    if pd.notna(low) and pd.notna(high):
        says += f", between {_write(float(low), unit)} and {_write(float(high), unit)}"
        at |= {"low": float(low), "high": float(high)}
    return [at | {"part": "line", "value": value, "says": says}]


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


def _right(months: pd.DataFrame) -> float:
    """From where words would leave the picture: two thirds of the way."""
    return (float(months["month"].min()) + 2 * float(months["month"].max())) / 3 if len(months) else 0.0


def _top(months: pd.DataFrame, unit: Unit) -> float:
    """How far the axis reaches, in units of the value. A hidden value does not show in it."""
    shown = months[~flagged(months, "suppressed")]
    ends = [float(shown[c].max()) for c in ("value", "high") if c in shown and shown[c].notna().any()]
    return max([LEAST[unit], *ends]) * 1.08


def trend(
    months: pd.DataFrame,
    t: Tokens,
    *,
    unit: Unit = "count",
    events: Sequence[Event] = (),
    height: int = 150,
    named: int = 8,
) -> Picture:
    """Columns as in `trend_rows`; the axis starts at zero and names about `named` months; `height` px of the line."""
    top = _top(months, unit)
    deep, lanes = top * LANE / height, lanes_of(events)
    rows = trend_rows(months, t, unit=unit, events=events, deep=deep)
    first, last = (int(months["month"].min()), int(months["month"].max())) if len(months) else (0, 1)
    step = _step(top)
    every = max(1, -(-(last - first + 1) // named))
    names = json.dumps({str(i): lane for i, lane in enumerate(lanes)})
    number = (
        f"format(datum.value, '{'.0%' if unit == 'share' and step >= 0.01 else '.1%' if unit == 'share' else ',d'}')"
    )
    values: dict[Slot, Any] = {
        slot("months"): list(range(last, first - 1, -every))[::-1],
        slot("marks"): [
            *(round(-deep * (i + 0.6), 6) for i in range(len(lanes))),
            *(round(step * i, 6) for i in range(int(top // step) + 1)),
        ],
        slot("words"): f"datum.value < 0 ? ({names})[round(-datum.value / {deep} - 0.6)] : {number}",
        FIRST: first - 0.6,
        LAST: last + max(1.0, (last - first) * 0.06),
        FLOOR: -deep * (len(lanes) + 0.1) if lanes else 0,
        TOP: top,
        HEIGHT: height + LANE * len(lanes),
    }
    parts = frozenset(rows["part"]) | ({"band"} if rows["high"].notna().any() else set())
    return Picture(filled(_template(t, parts), values), rows)


def _step(top: float) -> float:
    """A round step of the axis: at most five lines up to `top`."""
    size = 10.0 ** math.floor(math.log10(top / LINES))
    return next(size * part for part in (1, 2, 5, 10) if size * part * LINES >= top)


@lru_cache(maxsize=32)
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
    layers = [
        line.mark_line(aria=False, invalid="break-paths-filter-domains"),
        line.mark_point(size=28, opacity=1).encode(tooltip=tip),
        *_named(base, t),
    ]
    if "band" in parts:
        band = line.transform_filter("isValid(datum.low) && isValid(datum.high)")
        layers.insert(0, band.mark_area(aria=False, opacity=0.16).encode(y=alt.Y("low:Q", title=None), y2="high:Q"))
    if "tail" in parts:
        tail = base.transform_filter("datum.part == 'tail'")
        layers += [
            tail.mark_line(aria=False, strokeDash=[2, 3]),
            tail.mark_point(size=28, filled=False, fill=t.ground, aria=False).encode(tooltip=tip),
        ]
    if "hidden" in parts:
        hidden = base.transform_filter("datum.part == 'hidden'")
        layers.append(hidden.mark_text(dy=-7).encode(text="label:N", tooltip=tip))
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
