"""Planning: a first plan at once, a better one by the worker while one looks."""

import streamlit as st

from liaison.jobs import queue, worker
from liaison.jobs.queue import Job, State
from liaison.planning.stored.made import plan_at_once
from liaison.planning.stored.plans import StoredPlan
from liaison.ui import entries, homes, links, parts, states
from liaison.ui.ask import viewer
from liaison.ui.data.work import error_of
from liaison.ui.next_visits.asked import newest
from liaison.ui.routes import asked
from liaison.ui.routes.asked import View
from liaison.ui.states import guarded

KIND = "route"
BRINGS = (
    "This page chooses and orders the visits that bring the most within the working day: by the list of next visits, "
    "office hours, who is in, how due a visit is, and drive times. A first plan stands at once."
)


def nothing_yet(view: View) -> None:
    """The one button that brings a plan."""
    if _no_list():
        states.off("Nothing says yet what a visit brings", f"{BRINGS} Make the list of next visits first.")
        links.link(entries.NEXT_VISITS, "Next visits")
        return
    states.no_data(
        "This week is not planned yet", BRINGS, "Plan this week", key="plan-week", on_click=lambda: anew(view)
    )


def _no_list() -> bool:
    return newest() is None


def anew(view: View) -> None:
    """Plan the week from nothing: greedy at once, then searched on."""
    guarded(_anew, view)


def _anew(view: View) -> None:
    plan_at_once(homes.home(), view.worker.person_id, view.week, actor=viewer().name)
    search(view, "anew")


def search(view: View, how: str = "again") -> None:
    """Ask the worker once for a better plan."""
    job = last(view)
    if job is not None and not job.over:
        return
    home = homes.home()
    asks = {"person_id": view.worker.person_id, "week": view.week.isoformat(), "how": how}
    queue.enqueue(home, KIND, asks)
    worker.ensure(home)


def last(view: View) -> Job | None:
    """The newest search for this plan."""
    wanted = (view.worker.person_id, view.week.isoformat())
    jobs = (job for job in queue.jobs(homes.home(), limit=20) if job.kind == KIND)
    return next((job for job in jobs if (job.arguments["person_id"], job.arguments["week"]) == wanted), None)


def tell(view: View, plan: StoredPlan) -> None:
    """How far the search is; what it refused."""
    job = last(view)
    if job is None:
        return
    if not job.over:
        _progress(job.job_id, view, plan.revision)
    elif job.state is State.failed and job.error and (job.ended_at or "") > plan.changed_at:
        states.error(error_of(job.error))
    elif (
        job.state is State.done and job.result and not job.result.get("kept") and (job.ended_at or "") > plan.changed_at
    ):
        parts.note("The search ended after you changed the plan: your plan stands.")


@st.fragment(run_every=1.0)
def _progress(job_id: str, view: View, revision: int) -> None:
    job = queue.get(homes.home(), job_id)
    st.progress(job.progress, text=job.message)
    now = asked.plan(view)
    if job.over or (now is not None and now.revision != revision):
        st.rerun()
