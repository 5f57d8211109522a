"""The order of the page's parts: whose day it is, its sentence, map and clock beside the list, what is left out."""

import streamlit as st

from liaison.planning.stored.plans import StoredPlan
from liaison.ui import entries, links, parts, states
from liaison.ui.routes import asked, calls, change, controls, foot, head, left, picture, run, stops
from liaison.ui.routes.asked import View
from liaison.ui.style import phone


def show() -> None:
    """The page."""
    _, workers = asked.team()
    view = controls.view(workers) if workers else None
    if view is None:
        parts.head(head.NAME, "Nobody has a working day ahead")
        states.off("No liaison is on record", "The page Data takes the team's people, their start and working days.")
        links.link(entries.DATA, "Data")
        return
    plan = asked.plan(view)
    if plan is None:
        controls.show(workers, view)
        parts.head(head.NAME, f"{view.worker.name} has no plan for this week yet")
        run.nothing_yet(view)
        return
    controls.show(workers, view)
    _planned(view, plan)


def _planned(view: View, plan: StoredPlan) -> None:
    head.show(view, plan)
    run.tell(view, plan)
    change.said(plan, head.conflicts(view, plan))
    change.day(view, plan)
    if phone():
        stops.show(view, plan)
        calls.show(view, plan)
        picture.clock(view, plan)
        picture.way_when_asked(view, plan)
    else:
        wide, narrow = st.columns([11, 10], gap="large")
        with wide:
            picture.way(view, plan)
            picture.clock(view, plan)
        with narrow:
            stops.show(view, plan)
            calls.show(view, plan)
    left.show(view, plan)
    foot.show(view, plan)
