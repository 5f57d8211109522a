"""What people chose of the list: accepted, declined with a reason, pinned. Every choice is kept; the newest counts."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import Connection, Engine, func, insert, select

from liaison.errors import LiaisonError
from liaison.models.stored.alerts import now
from liaison.store import writing
from liaison.store.tables import next_visit_choice


class Did(StrEnum):
    """What was chosen; `undone` takes the choice before it back."""

    accepted = "accepted"
    declined = "declined"
    pinned = "pinned"
    undone = "undone"


@dataclass(frozen=True)
class Choice:
    """`until`: ISO day to which it holds; None: until it is undone. `at`: UTC, ISO."""

    practice_id: str
    did: Did
    reason: str | None
    until: str | None
    actor: str
    at: str

    def holds(self, today: str) -> bool:
        return self.did is not Did.undone and (self.until is None or self.until >= today)


def choose(
    engine: Engine,
    practice_id: str,
    did: Did | str,
    *,
    actor: str,
    reason: str | None = None,
    until: str | None = None,
) -> None:
    """Keep a choice. A decline needs its reason; one without a day holds until it is undone."""
    chosen, words = Did(did), (reason or "").strip() or None
    if chosen is Did.declined and words is None:
        raise LiaisonError("A decline needs a reason.", remedy="Say why: it is used, and shown instead of the visit.")
    if until is not None:
        try:
            until = date.fromisoformat(until).isoformat()
        except ValueError as wrong:
            raise LiaisonError(f"{until} is not a day.", remedy="Write days as 2026-11-24.") from wrong
    row = {"practice_id": practice_id, "action": chosen.value, "reason": words, "until": until}
    with writing(engine) as connection:
        connection.execute(insert(next_visit_choice).values(**row, actor=actor, at=now()))


def choices(connection: Connection, today: str) -> dict[str, Choice]:
    """Practice id -> the choice that holds on an ISO day."""
    last = select(func.max(next_visit_choice.c.id)).group_by(next_visit_choice.c.practice_id)
    rows = connection.execute(select(next_visit_choice).where(next_visit_choice.c.id.in_(last)))
    made = [Choice(r.practice_id, Did(r.action), r.reason, r.until, r.actor, r.at) for r in rows]
    return {one.practice_id: one for one in made if one.holds(today)}
