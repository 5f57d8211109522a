"""What pictures of intervals share: a line a row with its name, the interval pale, the middle a tick, few said so."""

import altair as alt

from liaison.charts.template import slot
from liaison.charts.theme import ROWS
from liaison.charts.tokens import Tokens, mix

LINE = 34  # px


def named_rows(t: Tokens, what: str, says: str) -> alt.Chart:
    """Rows in the order of the slot `names`; the tooltip calls the name `what` and the sentence `says`."""
    names = alt.Axis(labelColor=t.text, labelLimit=210)
    return alt.Chart(ROWS).encode(
        y=alt.Y("name:N", title=None, axis=names).scale(domain=[slot("names")]),
        tooltip=[alt.Tooltip("name:N", title=what), alt.Tooltip("says:N", title=says)],
    )


def interval_layers(base: alt.Chart, t: Tokens, scale: alt.Scale, grid: alt.Axis) -> list[alt.Chart]:
    """Interval, middle, and the words of rows whose state is small."""
    timed, few = base.transform_filter("datum.state != 'small'"), base.transform_filter("datum.state == 'small'")
    middle = alt.X("value:Q", scale=scale)
    return [
        timed.mark_rule(aria=False, strokeWidth=7, opacity=1, color=mix(t.us, t.ground, 0.6)).encode(
            x=alt.X("low:Q", title=None, scale=scale, axis=grid), x2="high:Q"
        ),
        timed.mark_tick(orient="vertical", thickness=4, size=16, opacity=1, color=t.us).encode(x=middle),
        few.mark_text(align="left", color=t.quiet).encode(x=alt.value(4), text="label:N"),
    ]
