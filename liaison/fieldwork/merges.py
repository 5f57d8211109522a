"""Merges: two names that stand for one practice or organisation, as a person decided; undone as easily.

A merge writes a decision, never a fact. The caller asks for a recount afterwards; until it is done, figures are those
of before.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, Table, insert, select

from liaison.errors import LiaisonError
from liaison.fieldwork.likeness import Likeness
from liaison.store import writing
from liaison.store.alone import alone
from liaison.store.tables import merge, named, organisation, practice

RECORDS: Mapping[str, Table] = {"practice": practice, "organisation": organisation}
MERGED, KEPT_APART, UNDONE = "merged", "kept_apart", "undone"


@dataclass(frozen=True)
class Proposal:
    """A name known from files only that looks like one of our records."""

    kind: str  # practice or organisation
    from_id: str
    from_name: str
    into_id: str
    into_name: str
    likeness: float  # 0-1; orders the list, decides nothing


def standing(conn: Connection, kind: str) -> dict[str, str]:
    """The merges in force: id -> the id it was merged into (one step; follow with `final`)."""
    into: dict[str, str] = {}
    for row in conn.execute(select(merge).where(merge.c.kind == kind).order_by(merge.c.id)):
        if row.decision == MERGED:
            into[row.from_id] = row.into_id
        elif into.get(row.from_id) == row.into_id:
            del into[row.from_id]
    return into


def final(into: Mapping[str, str], id_: str) -> str:
    """Where an id ends up, through chains."""
    while id_ in into:
        id_ = into[id_]
    return id_


def merge_into(engine: Engine, kind: str, from_id: str, into_id: str, *, actor: str) -> None:
    """From now on `from_id` counts as `into_id`, which is one of our records. Needs a recount.

    Raises LiaisonError where that would run in a circle, or `from_id` already counts as another.
    """
    table = _records(kind)
    with writing(engine) as conn:
        alone(conn, "merges")
        into = standing(conn, kind)
        if conn.scalar(select(table.c.key).where(table.c.key == into_id)) is None:
            raise LiaisonError(f"There is no {kind} {into_id}.", remedy=f"Merge into a {kind} that is on record.")
        if from_id in into:
            raise LiaisonError(
                f"{from_id} counts as {into[from_id]} already.", remedy="Undo that merge first, then merge again."
            )
        if final(into, into_id) == from_id:
            raise LiaisonError(
                f"{into_id} counts as {from_id}, so that {from_id} cannot count as {into_id}.",
                remedy="Undo the other merge first.",
            )
        _decide(conn, kind, from_id, into_id, MERGED, actor)


def keep_apart(engine: Engine, kind: str, from_id: str, into_id: str, *, actor: str) -> None:
    """These two are not the same: the proposal is not made again. Nothing to recount."""
    _records(kind)
    with writing(engine) as conn:
        alone(conn, "merges")
        _decide(conn, kind, from_id, into_id, KEPT_APART, actor)


def undo(engine: Engine, kind: str, from_id: str, *, actor: str) -> str:
    """`from_id` stands for itself again; returns what it was merged into. Needs a recount."""
    _records(kind)
    with writing(engine) as conn:
        alone(conn, "merges")
        into = standing(conn, kind)
        if from_id not in into:
            raise LiaisonError(f"{from_id} is not merged into anything.", remedy="Look at the list of merges again.")
        _decide(conn, kind, from_id, into[from_id], UNDONE, actor)
    return into[from_id]


def decisions(conn: Connection) -> list[dict[str, Any]]:
    """Every decision that was made, newest first."""
    return [dict(row) for row in conn.execute(select(merge).order_by(merge.c.id.desc())).mappings()]


def proposals(conn: Connection, kind: str, limit: int = 200) -> list[Proposal]:
    """Doubtful names only, most alike first: a name that equals one of ours is read as it without being asked."""
    table = _records(kind)
    records = conn.execute(select(table.c.key, table.c.name, table.c.aliases)).all()
    into, apart = standing(conn, kind), _kept_apart(conn, kind)
    known = {r.key: [r.name, *(r.aliases or "").split(";")] for r in records if r.key not in into}
    given = conn.execute(select(named.c.id, named.c.label).where(named.c.kind == kind, named.c.given.is_(True)))
    likeness, names, found = Likeness(known), {r.key: r.name for r in records}, []
    for from_id, label in given:
        best = likeness.best(label) if from_id not in into else None
        if best and (from_id, best[0]) not in apart:
            found.append(Proposal(kind, from_id, label, best[0], names[best[0]], best[2]))
    return sorted(found, key=lambda p: (-p.likeness, p.from_name))[:limit]


def _kept_apart(conn: Connection, kind: str) -> set[tuple[str, str]]:
    last: dict[tuple[str, str], str] = {}
    for row in conn.execute(select(merge).where(merge.c.kind == kind).order_by(merge.c.id)):
        last[row.from_id, row.into_id] = row.decision
    return {pair for pair, decision in last.items() if decision == KEPT_APART}


def _decide(conn: Connection, kind: str, from_id: str, into_id: str, decision: str, actor: str) -> None:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    row = {"kind": kind, "from_id": from_id, "into_id": into_id, "decision": decision}
    conn.execute(insert(merge).values(**row, decided_by=actor, decided_at=now))


def _records(kind: str) -> Table:
    if kind not in RECORDS:
        raise LiaisonError(f"A {kind} cannot be merged.", remedy="Merge practices or organisations.")
    return RECORDS[kind]
