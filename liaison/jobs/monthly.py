"""Every month's report to a folder: asked for by the worker, once a month however often it starts.

The table of jobs is the memory: a month that is done, waiting or running is not asked for again; one that failed is
tried again on another day.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from liaison.errors import LiaisonError
from liaison.facts.home import Home
from liaison.jobs import log, queue
from liaison.jobs.queue import Job, State
from liaison.store import reading
from liaison.vocabulary import ReportFile, month_id, month_text, month_words

KIND = "monthly"
Progress = Callable[[float, str], None]


def ask(home: Home, today: date) -> str | None:
    """Ask for the report that is due on a day of the instance; returns the job's id, None where none is due."""
    if home.settings.report_folder is None:
        return None
    from liaison.models.stored.effects import newest_effect  # heavy, and the worker asks every ten seconds of its life

    with reading(home.store) as connection:
        run = newest_effect(connection)
    if run is None or today < day_of(run.as_of, home.settings.report_day):
        return None
    month = month_text(run.as_of)
    if not open_for(month, queue.of_kind(home, KIND), today, home):
        return None
    return queue.enqueue(home, KIND, {"month": month}, asked_by="schedule")


def day_of(month: int, day: int) -> date:
    """When a month (id) is reported: on that day of the next one."""
    return date((month + 1) // 12, (month + 1) % 12 + 1, day)


def open_for(month: str, told: Sequence[Job], today: date, home: Home) -> bool:
    """Whether a month is still to be asked for."""
    for job in told:
        if job.arguments["month"] != month:
            continue
        if job.state is not State.failed or _ended(home, job) >= today:
            return False
    return True


def write(home: Home, progress: Progress, today: str, month: str) -> dict[str, Any]:
    """The report as it stands, under the name of its month. Raises LiaisonError where the folder is not there."""
    from liaison.jobs import effected
    from liaison.jobs.reported import summary, write_all

    folder, words = home.settings.report_folder, month_words(month_id(month))
    if folder is None or not Path(folder).is_dir():
        raise LiaisonError(
            f"{folder or 'LIAISON_REPORT_FOLDER'} is not a folder here, so the report of {words} was not written.",
            remedy="Make the folder, or name another in LIAISON_REPORT_FOLDER. It is tried again tomorrow.",
        )
    effected.bring_up_to_date(home, progress, quiet=True)
    of = summary(home, today)
    forms = [ReportFile(name) for name in home.settings.report_formats.split(",")]
    try:
        files = write_all(of, forms, Path(folder), f"executive-summary-{month}", progress)
    except OSError as error:
        reason = error.strerror or "no reason given"
        raise LiaisonError(
            f"The report of {words} could not be written to {folder}: {reason}.",
            remedy="See who may write there. It is tried again tomorrow.",
        ) from error
    log.note(home.path, f"report of {month} written, {len(files)} files")
    return {"month": month, "files": files, "folder": str(folder)}


def told(home: Home) -> str | None:
    """What became of the schedule, in a sentence; None where there is none."""
    folder = home.settings.report_folder
    if folder is None:
        return None
    newest = next(iter(queue.of_kind(home, KIND)), None)
    if newest is None:
        when = f"from day {home.settings.report_day} of the month after"
        return f"Each month's report is written to {folder}, {when}. None has been written yet."
    if newest.state is State.failed and newest.error:
        return f"{newest.error['message']} {newest.error['remedy'] or ''}".strip()
    words = month_words(month_id(newest.arguments["month"]))
    if newest.state is State.done:
        from liaison.metrics.figure import date_words

        return f"The report of {words} was written to {folder} on {date_words(_ended(home, newest))}."
    return f"The report of {words} is on its way to {folder}."


def _ended(home: Home, job: Job) -> date:
    at = job.ended_at or job.queued_at
    return datetime.fromisoformat(at).astimezone(home.settings.time_zone).date()
