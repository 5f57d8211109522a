"""The page as files to hand on: made by the worker, fetched with one click, and what became of the monthly one."""

from functools import partial

import streamlit as st

from liaison.jobs import monthly, reported
from liaison.jobs.queue import Job, State
from liaison.models.stored.effects import EffectResult, effect_stamps
from liaison.store import reading
from liaison.ui import homes, making, parts, states
from liaison.ui.clock import today
from liaison.ui.data.work import error_of
from liaison.ui.effect.asked import Found
from liaison.vocabulary import ReportFile

KIND = "report"
MIME = {
    ReportFile.pdf: "application/pdf",
    ReportFile.pptx: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ReportFile.xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
SAYS = "This page with how it was made, for readers outside the team: counts of 1 to 10 referrals are hidden."
SECONDS = "Making it takes some seconds."


def show(found: Found, of: EffectResult) -> None:
    """Files of what is shown now, or the button that makes them."""
    with st.container(key="report"):
        job = making.last(KIND)
        on_its_way = job is not None and not job.over
        there = job is not None and job.over and _of_now(found, of, job)
        parts.picture("Hand it on", SAYS if there else f"{SAYS} {SECONDS}")
        if job is not None and on_its_way:
            making.progress(job.job_id)
        elif job is not None and there:
            _files(job)
        else:
            if job is not None and job.state is State.failed and job.error:
                states.error(error_of(job.error))
            make = partial(making.make, KIND, span=of.span)
            st.button("Make the report", key="make-report", icon=":material/picture_as_pdf:", on_click=make)
        if told := monthly.told(homes.home()):
            parts.note(told)


def _of_now(found: Found, of: EffectResult, job: Job) -> bool:
    """Whether a made report says what the page says, and its files are still there."""
    home = homes.home()
    if job.result is None:
        return False
    with reading(home.store) as connection:
        stamps = effect_stamps(connection)
    now = reported.stamp(found.run, of.span, stamps.data_id, stamps.written, today())
    return job.result["of"] == now and all(reported.file_of(home, job.result, form) for form in ReportFile)


def _files(job: Job) -> None:
    with st.container(horizontal=True, gap="small"):
        for form in ReportFile:
            file = reported.file_of(homes.home(), job.result or {}, form)
            if file is not None:
                st.download_button(
                    form.label,
                    file.read_bytes,
                    file.name,
                    MIME[form],
                    key=f"report-{form.value}",
                    icon=":material/download:",
                    on_click="ignore",
                )
