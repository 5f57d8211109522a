"""What people do with a barrier: report it, resolve it, close its loop with the practice, open it again, void it.

Each step is an edit against the version that was seen, so that nobody's work is overwritten (`edits.StaleSaveError`),
and stands in the barrier's history.
"""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Engine, select

from liaison.errors import LiaisonError
from liaison.fieldwork.barriers import status_of
from liaison.fieldwork.edits import add_in, edit
from liaison.store import reading, writing
from liaison.store.tables import barrier
from liaison.vocabulary import BarrierSource, BarrierStatus

KIND = "barriers"
SOLVED = ("resolved_on", "resolution", "loop_closed_on", "loop_closed_by", "unresolved")


def report(conn: Connection, values: Mapping[str, Any], *, actor: str) -> str:
    """A new barrier inside a transaction of the caller's, such as the one that saves a visit; returns its id.

    `values`: columns of the barrier, at least practice_id or npi, raised_on (ISO), kind and what; an id of the caller's
    own in barrier_id. Raises LiaisonError where one is missing or wrong, or a text looks as if it named a patient.
    """
    given = {"barrier_id": f"B-{uuid4().hex[:8]}", "source": BarrierSource.other.value}
    if values.get("visit_id"):
        given["source"] = BarrierSource.visit.value
    return add_in(conn, KIND, given | {name: v for name, v in values.items() if v is not None}, actor=actor)


def report_barrier(engine: Engine, values: Mapping[str, Any], *, actor: str) -> str:
    """`report` in a transaction of its own."""
    with writing(engine) as conn:
        return report(conn, values, actor=actor)


def resolve(engine: Engine, key: str, how: str, on: str, *, expected_version: int, actor: str) -> int:
    """It is solved since an ISO day; the practice still has to hear of it. Returns the new version."""
    values = {"resolved_on": on, "resolution": how, "unresolved": None}
    return edit(engine, KIND, key, values, expected_version=expected_version, actor=actor)


def close_loop(
    engine: Engine, key: str, by: str, on: str, *, expected_version: int, actor: str, unresolved: str | None = None
) -> int:
    """The practice was told by a person on an ISO day; of an unresolved one with the reason why it stays so."""
    values = {"loop_closed_on": on, "loop_closed_by": by, "unresolved": unresolved}
    return edit(engine, KIND, key, values, expected_version=expected_version, actor=actor)


def reopen(engine: Engine, key: str, why: str, on: str, *, expected_version: int, actor: str) -> int:
    """It is back: open as before it was solved, told or voided; its days count from when it was raised."""
    if not why.strip():
        raise LiaisonError("A barrier is not opened again without a reason.", remedy="Say what happened.")
    values = {**dict.fromkeys(SOLVED), "voided": None, "reopened_on": on, "reopened": why}
    return edit(engine, KIND, key, values, expected_version=expected_version, actor=actor)


def void(engine: Engine, key: str, why: str, *, expected_version: int, actor: str) -> int:
    """It should never have been, a second report of the same for example: it counts nowhere and stays on record."""
    if not why.strip():
        raise LiaisonError("A barrier is not voided without a reason.", remedy="Say why it should not count.")
    return edit(engine, KIND, key, {"voided": why}, expected_version=expected_version, actor=actor)


def barrier_now(engine: Engine, key: str) -> dict[str, Any]:
    """A barrier as it stands, with its key and version. LiaisonError where there is none."""
    with reading(engine) as conn:
        row = conn.execute(select(barrier).where(barrier.c.key == key)).mappings().first()
    if row is None:
        raise LiaisonError(f"There is no barrier {key}.", remedy="Look at the list of barriers for its id.")
    return dict(row)


def is_open(values: Mapping[str, Any]) -> bool:
    """Neither resolved, nor told, nor voided."""
    return status_of(values) is BarrierStatus.open
