"""The main picture: one bar a stage. A click on a stage keeps what stands below to it."""

import pandas as pd
import streamlit as st

from liaison.charts.stage_bars import stage_bars
from liaison.charts.words import days as days_in_words
from liaison.metrics.filters import Filters
from liaison.metrics.findings.funnel import main_exit
from liaison.ui import charts as drawn
from liaison.ui import parts, picks
from liaison.ui.ask import version
from liaison.ui.funnel.asked import Shape
from liaison.ui.style import phone
from liaison.ui.tables import Col, table
from liaison.vocabulary import Stage

PARAM, ALL = "stage", "all"
WAITS = [s.value for s in Stage if s is not Stage.loop_closed]
FINDING = "How far referrals get, and where they leave"
TWIN = {
    "stage": Col("Stage", 150),
    "reached": Col("Reached", 110, "count"),
    "share": Col("Of those created", 190, "share"),
    "open": Col("Open here", 110, "count"),
    "median": Col("Median days", 120),
    "p90": Col("Nine of ten within", 150),
    "left": Col("Left from here", 420),
}
ON_PHONE = {"stage": Col("Stage", 110), "share": Col("Reached", 116, "share"), "median": Col("Then waits", 110)}


def show(found: Shape, asked: Filters) -> str:
    """The bars, or the table that says the same; the stage that is picked, or "all"."""
    data = version(asked, "stages")
    chosen = picks.selection("stage", {PARAM: ALL}, lambda p: p[PARAM] in (ALL, *WAITS), data)
    finding = (main_exit(found.found) or FINDING).rstrip(".")
    said = f"Referrals created {found.found.window}, by the stage they reached. Lighter: open there. "
    said += "Thin: left from there. Between stages: days to the next one."
    if phone():
        parts.picture(finding, f"Referrals created {found.found.window}; the days are the median to the next stage.")
        table(twin(found), ON_PHONE, key="stages", alt="Stages, the share that reached each, days to the next")
        return chosen.now[PARAM]
    with st.container(horizontal=True, vertical_alignment="bottom", key="stages-head"):
        parts.picture(finding, said)
        as_table = st.toggle("As a table", key="stages-as-table")
    if as_table:
        table(twin(found), TWIN, key="stages", alt="Stages: reached, share, open, days, exits")
        return chosen.now[PARAM]
    begun = chosen.begun_with[PARAM]
    picked = drawn.show(
        stage_bars,
        found.stages,
        found.exits,
        version=data,
        key=chosen.key,
        alt="Referrals by the stage they reached. The switch above shows the same numbers as a table.",
        pick="stage",
        first="" if begun == ALL else begun,
    )
    if picked and picked.get("key") in WAITS:
        return picks.follow(chosen, {PARAM: picked["key"]})[PARAM]
    return chosen.now[PARAM]


def twin(found: Shape) -> pd.DataFrame:
    """The picture as rows: stage, reached, share, open, median, p90 and left in words."""
    exits = found.exits
    rows = found.stages.assign(
        median=[_days(d) for d in found.stages["median_days"]], p90=[_days(d) for d in found.stages["p90_days"]]
    )
    left = []
    for stage in rows["stage"]:
        own = exits[exits["stage"] == stage] if "stage" in exits else exits.iloc[0:0]
        left.append(", ".join(f"{e} {int(n):,}" for e, n in zip(own["exit"], own["count"], strict=True)))
    return rows.assign(left=left)


def _days(number: float | None) -> str:
    return "" if number is None or pd.isna(number) else days_in_words(number)
