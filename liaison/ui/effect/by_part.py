"""The effect by liaison, purpose or line, held to the whole; a warning stands over it, and nobody is ranked."""

import pandas as pd

from liaison.charts.lift_intervals import lift_intervals
from liaison.metrics.findings import effect as says
from liaison.metrics.findings.effect_words import ALONE
from liaison.metrics.findings.words import within
from liaison.models.stored.effects import EffectResult
from liaison.ui import charts as drawn
from liaison.ui import options, parts
from liaison.ui.effect.asked import Found

PARAM = "by"
WORDS = {"liaison": "Liaison", "purpose of the first visit": "Purpose", "service line": "Service line"}


def show(found: Found, of: EffectResult) -> None:
    """One way to part the programme at a time, in the order of names."""
    told = of.told["parts"]
    ways = [by for by in WORDS if told and any(row["by"] == by for row in told["rows"])]
    if not ways:
        return
    slugs = {_slug(by): WORDS[by] for by in ways}
    chosen = options.now(PARAM, slugs, _slug(ways[0]))
    by = next(way for way in ways if _slug(way) == chosen)
    rows = sorted((row for row in told["rows"] if row["by"] == by), key=lambda row: str(row["label"]))
    parts.picture(says.parts_finding(rows, within(WORDS[by])), f"{told['says']} In the order of names. {ALONE}")
    if len(slugs) > 1:
        options.buttons(PARAM, "By", slugs, _slug(ways[0]))
    frame = pd.DataFrame([_row(row) for row in rows])
    if frame["value"].isna().all():  # an axis without a mark says nothing
        parts.note("; ".join(f"{row['label']}: {row['practices']:,} practices" for row in rows) + ". It takes 30.")
        return
    alt = f"Lift by {within(WORDS[by])} with intervals; the download has the same numbers"
    drawn.show(lift_intervals, frame, version=found.key("parts", by), key="parts", alt=alt)


def _slug(by: str) -> str:
    """'purpose of the first visit' as a URL carries it."""
    return by.partition(" ")[0]


def _row(row: dict[str, object]) -> dict[str, object]:
    held, alone = row["shrunk"], row["lift"]
    none = {"value": None, "low": None, "high": None}
    ends = {name: held[name] for name in none} if isinstance(held, dict) else none
    itself = alone["value"] if isinstance(alone, dict) else None
    return {"label": row["label"], **ends, "alone": itself, "count": row["practices"], "role": "us"}
