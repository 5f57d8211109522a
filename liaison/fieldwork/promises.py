"""Promises: the next step that the newest touch with one named, until it is kept. Who owes it, and by when.

One practice has one open promise: a newer next step takes the place of an older one. It is owed by who made it as long
as the practice is theirs, and else by whom it is with: so promises go along when a panel changes hands, and nothing
that was written about a visit has to change.
"""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine, func, select

from liaison.fieldwork.edits import edit
from liaison.fieldwork.merges import final, standing
from liaison.fieldwork.names import names_in
from liaison.fieldwork.visits import standing_visit
from liaison.store.tables import person, practice, provider_place


@dataclass(frozen=True)
class Promise:
    """`made_by`: person id of the touch; `version`: of its visit, which a change of it is saved over. Days are ISO."""

    visit_id: str
    practice_id: str | None
    practice: str
    made_by: str
    who: str
    what: str
    made_on: str
    on: str | None
    version: int

    def late(self, today: str) -> int:
        """Days since it was due, 0 where it is not late."""
        if not self.on or self.on >= today:
            return 0
        return (date.fromisoformat(today) - date.fromisoformat(self.on)).days

    def owed_by(self, holders: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
        """Person ids. `holders`: practice id -> whose it is today."""
        theirs = holders.get(self.practice_id or "", ())
        return (self.made_by,) if not theirs or self.made_by in theirs else theirs

    def as_json(self) -> dict[str, Any]:
        return {name: value for name, value in asdict(self).items() if name != "version"}


def open_promises(conn: Connection, practice_ids: Collection[str] | None = None) -> tuple[Promise, ...]:
    """What is not kept, of these practices or of all: the earliest due first, what has no day last.

    Merged ids count as what they became; a step that was agreed with a provider alone stands under no practice.
    """
    into = standing(conn, "practice")
    v = standing_visit.c
    whom = func.coalesce(v.practice_id, v.npi)
    newest = func.row_number().over(partition_by=whom, order_by=(v.date.desc(), v.key.desc())).label("nth")
    names = ("key", "version", "practice_id", "npi", "person_id", "date", "next_step", "next_step_on")
    wanted = select(*(v[name] for name in names), v.next_step_done_on, newest).where(v.next_step.is_not(None))
    if practice_ids is not None:
        ids = [*practice_ids, *(each for each in into if final(into, each) in practice_ids)]
        wanted = wanted.where(v.practice_id.in_(ids))
    last = wanted.subquery("last")
    rows = conn.execute(select(last).where(last.c.nth == 1)).mappings()
    found: dict[str, Mapping[Any, Any]] = {}
    for row in rows:
        kept = final(into, str(row["practice_id"])) if row["practice_id"] else str(row["npi"])
        known = found.get(kept)
        if known is None or (row["date"], row["key"]) > (known["date"], known["key"]):
            found[kept] = row
    open_ = {kept: row for kept, row in found.items() if row["next_step_done_on"] is None}
    called, people = _names(conn, open_), names_in(conn, person)
    promises = [
        Promise(
            row["key"],
            kept if row["practice_id"] else None,
            called.get(kept, kept),
            row["person_id"],
            people.get(row["person_id"], row["person_id"]),
            row["next_step"],
            row["date"],
            row["next_step_on"],
            row["version"],
        )
        for kept, row in open_.items()
    ]
    return tuple(sorted(promises, key=lambda p: (p.on or "9999", p.practice, p.visit_id)))


def _names(conn: Connection, open_: Mapping[str, Mapping[Any, Any]]) -> dict[str, str]:
    """What people call those to whom something was promised."""
    places = names_in(conn, practice)
    npis = [kept for kept, row in open_.items() if not row["practice_id"]]
    if npis:
        known = select(provider_place.c.npi, provider_place.c.name).where(provider_place.c.npi.in_(npis))
        places |= {str(row.npi): str(row.name) for row in conn.execute(known)}
    return places


def keep_promise(store: Engine, visit_id: str, version: int, on: str | None, *, actor: str) -> None:
    """It was kept on an ISO day; None: it was not, after all. StaleSaveError where somebody changed the visit since."""
    edit(store, "visits", visit_id, {"next_step_done_on": on}, expected_version=version, actor=actor)
