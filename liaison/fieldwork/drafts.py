"""Drafts of visits: what was typed into the form and not logged, kept for who typed it until it is.

A draft is no record: it has no history, nobody else is shown it, and nothing counts it. It is bounded in length, in
number and in days, and words that look as if they named a patient are not kept.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, delete, insert, select

from liaison.fieldwork.patient_words import patient_faults
from liaison.fieldwork.visits import NOTES
from liaison.store import writing
from liaison.store.tables import visit_draft

EACH = 5  # drafts that one writer may have; the oldest goes
KEPT = timedelta(days=14)
LONGEST = 3 * NOTES  # characters of one draft
WORDS = ("ask", "next_step", "notes", "outcome", "people_met", "barrier_what")


@dataclass(frozen=True)
class Draft:
    """`values`: the form's columns; `at`: when it was last typed in, ISO, UTC."""

    visit_id: str
    values: Mapping[str, Any]
    at: str


def keep_draft(engine: Engine, visit_id: str, writer: str, values: Mapping[str, Any]) -> bool:
    """Keeps what stands in a form over what stood there before; whether it could be kept.

    Not kept: what is longer than a visit may be, and words that look as if they named a patient.
    """
    text = json.dumps({name: value for name, value in values.items() if value}, ensure_ascii=False)
    fits = len(text) <= LONGEST and not patient_faults(values, WORDS, values.get("date"))
    now = datetime.now(UTC)
    d = visit_draft.c
    with writing(engine) as conn:
        conn.execute(delete(visit_draft).where(d.visit_id == visit_id, d.writer == writer))
        conn.execute(delete(visit_draft).where(d.at < (now - KEPT).isoformat(timespec="microseconds")))
        if fits:
            at = now.isoformat(timespec="microseconds")
            row = {"visit_id": visit_id, "writer": writer, "values": text, "at": at}
            conn.execute(insert(visit_draft).values(row))
            mine = conn.scalars(select(d.visit_id).where(d.writer == writer).order_by(d.at.desc(), d.visit_id))
            if old := list(mine)[EACH:]:
                conn.execute(delete(visit_draft).where(d.visit_id.in_(old)))
    return fits


def drop_draft(engine: Engine, visit_id: str) -> None:
    """The visit is logged, or was thrown away."""
    with writing(engine) as conn:
        conn.execute(delete(visit_draft).where(visit_draft.c.visit_id == visit_id))


def drafts_of(conn: Connection, writer: str) -> tuple[Draft, ...]:
    """A writer's drafts, the newest first."""
    d = visit_draft.c
    rows = conn.execute(select(visit_draft).where(d.writer == writer).order_by(d.at.desc(), d.visit_id))
    return tuple(Draft(row.visit_id, json.loads(row._mapping["values"]), row.at) for row in rows)
