"""What a page shows that the worker makes: none yet, on its way, failed, or of data that have changed since."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

import streamlit as st

from liaison.jobs import queue, worker
from liaison.jobs.queue import Job, State
from liaison.metrics.figure import date_words
from liaison.ui import entries, filters, homes, parts, states
from liaison.ui.data.work import error_of


@dataclass(frozen=True)
class Made:
    """A kind of job and the words around it. `empty`, `none`: the sentences where no referrals, or no run, are there.

    `nothing`, `brings`: what would stand here, and what brings it; `too_little`: over the reason why there is none.
    `this`: what was made, as in "This list"; `other`: what may have been written down since.
    """

    kind: str
    empty: str
    none: str
    nothing_to: str
    nothing: str
    brings: str
    too_little: str
    button: str
    key: str
    this: str
    other: str

    def none_yet(self, title: str) -> None:
        """The page says what would be here, and how to get it."""
        if filters.known().first is None:
            parts.head(title, self.empty)
            if states.no_data(self.nothing_to, self.brings, "Set up your own data", key=f"bring-{self.key}"):
                st.switch_page(entries.DATA.file)
            return
        parts.head(title, self.none)
        job = last(self.kind)
        if job is not None and not job.over:
            progress(job.job_id)
            return
        if job is not None and job.state is State.failed and job.error:
            states.error(error_of(job.error))
        if job is not None and job.result and job.result.get("says"):
            states.off(self.too_little, str(job.result["says"]))
        states.no_data(self.nothing, self.brings, self.button, key=f"make-{self.key}", on_click=self.make)

    def tell(self, fitted_at: str, data_id: str) -> None:
        """That it is older than the data, and how far the next one is."""
        job = last(self.kind)
        if job is not None and not job.over:
            progress(job.job_id)
            return
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key="stale-run"):
            parts.band(f"**{self.since(fitted_at, data_id)}**")
            st.button("Make it anew", key="make-anew", on_click=self.make)
        if job is not None and job.state is State.failed and job.error and (job.ended_at or "") > fitted_at:
            states.error(error_of(job.error))

    def since(self, fitted_at: str, data_id: str) -> str:
        """What has come since, as far as it is known: an import with its day, or what people wrote."""
        made = f"{self.this} was made on {day(fitted_at)}"
        batches = homes.live().manifest.batches
        later = batches[batches["imported_at"] > fitted_at] if len(batches) else batches
        if len(later):
            return f"{made}, before the import of {day(str(later['imported_at'].max()))}."
        if homes.live().data_id != data_id:
            return f"{made}; the data have changed since."
        return f"{made}; {self.other} have been written down since."

    @property
    def make(self) -> Callable[[], None]:
        return partial(make, self.kind)


def day(at: str) -> str:
    """UTC, ISO, as the instance's date: '24 Nov 2026'."""
    return date_words(day_of(at))


def day_of(at: str) -> date:
    return datetime.fromisoformat(at).astimezone(homes.home().settings.time_zone).date()


def make(kind: str, **arguments: str) -> None:
    """Asks for it once."""
    home = homes.home()
    job = last(kind)
    if job is None or job.over:
        queue.enqueue(home, kind, arguments)
        worker.ensure(home)


def last(kind: str) -> Job | None:
    """The newest job of the kind."""
    return next((job for job in queue.jobs(homes.home(), limit=20) if job.kind == kind), None)


@st.fragment(run_every=1.0)
def progress(job_id: str) -> None:
    """How far it is; the page comes anew when it is done."""
    job = queue.get(homes.home(), job_id)
    st.progress(job.progress, text=job.message)
    if job.over:
        st.rerun()
