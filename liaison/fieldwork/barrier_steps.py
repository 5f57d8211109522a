"""What people do with a barrier: report it, resolve it, tell the practice, open it again, void it.

A step is the values that it writes; saving them is an edit against the version that was seen (`edits.edit`), so that
nobody's work is overwritten, and every step stands in the barrier's history.
"""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Engine, select

from liaison.errors import LiaisonError
from liaison.fieldwork.edits import add_in, edit
from liaison.fieldwork.kind import Values
from liaison.store import reading, writing
from liaison.store.tables import barrier
from liaison.vocabulary import BarrierSource

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


def save(engine: Engine, key: str, values: Mapping[str, Any], *, expected_version: int, actor: str) -> int:
    """A step, or any change of a barrier; returns its new version, raises StaleSaveError and LiaisonError as `edit`."""
    return edit(engine, KIND, key, values, expected_version=expected_version, actor=actor)


def resolved(how: str, on: str) -> Values:
    """It is solved since an ISO day; the practice still has to hear of it."""
    return {"resolved_on": on, "resolution": how, "unresolved": None}


def loop_closed(by: str, on: str, unresolved: str | None = None) -> Values:
    """The practice was told by a person on an ISO day; of an unresolved one with the reason why it stays so."""
    return {"loop_closed_on": on, "loop_closed_by": by, "unresolved": unresolved}


def reopened(why: str, on: str) -> Values:
    """It is back: open as before it was solved, told or voided; its days count from when it was raised."""
    said = _reason(why, "opened again", "Say what happened.")
    return {**dict.fromkeys(SOLVED), "voided": None, "reopened_on": on, "reopened": said}


def voided(why: str) -> Values:
    """It should never have been, a second report of the same for example: it counts nowhere and stays on record."""
    return {"voided": _reason(why, "voided", "Say why it should not count.")}


def _reason(why: str, step: str, remedy: str) -> str:
    if not why.strip():
        raise LiaisonError(f"A barrier is not {step} without a reason.", remedy=remedy)
    return why.strip()


def barrier_now(engine: Engine, key: str) -> dict[str, Any]:
    """A barrier as it stands, with its key and version. LiaisonError where there is none."""
    with reading(engine) as conn:
        row = conn.execute(select(barrier).where(barrier.c.key == key)).mappings().first()
    if row is None:
        raise LiaisonError(f"There is no barrier {key}.", remedy="Look at the list of barriers for its id.")
    return dict(row)
