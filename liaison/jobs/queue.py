"""The table of jobs: asked for by pages and commands, claimed by workers, never by two at once.

Every write of a worker names the attempt it belongs to, so that a worker that was given up for dead
cannot overwrite what its successor does.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, Connection, Row, and_, insert, or_, select, update

from liaison.errors import LiaisonError, nearest
from liaison.facts.home import Home
from liaison.store import reading, writing
from liaison.store.tables import job as table

KINDS = (
    "import",
    "forget",
    "recount",
    "demo",
    "backup",
    "rank",
    "effect",
    "route",
    "report",
    "monthly",
    "territories",
    "mail",
)
ATTEMPTS = 2  # a job whose process died is run once more, then given up
STALE_SECONDS = 30  # a worker on another machine that has been silent this long is dead


class State(StrEnum):
    queued = "queued"
    running = "running"
    cancelling = "cancelling"
    done = "done"
    failed = "failed"
    cancelled = "cancelled"


UNDER_WAY = (State.running, State.cancelling)


@dataclass(frozen=True)
class Job:
    """One row of the table; times are UTC, ISO text. `progress` is a share, 0 to 1."""

    job_id: str
    kind: str
    arguments: dict[str, Any]
    state: State
    progress: float
    message: str
    attempts: int
    asked_by: str
    queued_at: str
    started_at: str | None
    beat_at: str | None
    ended_at: str | None
    result: dict[str, Any] | None
    error: dict[str, Any] | None  # message, where, remedy; fault (an id in the log), or rejects and counts

    @property
    def over(self) -> bool:
        return self.ended_at is not None


def enqueue(home: Home, kind: str, arguments: Mapping[str, Any], asked_by: str = "owner") -> str:
    """Ask for work; returns the job's id. Call `worker.ensure` after it, so that somebody does it."""
    if kind not in KINDS:
        near = nearest(kind, KINDS)
        raise LiaisonError(f"There is no job {kind}.", remedy=f"Did you mean {near}?" if near else _listed())
    row = {
        "job_id": uuid4().hex,
        "kind": kind,
        "arguments": json.dumps(dict(arguments)),
        "state": State.queued.value,
        "progress": 0.0,
        "message": "Waiting to start.",
        "attempts": 0,
        "asked_by": asked_by,
        "queued_at": _now(),
    }
    with writing(home.store) as connection:
        connection.execute(insert(table).values(row))
    return str(row["job_id"])


def jobs(home: Home, limit: int = 50) -> list[Job]:
    """The newest first."""
    statement = select(table).order_by(table.c.queued_at.desc(), table.c.job_id).limit(limit)
    with reading(home.store) as connection:
        return [_job(row) for row in connection.execute(statement)]


def of_kind(home: Home, kind: str) -> list[Job]:
    """All of a kind, the newest first."""
    statement = select(table).where(table.c.kind == kind).order_by(table.c.queued_at.desc(), table.c.job_id)
    with reading(home.store) as connection:
        return [_job(row) for row in connection.execute(statement)]


def newest(home: Home, kind: str) -> Job | None:
    """The last one that was asked for."""
    statement = select(table).where(table.c.kind == kind).order_by(table.c.queued_at.desc(), table.c.job_id).limit(1)
    with reading(home.store) as connection:
        row = connection.execute(statement).first()
    return None if row is None else _job(row)


def get(home: Home, job_id: str) -> Job:
    with reading(home.store) as connection:
        return _read(connection, job_id)


def cancel(home: Home, job_id: str) -> Job:
    """A waiting job is cancelled at once, a running one as soon as its worker hears of it; an ended one stays."""
    with writing(home.store) as connection:
        _set(
            connection,
            table.c.job_id == job_id,
            State.queued,
            state=State.cancelled,
            ended_at=_now(),
            message="Cancelled.",
        )
        _set(connection, table.c.job_id == job_id, State.running, state=State.cancelling, message="Being cancelled.")
        return _read(connection, job_id)


def waiting(home: Home) -> bool:
    """Whether a job is there for the taking."""
    with reading(home.store) as connection:
        return connection.scalar(select(table.c.job_id).where(table.c.state == State.queued.value).limit(1)) is not None


