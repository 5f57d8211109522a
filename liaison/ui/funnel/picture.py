"""The main picture: one bar a stage. A click on a stage keeps what stands below to it."""

import streamlit as st

from liaison.charts.stage_bars import stage_bars
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
        words = "Stages, the share that reached each, days to the next"
        table(found.twin, ON_PHONE, key="stages", alt=words, version=data)
        return chosen.now[PARAM]
    with st.container(horizontal=True, vertical_alignment="bottom", key="stages-head"):
        parts.picture(finding, said)
        as_table = st.toggle("As a table", key="stages-as-table")
    if as_table:
        table(found.twin, TWIN, key="stages", alt="Stages: reached, share, open, days, exits", version=data)
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
