"""What has been imported: one lane a feed, one square a month, darker where more destinations are known."""

from typing import Any

import altair as alt
import pandas as pd

from liaison.charts.theme import ROWS, Picture, finish
from liaison.charts.tokens import Tokens, ink_on, mix, step
from liaison.charts.words import MONTH_AXIS, percent, records, told_apart, whole
from liaison.vocabulary import month_words

STEP = 30
ROOM_FOR_WORDS = 24  # months; beyond that a square is narrower than its percentage
_COLUMNS = ["feed", "month", "state", "fill", "ink", "label", "says"]


def feed_rows(feeds: pd.DataFrame, t: Tokens) -> pd.DataFrame:
    """Every month between the first and the last of each feed; a month without a row is a gap, and says so.

    `feeds`: key, label: str; month: month_id; rows: count; coverage: 0 to 1 or null where it does not apply;
    complete: bool. Gives feed, month, state (full, open, gap), fill, ink, label, says.
    """
    if feeds.empty:
        return pd.DataFrame(columns=_COLUMNS)
    names = told_apart(feeds["label"].astype(str).tolist(), feeds["key"].tolist())
    first, last = int(feeds["month"].min()), int(feeds["month"].max())
    drawn: list[dict[str, Any]] = []
    for key, lane in feeds.groupby("key", sort=False):
        had = {int(row["month"]): row for row in records(lane)}
        drawn += [_square(names[str(key)], month, had.get(month), t) for month in range(first, last + 1)]
    return pd.DataFrame(drawn, columns=_COLUMNS)


def _square(feed: str, month: int, row: dict[str, Any] | None, t: Tokens) -> dict[str, Any]:
    at = {"feed": feed, "month": month}
    if row is None or not row["rows"]:
        return at | {
            "state": "gap",
            "fill": None,
            "ink": t.quiet,
            "label": "",
            "says": f"{month_words(month)}: nothing",
        }
    known = None if pd.isna(row["coverage"]) else float(row["coverage"])
    fill = step(t.volume, known, 1.0) if known is not None else mix(t.us, t.ground, 0.5)
    says = f"{month_words(month)}: {whole(row['rows'])} rows"
    if known is not None:
        says += f", destination known for {percent(known)}"
    if not row["complete"]:
        fill, says = mix(fill, t.ground, 0.6), f"{says}, not over yet"
    label = f"{known * 100:.0f}" if known is not None else ""
    return at | {
        "state": "full" if row["complete"] else "open",
        "fill": fill,
        "ink": ink_on(fill),
        "label": label,
        "says": says,
    }


def feeds_by_month(feeds: pd.DataFrame, t: Tokens, *, narrow: bool = False) -> Picture:
    """Columns as in `feed_rows`; the number in a square is the share of known destinations in per cent.

    `narrow`: colours without numbers, for a phone.
    """
    rows = feed_rows(feeds, t)
    names, months = rows["feed"].unique().tolist(), sorted(int(m) for m in rows["month"].unique())
    every = max(1, -(-len(months) // (4 if narrow else 12)))
    base = alt.Chart(ROWS).encode(
        x=alt.X(
            "month:O",
            title=None,
            axis=alt.Axis(
                orient="top", labelAngle=0, labelExpr=MONTH_AXIS, values=months[::-every][::-1], labelOverlap="greedy"
            ),
        ).scale(domain=months, paddingInner=0.06),
        y=alt.Y("feed:N", title=None, axis=alt.Axis(labelColor=t.text, labelLimit=220)).scale(
            domain=names, paddingInner=0.14
        ),
        tooltip=[alt.Tooltip("feed:N", title="Feed"), alt.Tooltip("says:N", title="Month")],
    )
    full = (
        base.transform_filter("datum.state != 'gap'")
        .mark_rect(cornerRadius=2)
        .encode(color=alt.Color("fill:N", scale=None))
    )
    gaps = base.transform_filter("datum.state == 'gap'").mark_rect(
        aria=False, cornerRadius=2, fill="transparent", stroke=t.unknown, strokeDash=[2, 3], strokeWidth=0.75
    )
    layers = [full, gaps]
    if len(months) <= ROOM_FOR_WORDS and not narrow:
        layers.append(
            base.mark_text(aria=False, fontSize=11).encode(text="label:N", color=alt.Color("ink:N", scale=None))
        )
    return Picture(finish(layers, t, STEP * max(len(names), 1)), rows)
