"""Work under way: progress that survives a page change, cancel, and how the last one ended."""

from datetime import UTC, datetime, timedelta

import streamlit as st

from liaison.errors import LiaisonError, Where
from liaison.facts.home import Home
from liaison.jobs import queue, worker
from liaison.jobs.queue import Job, State
from liaison.ui import homes, parts, states

SAID = {
    "import": "Import",
    "forget": "Forgetting an import",
    "recount": "Counting anew",
    "demo": "Making the demo market",
    "backup": "Backup",
    "rank": "Working out whom to see next",
    "route": "Looking for a better route",
    "effect": "Working out what visits brought",
    "territories": "Drawing territories",
    "mail": "Mail to the team",
}
QUIET = ("mail",)  # kinds that end many times a day: what went wrong stands beside what they do
NEWS = timedelta(hours=1)  # how long the end of a job is told
_READ = "lz-read-jobs"


def enqueue(kind: str, arguments: dict[str, object]) -> str:
    """Hands work to the worker of this session's home."""
    home = homes.home()
    job_id = queue.enqueue(home, kind, arguments)
    worker.ensure(home)
    return job_id


def recount() -> None:
    """After a change of practices, people or merges: figures follow once it is done. One waiting recount is enough."""
    home = homes.home()
    if not any(job.kind == "recount" and job.state is State.queued for job in queue.jobs(home)):
        enqueue("recount", {})


def show() -> None:
    """Jobs under way with their bars, and what the last one said."""
    listed = queue.jobs(homes.home(), limit=20)
    live = [job for job in listed if not job.over]
    if live:
        worker.ensure(homes.home())
        _bars()
    for job in _news(listed):
        _ended(job)


@st.fragment(run_every=1.0)
def _bars() -> None:
    home = homes.home()
    live = [job for job in queue.jobs(home, limit=20) if not job.over]
    for job in reversed(live):
        with st.container(horizontal=True, vertical_alignment="center", key=f"job-{job.job_id}"):
            st.progress(job.progress, text=f"{_name(job)}: {job.message}")
            st.button(
                "Cancel",
                key=f"cancel-{job.job_id}",
                disabled=job.state is State.cancelling,
                on_click=_cancel,
                args=(home, job.job_id),
            )
    if not live:
        st.rerun()


def _cancel(home: Home, job_id: str) -> None:
    queue.cancel(home, job_id)


def _news(listed: list[Job]) -> list[Job]:
    """The newest job that ended lately and was not put away; dry runs are told where they were asked for."""
    since = (datetime.now(UTC) - NEWS).isoformat()
    read = st.session_state.get(_READ, set())
    ended = [
        j
        for j in listed
        if j.ended_at
        and j.ended_at > since
        and j.kind not in QUIET
        and not j.arguments.get("dry_run")
        and "follows" not in j.arguments
    ]
    return [job for job in ended[:1] if job.job_id not in read]


def _ended(job: Job) -> None:
    with (
        st.container(border=True),
        st.container(horizontal=True, vertical_alignment="center", key=f"ended-{job.job_id}"),
    ):
        if job.state is State.failed and job.error:
            states.error(error_of(job.error))
        elif job.state is State.cancelled:
            parts.note(f"{_name(job)} was cancelled. Nothing was stored.")
        else:
            parts.say(_told(job))
        st.button("Put away", key=f"read-{job.job_id}", type="tertiary", on_click=_put_away, args=(job.job_id,))


def error_of(error: dict[str, object]) -> LiaisonError:
    """The error that a job kept, as pages show it."""
    where = Where(str(error["where"])) if error.get("where") else None
    return LiaisonError(str(error["message"]), where, str(error.get("remedy") or ""))


def _told(job: Job) -> str:
    result = job.result or {}
    if job.kind == "import":
        said = f"**{result.get('rows_accepted', 0):,} rows went in**"
        said += f": {result.get('rows_new', 0):,} new, {result.get('rows_updated', 0):,} changed, "
        said += f"{result.get('rows_unchanged', 0):,} as they were."
        rejected = result.get("rows_rejected", 0)
        return said + (f" {rejected:,} were rejected; they are listed with the import." if rejected else "")
    return {"forget": "**The import is out of the figures.**", "recount": "**Everything was counted anew.**"}.get(
        job.kind, f"**{_name(job)} is done.**"
    )


def _put_away(job_id: str) -> None:
    st.session_state[_READ] = st.session_state.get(_READ, set()) | {job_id}


def _name(job: Job) -> str:
    name = SAID.get(job.kind, job.kind)
    if job.kind != "import":
        return name
    doing = "Trying" if job.arguments.get("dry_run") else "Importing"
    return f"{doing} {job.arguments.get('format', 'files')}"
