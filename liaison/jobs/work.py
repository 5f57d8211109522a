"""What each kind of job does: one call into the room whose work it is. A job may run twice, so each may be repeated."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from liaison.errors import LiaisonError
from liaison.facts.home import Home
from liaison.jobs import queue
from liaison.jobs.queue import Job, State

Progress = Callable[[float, str], None]
Result = Mapping[str, Any]


def work(home: Home, job: Job, progress: Progress) -> Result:
    """Do it; returns what the job keeps as its result, as plain values."""
    return _KINDS[job.kind](home, job, progress)


def _import(home: Home, job: Job, progress: Progress) -> Result:
    from liaison.ingest.run import import_files

    asked = {k: v for k, v in job.arguments.items() if k not in ("format", "paths", "keep_uploads")}
    if asked.get("as_of"):
        asked["as_of"] = date.fromisoformat(asked["as_of"])
    paths = [Path(p) for p in job.arguments["paths"]]
    done = import_files(home, job.arguments["format"], paths, **asked, actor=job.asked_by, progress=progress)
    return done.as_json()


def _forget(home: Home, job: Job, progress: Progress) -> Result:
    from liaison.ingest.run import forget

    live = home.live()
    if job.attempts > 1 and job.arguments["batch"] not in set(live.manifest.batches["batch_id"]):
        return {"data_version": live.data_version}  # the first attempt had done it, and died before it could say so
    return {"data_version": forget(home, job.arguments["batch"], actor=job.asked_by, progress=progress)}


def _recount(home: Home, job: Job, progress: Progress) -> Result:
    from liaison.metrics.recount import recount_all

    return {"data_version": recount_all(home, progress)}


def _demo(home: Home, job: Job, progress: Progress) -> Result:
    from liaison.demo.build import build

    return asdict(build(home, progress=progress, **job.arguments))


def _backup(home: Home, job: Job, progress: Progress) -> Result:
    from liaison.facts.backup import backup

    return backup(home, Path(job.arguments["file"]), progress).as_json()


def _rank(home: Home, job: Job, progress: Progress) -> Result:
    from liaison.jobs.ranked import bring_up_to_date

    asked = {name: value for name, value in job.arguments.items() if name != "follows"}
    return bring_up_to_date(home, progress, quiet="follows" in job.arguments, **asked).as_json()


def _effect(home: Home, job: Job, progress: Progress) -> Result:
    from liaison.jobs.effected import bring_up_to_date

    return bring_up_to_date(home, progress, quiet="follows" in job.arguments).as_json()


def _route(home: Home, job: Job, progress: Progress) -> Result:
    from liaison.planning.stored.made import improve

    asked = {**job.arguments, "week": date.fromisoformat(job.arguments["week"])}
    return improve(home, progress=progress, **asked).as_json()


def _report(home: Home, job: Job, progress: Progress) -> Result:
    from liaison.jobs.reported import make

    return make(home, progress, _today(home), **job.arguments)


def _monthly(home: Home, job: Job, progress: Progress) -> Result:
    from liaison.jobs.monthly import write

    return write(home, progress, _today(home), **job.arguments)


def _mail(home: Home, job: Job, progress: Progress) -> Result:
    from liaison.jobs.mailed import run

    return run(home, datetime.now(UTC), progress).as_json()


def _today(home: Home) -> str:
    return datetime.now(home.settings.time_zone).date().isoformat()


def _territories(home: Home, job: Job, progress: Progress) -> Result:
    from liaison.planning.territories.areas import DrawnFrom
    from liaison.planning.territories.made import draw_up

    asked = {**job.arguments, "by": DrawnFrom(job.arguments["by"])}
    made = draw_up(home, progress, **asked, actor=job.asked_by)
    return {"draft": made.draft_id, "revision": made.revision}


_KINDS: dict[str, Callable[[Home, Job, Progress], Result]] = {
    "import": _import,
    "forget": _forget,
    "recount": _recount,
    "demo": _demo,
    "backup": _backup,
    "rank": _rank,
    "route": _route,
    "territories": _territories,
    "effect": _effect,
    "report": _report,
    "monthly": _monthly,
    "mail": _mail,
}


FOLLOWED = ("import", "forget", "recount", "demo")
FOLLOWING = ("rank", "effect")  # whom to see next, and what visits caused: both are made of what the others change


def follow(home: Home, job: Job) -> None:
    """Ask for what must be made anew after this job; once, however many jobs ask for it."""
    if job.kind not in FOLLOWED or job.arguments.get("dry_run"):
        return
    waiting = {other.kind for other in queue.jobs(home) if other.state is State.queued}
    for kind in FOLLOWING:
        if kind not in waiting:
            queue.enqueue(home, kind, {"follows": job.job_id}, asked_by=job.asked_by)


def refusal(error: LiaisonError) -> dict[str, Any]:
    """A refusal as a job keeps it and a command prints it: message, where, remedy, and what the error adds."""
    return {**error.as_json()}
