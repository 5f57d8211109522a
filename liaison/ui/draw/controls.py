"""Drawing: from what, among whom, and the worker that does it."""

import streamlit as st

from liaison.errors import LiaisonError
from liaison.jobs import queue, worker
from liaison.jobs.queue import State
from liaison.planning.territories.areas import DrawnFrom
from liaison.ui import entries, homes, links, making, parts, states
from liaison.ui.ask import viewer
from liaison.ui.data.work import error_of
from liaison.ui.draw import head
from liaison.ui.draw.asked import team

KIND = "territories"
BRINGS = (
    "This page divides counties or ZIPs among the liaisons: equal work (visits needed, minutes, driving), each one's "
    "of a piece, near to who looks after whom today. You change it on the map or in the table, and adopt it by date."
)


def nothing_yet() -> None:
    """What would be here, and the button that brings it."""
    parts.head(head.NAME, "No territories have been drawn yet")
    if not team()[0]:
        states.off("Nobody is on record", f"{BRINGS} The page Data takes the team's people and practices first.")
        links.link(entries.DATA, "Data")
        return
    if not progress():
        states.no_data("Nothing is drawn yet", BRINGS, "Draw territories", key="draw-first", on_click=_draw_first)


def show(drawn_from: str) -> None:
    """A line of choices and the button."""
    everybody, having = team()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="draw-controls"):
        with st.popover("Draw anew", icon=":material/edit_location_alt:", key="draw-anew"):
            st.selectbox(
                "Made of",
                [each.value for each in DrawnFrom],
                index=[each.value for each in DrawnFrom].index(drawn_from),
                format_func=lambda value: DrawnFrom(value).label,
                key="draw-from",
            )
            st.multiselect("Among", list(everybody), default=having, format_func=everybody.__getitem__, key="draw-who")
            st.slider("Work may lie from what is due by, %", 2, 20, 5, key="draw-within")
            st.number_input(
                "A practice that changes hands counts, minutes a year", 0, 10_000, 120, 30, key="draw-price"
            )
            st.toggle("Split by practice where areas are too large", key="draw-split")
            st.button("Draw", type="primary", key="draw-go", on_click=lambda: states.guarded(_draw))
        progress()


def progress() -> bool:
    """How far the drawing is, or why it was refused; whether one is under way."""
    job = making.last(KIND)
    if job is None:
        return False
    if not job.over:
        making.progress(job.job_id)
        return True
    if job.state is State.failed and job.error:
        states.error(error_of(job.error))
    return False


def _draw_first() -> None:
    _enqueue({"by": DrawnFrom.zip.value})


def _draw() -> None:
    chosen = st.session_state
    if not chosen["draw-who"]:
        raise LiaisonError("Nobody is chosen to share the practices.", remedy="Choose one person at least.")
    _enqueue(
        {
            "by": chosen["draw-from"],
            "people": list(chosen["draw-who"]),
            "tolerance": chosen["draw-within"] / 100,
            "hand_over": float(chosen["draw-price"]),
            "split": bool(chosen["draw-split"]),
        }
    )


def _enqueue(arguments: dict[str, object]) -> None:
    home, job = homes.home(), making.last(KIND)
    if job is None or job.over:
        queue.enqueue(home, KIND, arguments, asked_by=viewer().name)
        worker.ensure(home)
