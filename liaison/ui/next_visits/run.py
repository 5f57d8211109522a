"""The run that the page shows: none yet, on its way, failed, or of data that have changed since."""

from datetime import datetime

import streamlit as st

from liaison.jobs import queue, worker
from liaison.jobs.queue import Job, State
from liaison.metrics.figure import date_words
from liaison.ui import entries, filters, homes, parts, states
from liaison.ui.data.work import error_of
from liaison.ui.next_visits import asked
from liaison.ui.next_visits.asked import Newest

KIND = "rank"
BRINGS = (
    "This page says whom to see next, why, and what a visit should bring. It is worked out from referrals and visits, "
    "in less than a minute, and again when you ask for it after an import."
)


def ready(title: str) -> Newest | None:
    """The newest run; where there is none, the page says what would be here and how to get it."""
    now = asked.newest()
    if now is not None:
        return now
    if filters.known().first is None:
        parts.head(title, "No list yet: no referrals are in")
        if states.no_data("Nothing to rank yet", BRINGS, "Set up your own data", key="bring-rank"):
            st.switch_page(entries.DATA.file)
        return None
    parts.head(title, "No list has been made yet")
    job = _last()
    if job is not None and not job.over:
        _progress(job.job_id)
        return None
    if job is not None and job.state is State.failed and job.error:
        states.error(error_of(job.error))
    if job is not None and job.result and job.result.get("says"):
        states.off("There is too little to rank by", str(job.result["says"]))
    states.no_data("Nothing has been ranked yet", BRINGS, "Make the list", key="make-list", on_click=make)
    return None


def tell(now: Newest) -> None:
    """Whether the list is older than the data, and how far the next one is."""
    if now.fresh:
        return
    job = _last()
    if job is not None and not job.over:
        _progress(job.job_id)
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="stale-run"):
        parts.band(f"**{_since(now)}**")
        st.button("Make it anew", key="make-anew", on_click=make)
    if job is not None and job.state is State.failed and job.error and (job.ended_at or "") > now.run.fitted_at:
        states.error(error_of(job.error))


def _since(now: Newest) -> str:
    """What has come since, as far as it is known: an import with its day, or visits."""
    made = f"This list was made on {day(now.run.fitted_at)}"
    batches = homes.live().manifest.batches
    later = batches[batches["imported_at"] > now.run.fitted_at] if len(batches) else batches
    if len(later):
        return f"{made}, before the import of {day(str(later['imported_at'].max()))}."
    if homes.live().data_id != now.run.data_id:
        return f"{made}; the data have changed since."
    return f"{made}; visits or people have been written down since."


def day(at: str) -> str:
    """UTC, ISO, as the instance's date: '24 Nov 2026'."""
    return date_words(datetime.fromisoformat(at).astimezone(homes.home().settings.time_zone).date())


def make() -> None:
    """Asks for the list once."""
    home = homes.home()
    job = _last()
    if job is None or job.over:
        queue.enqueue(home, KIND, {})
        worker.ensure(home)


def _last() -> Job | None:
    """The newest job of the kind."""
    return next((job for job in queue.jobs(homes.home(), limit=20) if job.kind == KIND), None)


@st.fragment(run_every=1.0)
def _progress(job_id: str) -> None:
    job = queue.get(homes.home(), job_id)
    st.progress(job.progress, text=job.message)
    if job.over:
        st.rerun()
