"""The demo market on its way: made by a job when somebody first asks for it."""

import threading

import streamlit as st

from liaison.errors import LiaisonError
from liaison.facts.home import Home
from liaison.jobs import queue, worker
from liaison.jobs.queue import Job, State
from liaison.ui import homes, parts, states

KIND = "demo"


def stands() -> bool:
    """Whether this session has data to show, or a home of its own; else the page says how far the demo market is."""
    if homes.which() == "own" or not homes.live().empty:
        return True
    home = homes.home()
    job = _asked_for(home)
    parts.head("Demo market", "A fictional market is being made, so that you can look around")
    if job.state in (State.failed, State.cancelled):
        _failed(home, job)
    else:
        _progress(job.job_id)
    return False


def _failed(home: Home, job: Job) -> None:
    error = job.error or {"message": "Making the demo market was cancelled.", "remedy": ""}
    states.error(LiaisonError(error["message"], remedy=error["remedy"] or ""))
    st.button("Make it again", type="primary", on_click=_enqueue, args=(home,))


@st.fragment(run_every=0.5)
def _progress(job_id: str) -> None:
    job = queue.get(homes.home(), job_id)
    st.progress(job.progress, text=job.message)
    parts.note("400 practices, 36 months, 200,000 referrals. It takes less than half a minute, once.")
    if job.over:
        st.rerun()


@st.cache_resource(show_spinner=False)
def _one_at_a_time() -> threading.Lock:
    return threading.Lock()


def _asked_for(home: Home) -> Job:
    """The job that makes it; two visitors at once cause one."""
    with _one_at_a_time():
        found = [job for job in queue.jobs(home) if job.kind == KIND]
        if not found:
            _enqueue(home)
            found = [job for job in queue.jobs(home) if job.kind == KIND]
        return found[0]


def _enqueue(home: Home) -> None:
    queue.enqueue(home, KIND, {})
    worker.ensure(home)
