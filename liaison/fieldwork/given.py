"""What was given to whom: tasks and barriers that somebody else made a person's, told from what was said about them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from liaison.fieldwork.names import names_in
from liaison.fieldwork.records import Version, histories
from liaison.store.tables import history, person

OWNER = {"tasks": "person_id", "barriers": "owner"}  # kind of record -> the column that says whose it is
THING = {"tasks": "task", "barriers": "barrier"}


@dataclass(frozen=True)
class Given:
    """`thing`: task:ID or barrier:ID; `at`: UTC moment (ISO) from which on it is this person's; `by`: who gave it."""

    thing: str
    person_id: str
    at: str
    by: str


def newest_entry(conn: Connection) -> int:
    """The number of the last thing that was said about any record; 0 before the first."""
    return conn.scalar(select(func.max(history.c.id))) or 0


def anything_said(conn: Connection, after: int) -> bool:
    """Whether a task or a barrier was written after an entry."""
    wanted = select(history.c.id).where(history.c.id > after, history.c.kind.in_(OWNER)).limit(1)
    return conn.scalar(wanted) is not None


def given_since(conn: Connection, after: int, since: str) -> tuple[Given, ...]:
    """What was written after an entry and became its owner's at or after a moment (UTC, ISO), given by somebody else.

    Whose it is counts as it stands now: what went on to a third person meanwhile is told to that one alone.
    """
    names = names_in(conn, person)
    found = []
    for kind, column in OWNER.items():
        touched = select(history.c.key).where(history.c.id > after, history.c.kind == kind).distinct()
        for key, versions in sorted(histories(conn, kind, list(conn.scalars(touched))).items()):
            owner, made = _owner(versions, column)
            if owner and made and made.at >= since and not _own_doing(owner, made.actor, names):
                found.append(Given(f"{THING[kind]}:{key}", owner, made.at, made.actor))
    return tuple(found)


def _owner(versions: Sequence[Version], column: str) -> tuple[str | None, Version | None]:
    """Whose a record is, and the version that made it theirs."""
    if not versions or versions[-1].values is None:
        return None, None
    owner = versions[-1].values.get(column)
    made = versions[-1]
    for one in reversed(versions):
        if (one.values or {}).get(column) != owner:
            break
        made = one
    return owner, made


def _own_doing(owner: str, actor: str, names: Mapping[str, str]) -> bool:
    """Who takes something on need not be told of it."""
    return actor in (owner, names.get(owner))