def claim(home: Home) -> Job | None:
    """Take the oldest waiting job. Of two workers that want the same one, the database lets one have it."""
    oldest = (
        select(table.c.job_id).where(table.c.state == State.queued.value).order_by(table.c.queued_at, table.c.job_id)
    )
    while True:
        with reading(home.store) as connection:
            job_id = connection.scalar(oldest.limit(1))
        if job_id is None:
            return None
        now = _now()
        start = {"state": State.running, "started_at": now, "beat_at": now, "attempts": table.c.attempts + 1}
        with writing(home.store) as connection:
            if _set(connection, table.c.job_id == job_id, State.queued, **start, message="Starting.", progress=0.0):
                return _read(connection, job_id)


def beat(home: Home, job: Job) -> None:
    """Say that the worker of this attempt is alive."""
    with writing(home.store) as connection:
        _set(connection, _mine(job), *UNDER_WAY, beat_at=_now())


def report(home: Home, job: Job, progress: float, message: str) -> None:
    """How far this attempt is."""
    with writing(home.store) as connection:
        _set(connection, _mine(job), State.running, progress=min(max(progress, 0.0), 1.0), message=message)


def finish(home: Home, job: Job, result: Mapping[str, Any]) -> None:
    """The work is done. A cancel that comes too late does not unsay it."""
    told = {"progress": 1.0, "message": "Done.", "result": json.dumps(dict(result))}
    with writing(home.store) as connection:
        _set(connection, _mine(job), *UNDER_WAY, state=State.done, ended_at=_now(), **told)


def fail(home: Home, job: Job, error: Mapping[str, Any]) -> None:
    """The work was refused, or met a fault: `error` has message, where and remedy."""
    told = {"message": str(error["message"]), "error": json.dumps(dict(error))}
    with writing(home.store) as connection:
        _set(connection, _mine(job), *UNDER_WAY, state=State.failed, ended_at=_now(), **told)


def lost(home: Home, job: Job) -> None:
    """The process of this attempt ended without a word: cancelled if asked, else tried once more, else failed."""
    with writing(home.store) as connection:
        _give_up(connection, job)


def take_over(home: Home, silent_seconds: float = STALE_SECONDS) -> list[Job]:
    """Deal with the jobs of dead workers: those not heard of for `silent_seconds`. Returns them."""
    before = (datetime.now(UTC) - timedelta(seconds=silent_seconds)).isoformat()
    silent = and_(
        table.c.state.in_([s.value for s in UNDER_WAY]), or_(table.c.beat_at.is_(None), table.c.beat_at <= before)
    )
    with reading(home.store) as connection:
        dead = [_job(row) for row in connection.execute(select(table).where(silent))]
    for job in dead:
        with writing(home.store) as connection:
            _give_up(connection, job)
    return dead


def _give_up(connection: Connection, job: Job) -> None:
    ended = {"ended_at": _now()}
    _set(connection, _mine(job), State.cancelling, state=State.cancelled, message="Cancelled.", **ended)
    if job.attempts < ATTEMPTS:
        told = "Its process ended before it was done. Waiting to start again."
        _set(connection, _mine(job), State.running, state=State.queued, message=told)
        return
    error = {
        "message": f"The {job.kind} was started twice, and both times its process ended before it was done.",
        "where": None,
        "remedy": "Nothing was half stored. See whether memory and disk space are left, then start it again.",
    }
    failed = {"state": State.failed, "message": error["message"], "error": json.dumps(error)}
    _set(connection, _mine(job), State.running, **failed, **ended)


def _mine(job: Job) -> ColumnElement[bool]:
    return and_(table.c.job_id == job.job_id, table.c.attempts == job.attempts)


def _set(connection: Connection, which: ColumnElement[bool], *states: State, **values: Any) -> bool:
    """Change a job that is in one of these states; False when it is not."""
    plain = {name: value.value if isinstance(value, State) else value for name, value in values.items()}
    statement = update(table).where(which, table.c.state.in_([s.value for s in states])).values(plain)
    return connection.execute(statement).rowcount == 1


def _read(connection: Connection, job_id: str) -> Job:
    row = connection.execute(select(table).where(table.c.job_id == job_id)).first()
    if row is None:
        raise LiaisonError("This job is not known here.", remedy="Look at the list of jobs on the Data page.")
    return _job(row)


def _job(row: Row[Any]) -> Job:
    values = dict(row._mapping)
    for name in ("arguments", "result", "error"):
        values[name] = json.loads(values[name]) if values[name] else None
    return Job(**{**values, "state": State(values["state"])})


def _listed() -> str:
    return f"Jobs are: {', '.join(KINDS)}."


def _now() -> str:
    return datetime.now(UTC).isoformat()
