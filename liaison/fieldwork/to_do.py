"""Tasks as they stand: whose, for which practice, by when; made, done and voided one at a time."""

import secrets
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine, Select, func, select

from liaison.fieldwork.edits import add, edit
from liaison.fieldwork.tasks import HAND
from liaison.store.tables import person, practice, task


@dataclass(frozen=True)
class Task:
    """One that stands. Days are ISO text; `version` is what a change of it is saved over."""

    task_id: str
    person_id: str
    who: str
    practice_id: str | None
    practice: str | None
    what: str
    due_on: str | None
    done_on: str | None
    source: str
    version: int

    def late(self, today: str) -> int:
        """Days since it was due, 0 where it is not late."""
        if self.done_on or not self.due_on or self.due_on >= today:
            return 0
        return (date.fromisoformat(today) - date.fromisoformat(self.due_on)).days

    def as_json(self) -> dict[str, Any]:
        return {name: value for name, value in asdict(self).items() if name != "version"}


def open_tasks(conn: Connection, person_id: str | None = None) -> tuple[Task, ...]:
    """What is not done, of one person or of all: the earliest due first, what has no day last."""
    statement = _standing().where(task.c.done_on.is_(None))
    if person_id is not None:
        statement = statement.where(task.c.person_id == person_id)
    return _tasks(conn, statement)


def tasks_of(conn: Connection, source: str) -> tuple[Task, ...]:
    """What came of one source, such as event:E1, done or not."""
    return _tasks(conn, _standing().where(task.c.source == source))


def _standing() -> Select[Any]:
    t = task.c
    columns = [t[name] for name in ("task_id", "person_id", "practice_id", "what", "due_on", "done_on", "version")]
    return (
        select(
            *columns,
            func.coalesce(t.source, HAND).label("source"),
            func.coalesce(person.c.name, t.person_id).label("who"),
            func.coalesce(practice.c.name, t.practice_id).label("practice"),
        )
        .select_from(
            task.outerjoin(person, person.c.key == t.person_id).outerjoin(practice, practice.c.key == t.practice_id)
        )
        .where(t.voided.is_(None))
    )


def _tasks(conn: Connection, statement: Select[Any]) -> tuple[Task, ...]:
    ordered = statement.order_by(func.coalesce(task.c.due_on, "9999"), task.c.what, task.c.task_id)
    return tuple(Task(**row) for row in conn.execute(ordered).mappings())


def add_task(
    store: Engine,
    person_id: str,
    what: str,
    *,
    actor: str,
    practice_id: str | None = None,
    due_on: str | None = None,
    source: str = HAND,
) -> str:
    """A new task; returns its id. LiaisonError where a value is wrong."""
    values = {"person_id": person_id, "what": what, "practice_id": practice_id, "due_on": due_on, "source": source}
    return add(store, "tasks", {"task_id": f"t-{secrets.token_hex(6)}", **values}, actor=actor)


def finish(store: Engine, one: Task, on: str | None, *, actor: str) -> None:
    """It was done on an ISO day; None: it was not done after all."""
    edit(store, "tasks", one.task_id, {"done_on": on}, expected_version=one.version, actor=actor)


def void(store: Engine, one: Task, reason: str, *, actor: str) -> None:
    """It does not stand any more, and why; its history stays."""
    edit(store, "tasks", one.task_id, {"voided": reason}, expected_version=one.version, actor=actor)
