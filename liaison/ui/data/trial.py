"""Trying an import before it is made: counts, rejects with their reasons, and what would mend them."""

from typing import Any

import pandas as pd
import streamlit as st

from liaison.jobs import queue
from liaison.jobs.queue import Job, State
from liaison.ui import homes, parts, states
from liaison.ui.data import work
from liaison.ui.style import phone
from liaison.ui.tables import Col, download, table

REJECTS = {
    "file": Col("File", 180),
    "row": Col("Row", 70, "count"),
    "column": Col("Column", 170),
    "reason": Col("What is wrong", 420),
    "remedy": Col("What to do", 360),
}
ON_PHONE = {"row": Col("Row", 60, "count"), "column": Col("Column", 100), "reason": Col("What is wrong", 200)}
_TRIED = "lz-tried"


def ask(arguments: dict[str, Any]) -> None:
    """Starts a dry run of exactly these arguments."""
    job_id = work.enqueue("import", arguments | {"dry_run": True, "keep_uploads": True})
    st.session_state[_TRIED] = (arguments, job_id)


def of(arguments: dict[str, Any]) -> Job | None:
    """The dry run of these arguments, if there was one; any change of them asks for another."""
    tried = st.session_state.get(_TRIED)
    return queue.get(homes.home(), tried[1]) if tried and tried[0] == arguments else None


def show(job: Job) -> bool:
    """What the dry run found; whether the import can go ahead as it is."""
    if not job.over:
        parts.note("Being tried; the counts follow here.")
        return False
    if job.state is State.cancelled:
        parts.note("The try was cancelled.")
        return False
    if job.state is State.failed and job.error:
        states.error(work.error_of(job.error))
        _rejects(job.error.get("rejects") or [], int(job.error.get("rows_rejected") or 0))
        return False
    result = job.result or {}
    parts.picture(said(result), "Nothing is stored yet.")
    for note in result.get("notes", []):
        parts.note(note)
    _rejects(result.get("rejects") or [], int(result.get("rows_rejected", 0)))
    return True


def said(result: dict[str, Any]) -> str:
    """The counts as one sentence."""
    told = f"{result.get('rows_accepted', 0):,} of {result.get('rows_read', 0):,} rows would go in: "
    told += f"{result.get('rows_new', 0):,} new, {result.get('rows_updated', 0):,} changed, "
    told += f"{result.get('rows_unchanged', 0):,} as they are"
    more = [
        f"{result[name]:,} {words}"
        for name, words in (
            ("npi_invalid", "with an NPI that is not valid"),
            ("without_referrer", "without a referrer"),
        )
        if result.get(name)
    ]
    return f"{told}; {', '.join(more)}" if more else told


def _rejects(rejects: list[dict[str, Any]], count: int) -> None:
    if not rejects:
        return
    shown = f", the first {len(rejects):,} are shown" if count > len(rejects) else ""
    parts.picture(
        f"{count:,} row{'' if count == 1 else 's'} rejected{shown}", "Rows are numbered as a spreadsheet does."
    )
    rows = pd.DataFrame(rejects)
    table(rows, ON_PHONE if phone() else REJECTS, key="rejects", alt="Rejected rows with reason and remedy", most=8)
    download(rows, "rejects", key="rejects")
