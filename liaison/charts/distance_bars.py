"""How far referrals go: bands of miles, what goes to one organisation beside what comes to us."""

from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd

from liaison.charts.template import HEIGHT, TOP, Slot, filled, slot
from liaison.charts.theme import ROWS, Picture, finish, room_for_words
from liaison.charts.tokens import SMALL, Tokens, mix
from liaison.charts.words import percent, records, whole

SMALL_N = 11
STEP = 46  # px of a band: two bars and the air around them
_COLUMNS = ["band", "series", "share", "fill", "label", "says"]


def distance_rows(bands: pd.DataFrame, t: Tokens) -> pd.DataFrame:
    """Bars in drawing order. `bands`: band (in order), series, role (us or out): str; referrals: int.

    A bar is the share of its own series, so that two series of different size can be compared. The band "not known" is
    grey; the first bar of a series says whose it is.
    """
    sums = bands.groupby("series", sort=False)["referrals"].sum().to_dict()
    named: set[str] = set()
    rows = []
    for bar in records(bands):
        every, count = int(sums[bar["series"]]), int(bar["referrals"])
        share = count / every if every else 0.0
        colour = t.unknown if bar["band"] == "not known" else t.role(bar["role"])
        colour = mix(colour, t.ground, SMALL) if count < SMALL_N else colour
        label = f"{percent(share)} \u00b7 {whole(count)}"
        if count and bar["series"] not in named:
            label += f" {bar['series']}"
            named.add(bar["series"])
        says = f"{whole(count)} of {whole(every)} {bar['series']}, {percent(share)}"
        rows.append((bar["band"], bar["series"], share, colour, label, says))
    return pd.DataFrame(rows, columns=_COLUMNS)


def distance_bars(bands: pd.DataFrame, t: Tokens) -> Picture:
    """Bars from zero, the bands from near to far; columns as in `distance_rows`."""
    rows = distance_rows(bands, t)
    names, series = rows["band"].unique().tolist(), rows["series"].unique().tolist()
    step = STEP if len(series) > 1 else STEP // 2 + 6
    values: dict[Slot, Any] = {
        slot("bands"): names,
        slot("series"): series,
        TOP: max(float(rows["share"].max()) if len(rows) else 0.0, 0.01),
        HEIGHT: step * max(len(names), 1),
    }
    return Picture(filled(_template(t), values), rows)


@lru_cache(maxsize=4)
def _template(t: Tokens) -> dict[str, Any]:
    base = alt.Chart(ROWS).encode(
        y=alt.Y("band:N", title=None, axis=alt.Axis(labelColor=t.text)).scale(
            domain=[slot("bands")], paddingInner=0.25, paddingOuter=0.1
        ),
        yOffset=alt.YOffset("series:N").scale(domain=[slot("series")], paddingInner=0.1),
        x=alt.X("share:Q", axis=None).scale(domain=[0, TOP], range=room_for_words(190), nice=False),
        tooltip=[alt.Tooltip("band:N", title="Miles"), alt.Tooltip("says:N", title="Referrals")],
    )
    bars = base.mark_bar().encode(color=alt.Color("fill:N", scale=None))
    words = base.mark_text(aria=False, align="left", dx=7).encode(text="label:N")
    return finish([bars, words], t, HEIGHT)
