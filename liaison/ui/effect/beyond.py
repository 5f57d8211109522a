"""Beyond visits: barriers resolved, events attended, each by the same method; shown where there are any."""

import pandas as pd

from liaison.charts.lift_intervals import lift_intervals
from liaison.metrics.findings import effect as says
from liaison.reports.summary.shown import ends
from liaison.ui import charts as drawn
from liaison.ui import parts
from liaison.ui.effect.asked import Found


def show(found: Found) -> None:
    """A sentence a kind, and a picture of those that have a number."""
    kinds = found.run.beside.get("beyond", ())
    if not kinds:
        return
    parts.picture(
        "Beyond visits",
        "Each by the same method and with the same refusals as visits, over all months, from the month after it "
        "first happened to a practice. They are parts of no total: practices may have had several.",
    )
    for kind in kinds:
        parts.say(f"**{kind['title']}.** {says.typeset(kind['says'])}")
        if kind["compared"]:
            parts.note(kind["compared"])
    rows = [
        {"label": kind["title"], **ends(kind["lift"]), "count": kind["covered"], "role": "us"}
        for kind in kinds
        if kind["lift"]
    ]
    if rows:
        alt = "Lift of each kind with its interval; the sentences hold the numbers"
        drawn.show(lift_intervals, pd.DataFrame(rows), version=found.key("beyond"), key="beyond", alt=alt)
