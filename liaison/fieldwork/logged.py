"""Logging a visit: saved once, however often a phone sends it; changed, voided and listed afterwards.

The id of a visit that a phone logs is made on the phone. The same id sent again is the same visit: nothing is written
where it says the same, and what was changed on the phone meanwhile is taken as long as nobody else has touched it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Table, func, select

from liaison.errors import LiaisonError, Where
from liaison.fieldwork.barrier_steps import report
from liaison.fieldwork.barriers import BARRIERS
from liaison.fieldwork.edits import add_in, edit_in
from liaison.fieldwork.kind import RecordKind
from liaison.fieldwork.patient_words import patient_faults
from liaison.fieldwork.records import RECORDS
from liaison.fieldwork.visits import VISITS
from liaison.store.alone import alone
from liaison.store.tables import barrier, person, practice

WRITTEN = ("outcome", "ask", "next_step", "notes", "people_met", "voided")  # texts in people's own words
OUTCOMES = ("Met the physician", "Met the manager", "Met the coordinator", "Left material", "Physician not in")
FIRST = 1  # the version of a visit that nobody has changed
LATEST = 20


@dataclass(frozen=True)
class Saved:
    """`new`: it was not there before; `barrier_id`: the barrier that was raised with it."""

    visit_id: str
    version: int
    new: bool
    barrier_id: str | None = None


@dataclass(frozen=True)
class Logged:
    """A visit as its list shows it. Days are ISO text; `version` is what a change of it is saved over."""

    values: Mapping[str, Any]
    practice: str
    who: str
    version: int

    def as_json(self) -> dict[str, Any]:
        return {**self.values, "practice": self.practice, "who": self.who, "version": self.version}


def log_visit(
    conn: Connection,
    values: Mapping[str, Any],
    *,
    actor: str,
    today: date,
    raised: Mapping[str, Any] | None = None,
) -> Saved:
    """Save a visit, and the barrier that was `raised` on it (kind, what), in the caller's transaction.

    `values`: columns of a visit; without a visit_id it gets one. Raises LiaisonError where a value is wrong (named in
    `where`), and where the visit is known and somebody has changed it since.
    """
    alone(conn, RECORDS)
    moment = datetime.now(UTC).isoformat(timespec="seconds")
    given = {"visit_id": f"v-{uuid4().hex[:12]}", "logged_at": moment, **values}
    given = VISITS.typed(given)
    _refuse(given, today)
    standing = _standing(conn, VISITS.table, given["visit_id"])
    version, new = FIRST, standing is None
    if standing is None:
        add_in(conn, VISITS.name, given, actor=actor)
    else:
        version = _again(conn, VISITS, standing, given, actor)
    told = _raise(conn, given, raised, actor) if raised else None
    return Saved(str(given["visit_id"]), version, new, told)


def _standing(conn: Connection, table: Table, key: str) -> dict[str, Any] | None:
    found = conn.execute(select(table).where(table.c.key == key)).mappings().first()
    return None if found is None else {str(name): value for name, value in found.items()}


def _again(
    conn: Connection, kind: RecordKind, standing: Mapping[str, Any], given: Mapping[str, Any], actor: str
) -> int:
    """What the same id says now; nothing where it says what stands."""
    changed = {name: v for name, v in given.items() if name != "logged_at" and standing[name] != v}
    version = int(standing["version"])
    if not changed:
        return version
    if version != FIRST:
        elsewhere = f"This {kind.one} was changed elsewhere since it was sent."
        raise LiaisonError(elsewhere, Where(column=kind.keys[0]), "Change it there.")
    return edit_in(conn, kind.name, str(standing["key"]), changed, expected_version=version, actor=actor)


def _raise(conn: Connection, given: Mapping[str, Any], raised: Mapping[str, Any], actor: str) -> str:
    id_ = f"B-{given['visit_id']}"
    if (standing := _standing(conn, barrier, id_)) is not None:
        _again(conn, BARRIERS, standing, raised, actor)
        return id_
    where = {name: given.get(name) for name in ("practice_id", "npi", "visit_id")}
    about = {"barrier_id": id_, "raised_on": given["date"], "raised_by": given["person_id"], **where}
    return report(conn, {**raised, **about}, actor=actor)


def change_visit(
    conn: Connection, key: str, values: Mapping[str, Any], *, expected_version: int, actor: str, today: date
) -> int:
    """Save changed values of a visit that was seen at a version; returns its new one (StaleSaveError: it moved on)."""
    _refuse(VISITS.typed(values), today)
    return edit_in(conn, VISITS.name, key, values, expected_version=expected_version, actor=actor)


def void_visit(conn: Connection, key: str, why: str | None, *, expected_version: int, actor: str) -> int:
    """It counts nowhere from now on, and `why`; None: it counts again."""
    if why is not None and not why.strip():
        raise LiaisonError("A visit is not voided without a reason.", Where(column="voided"), "Say why.")
    _refuse({"voided": why}, date.max)
    return edit_in(conn, VISITS.name, key, {"voided": why}, expected_version=expected_version, actor=actor)


def _refuse(values: Mapping[str, Any], today: date) -> None:
    """What nobody can have logged: a day to come (a day's grace for zones), a text that names a patient."""
    on = values.get("date")
    if on and _iso(on) and date.fromisoformat(on) > min(today, date.max - timedelta(days=1)) + timedelta(days=1):
        raise LiaisonError("The day is still to come.", Where(column="date"), "Log a visit once it was made.")
    for fault in patient_faults(values, WRITTEN, on if on and _iso(on) else None):
        raise LiaisonError(f"{fault.column} {fault.reason}.", Where(column=fault.column), fault.remedy)


def _iso(text: Any) -> bool:
    try:
        date.fromisoformat(str(text))
    except ValueError:
        return False
    return True


def visit_now(conn: Connection, key: str) -> Logged:
    """One visit as it stands, voided or not. LiaisonError where there is none."""
    found = _listed(conn, VISITS.table.c.key == key, 1)
    if not found:
        raise LiaisonError(f"There is no visit {key}.", remedy="Look at the list of visits for its id.")
    return found[0]


def latest_visits(conn: Connection, person_id: str | None = None, most: int = LATEST) -> tuple[Logged, ...]:
    """The newest visits of a person, or of all, voided ones among them."""
    return tuple(_listed(conn, None if person_id is None else VISITS.table.c.person_id == person_id, most))


def _listed(conn: Connection, which: Any, most: int) -> list[Logged]:
    v = VISITS.table.c
    named = VISITS.table.outerjoin(practice, practice.c.key == v.practice_id).outerjoin(
        person, person.c.key == v.person_id
    )
    statement = select(
        VISITS.table,
        func.coalesce(practice.c.name, v.practice_id, v.npi).label("place"),
        func.coalesce(person.c.name, v.person_id).label("who"),
    ).select_from(named)
    if which is not None:
        statement = statement.where(which)
    ordered = statement.order_by(v.date.desc(), func.coalesce(v.logged_at, "").desc(), v.key.desc()).limit(most)
    return [
        Logged({c: row[c] for c in VISITS.columns}, str(row["place"]), str(row["who"]), int(row["version"]))
        for row in conn.execute(ordered).mappings()
    ]
