"""Practices by how much they refer and how much of it is lost: the map's twin, in which a rectangle picks a set."""

from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd

from liaison.charts.place_metrics import LEAKAGE, Place, look
from liaison.charts.template import TOP, Slot, filled, slot
from liaison.charts.theme import ROWS, Picture, finish
from liaison.charts.tokens import Tokens, mix

HEIGHT = 300
BRUSH = "box"  # the name of the selection: its fields are `known` and `value`
LOW, HIGH, LEFT, RIGHT = 90_011, 90_012, 90_013, 90_014
Rectangle = tuple[float, float, float, float]  # known from, to, value from, to


def scatter_rows(places: Sequence[Place], t: Tokens, picked: Collection[str] = ()) -> pd.DataFrame:
    """key, name, known, value (0 to 1), fill, ring, says: practices whose leakage is known, as they are drawn.

    Hidden ones, and those of which nothing is known, are left out.
    """
    rows = []
    for place in places:
        value = LEAKAGE.value(place)
        if place.suppressed or value is None or not place.observable:
            continue
        seen = look(place, LEAKAGE, LEAKAGE.top or 1.0, t)
        on = place.key in picked
        rows.append(
            {
                "key": place.key,
                "name": place.label,
                "known": place.known,
                "value": value,
                "fill": mix(seen.fill, t.ground, 0.45) if picked and not on else seen.fill,
                "ring": t.text if on else mix(t.quiet, t.ground, 0.4),
                "says": seen.says.replace("\n", "; "),
            }
        )
    return pd.DataFrame(rows, columns=["key", "name", "known", "value", "fill", "ring", "says"])


def practice_scatter(rows: pd.DataFrame, t: Tokens, *, box: Rectangle | None = None) -> Picture:
    """Points of `scatter_rows`; a rectangle that is dragged reports its ends in `known` and `value`; `box` is drawn
    from the start.
    """
    most = float(rows["known"].max()) if len(rows) else 1.0
    values: dict[Slot, Any] = {slot("nothing"): "", TOP: max(most, 1.0)}
    if box:
        values |= dict(zip((LEFT, RIGHT, LOW, HIGH), box, strict=True))
    return Picture(filled(_template(t, box is not None), values), rows)


@lru_cache(maxsize=4)
def _template(t: Tokens, begun: bool) -> dict[str, Any]:
    start: Any = {"x": [LEFT, RIGHT], "y": [LOW, HIGH]} if begun else alt.Undefined
    mark = alt.BrushConfig(fill=t.us, fillOpacity=0.08, stroke=t.us, strokeWidth=1.5)
    drag = alt.selection_interval(name=BRUSH, encodings=["x", "y"], value=start, mark=mark)
    across = alt.Axis(title="referrals with a known destination", grid=True, tickCount=5, format=",d")
    up = alt.Axis(title="out of network", grid=True, tickCount=5, format=".0%")
    points = (
        alt.Chart(ROWS)
        .mark_circle(size=70, strokeWidth=1, opacity=1)
        .encode(
            x=alt.X("known:Q", axis=across).scale(type="sqrt", domain=[0, TOP], nice=True),
            y=alt.Y("value:Q", axis=up).scale(domain=[0, 1]),
            color=alt.Color("fill:N", scale=None),
            stroke=alt.Stroke("ring:N", scale=None),
            tooltip=[alt.Tooltip("name:N", title="Practice"), alt.Tooltip("says:N", title="Count")],
        )
        .add_params(drag)
    )
    return finish([points], t, HEIGHT)
