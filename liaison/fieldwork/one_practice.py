"""What the team knows of one practice and did there: its record, who works there, touches, changes; newest first.

Read on every look at it, by a few lookups through indexes. Gifts are no part of this: they stand alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, func, or_, select

from liaison.fieldwork.kinds import KINDS
from liaison.fieldwork.merges import MERGED, UNDONE, final, standing
from liaison.fieldwork.records import Version, history_of
from liaison.fieldwork.visits import VISITS, standing_visit
from liaison.store.tables import assignment, contact, history, merge, person, practice, provider_place
from liaison.vocabulary import Channel, Purpose

Record = Mapping[str, Any]
TOLD = (
    *("channel", "purpose", "outcome", "ask", "next_step", "next_step_on", "notes", "npi"),
    *("people_met", "materials", "next_step_done_on", "voided"),
)  # what a touch says, as the columns of a visit are called


@dataclass(frozen=True)
class Touch:
    """One contact: a visit, a call, a mail, an event. Dates are ISO text; `voided`: why it does not count."""

    visit_id: str
    date: str
    person_id: str
    who: str
    channel: str | None
    purpose: str | None
    outcome: str | None
    ask: str | None
    next_step: str | None
    next_step_on: str | None
    notes: str | None
    npi: str | None = None
    people_met: str | None = None
    materials: str | None = None
    next_step_done_on: str | None = None
    voided: str | None = None

    @property
    def how(self) -> str:
        """'In person, follow up'."""
        said = [Channel(self.channel).label] if self.channel else ["Contact"]
        said += [Purpose(self.purpose).label.lower()] if self.purpose else []
        return ", ".join(said)


@dataclass(frozen=True)
class Change:
    """Something that was said about the record: `at` ISO date and time in UTC; `said` in words."""

    at: str
    actor: str
    said: str
    by_hand: bool
    kind: str = "record"  # record or merge


@dataclass(frozen=True)
class PracticeFile:
    """`record` is None for a practice that is known by its name only; `merged_from`: ids that count as this one;
    `touches`: those that stand; `voided`: those that do not."""

    practice_id: str
    record: Record | None
    merged_from: tuple[str, ...] = ()
    providers: tuple[Record, ...] = ()
    contacts: tuple[Record, ...] = ()
    liaisons: tuple[Record, ...] = ()
    touches: tuple[Touch, ...] = ()
    changes: tuple[Change, ...] = field(default=())
    voided: tuple[Touch, ...] = ()

    def working_on(self, day: str) -> tuple[Record, ...]:
        """The providers who work here on an ISO day."""
        return tuple(p for p in self.providers if in_force(p, day))

    def left_by(self, day: str) -> tuple[Record, ...]:
        """The providers who worked here and have left, the last one first."""
        gone = [p for p in self.providers if p["ends"] and p["ends"] < day]
        here = {p["npi"] for p in self.working_on(day)}
        return tuple(sorted((p for p in gone if p["npi"] not in here), key=lambda p: p["ends"], reverse=True))

    def assigned_on(self, day: str) -> tuple[Record, ...]:
        """Who of the team looks after it on that day."""
        return tuple(a for a in self.liaisons if in_force(a, day))

    def as_json(self) -> dict[str, Any]:
        return {
            "record": dict(self.record) if self.record else None,
            "merged_from": list(self.merged_from),
            "providers": [dict(p) for p in self.providers],
            "contacts": [dict(c) for c in self.contacts],
            "liaisons": [dict(a) for a in self.liaisons],
            "touches": [dict(t.__dict__) for t in self.touches],
            "voided": [dict(t.__dict__) for t in self.voided],
            "changes": [{k: v for k, v in c.__dict__.items() if k != "by_hand"} for c in self.changes],
        }


def in_force(row: Record, day: str) -> bool:
    """Whether a dated row holds on an ISO day."""
    return (row["starts"] or "") <= day <= (row["ends"] or "9999")


def survivor(conn: Connection, practice_id: str) -> str:
    """The practice that an id counts as now: itself unless it was merged."""
    seen = {practice_id}
    while (into := _merged_into(conn, practice_id)) and into not in seen:
        seen.add(into)
        practice_id = into
    return practice_id


def _merged_into(conn: Connection, practice_id: str) -> str | None:
    rows = conn.execute(
        select(merge.c.into_id, merge.c.decision)
        .where(merge.c.kind == "practice", merge.c.from_id == practice_id, merge.c.decision.in_([MERGED, UNDONE]))
        .order_by(merge.c.id.desc())
        .limit(1)
    ).first()
    return str(rows.into_id) if rows and rows.decision == MERGED else None


def practice_file(conn: Connection, practice_id: str) -> PracticeFile:
    """Everything about one practice, also what was kept under ids that were merged into it."""
    decided = _decisions(conn, practice_id)
    merged_from = tuple(sorted({d["from_id"] for d in decided if survivor(conn, d["from_id"]) == practice_id}))
    ids = [practice_id, *merged_from]
    record = _rows(conn, practice, practice.c.key == practice_id)
    providers = _rows(conn, provider_place, provider_place.c.practice_id.in_(ids), order=provider_place.c.listed)
    changes = changes_of(conn, "practices", practice_id) if record else []
    changes += [_merge_words(d) for d in decided]
    touches = _touches(conn, ids, sorted({str(p["npi"]) for p in providers}))
    return PracticeFile(
        practice_id,
        record[0] if record else None,
        merged_from,
        tuple(providers),
        tuple(_rows(conn, contact, contact.c.practice_id.in_(ids), order=contact.c.key)),
        tuple(_liaisons(conn, ids)),
        tuple(t for t in touches if t.voided is None),
        tuple(sorted(changes, key=lambda c: c.at, reverse=True)),
        tuple(t for t in touches if t.voided is not None),
    )


def _rows(conn: Connection, table: Any, condition: Any, order: Any = None) -> list[Record]:
    columns = [c for c in table.columns if c.name not in ("key", "version", "listed")]
    statement = select(*columns).where(condition)
    statement = statement if order is None else statement.order_by(order)
    return [dict(row) for row in conn.execute(statement).mappings()]


def _liaisons(conn: Connection, ids: Sequence[str]) -> list[Record]:
    a = assignment.c
    statement = (
        select(a.person_id, person.c.name, person.c.role, person.c.email, a.service_line, a.starts, a.ends)
        .select_from(assignment.outerjoin(person, person.c.key == a.person_id))
        .where(a.practice_id.in_(ids))
        .order_by(a.starts.desc(), a.key)
    )
    return [dict(row) for row in conn.execute(statement).mappings()]


def _touches(conn: Connection, ids: Sequence[str], npis: Sequence[str]) -> list[Touch]:
    """Also those with a provider of the practice where no practice was named, and those that were voided."""
    visit = VISITS.table
    v = visit.c
    here = or_(v.practice_id.in_(ids), v.npi.in_(npis) & v.practice_id.is_(None))
    columns = [v.visit_id, v.date, v.person_id, func.coalesce(person.c.name, v.person_id).label("who")]
    columns += [v[name] for name in TOLD]
    statement = (
        select(*columns)
        .select_from(visit.outerjoin(person, person.c.key == v.person_id))
        .where(here)
        .order_by(v.date.desc(), v.arrived_at.desc(), v.key.desc())
    )
    return [Touch(**row) for row in conn.execute(statement).mappings()]


def _decisions(conn: Connection, practice_id: str) -> list[Record]:
    """Merges into this practice and their undoing, straight or through others."""
    found: list[Record] = []
    wanted = [practice_id]
    seen = {practice_id}
    while wanted:
        statement = select(merge).where(
            merge.c.kind == "practice", merge.c.into_id.in_(wanted), merge.c.decision.in_([MERGED, UNDONE])
        )
        rows = [dict(row) for row in conn.execute(statement.order_by(merge.c.id)).mappings()]
        found += rows
        wanted = [id_ for id_ in {str(r["from_id"]) for r in rows} if id_ not in seen]
        seen.update(wanted)
    return found


def _merge_words(decided: Record) -> Change:
    undone = decided["decision"] == UNDONE
    said = (
        f"{decided['from_id']} stands for itself again" if undone else f"{decided['from_id']} counts as this practice"
    )
    return Change(decided["decided_at"], decided["decided_by"], said, True, "merge")


def changes_of(conn: Connection, kind: str, key: str) -> list[Change]:
    """What was said about a record, oldest first, in words."""
    found, before = [], dict[str, Any]()
    for version in history_of(conn, kind, key):
        if said := _edit_words(kind, before, version):
            found.append(Change(version.at, version.actor, said, version.batch_id is None))
        before = version.values or {}
    return found


def _edit_words(kind: str, before: Record, version: Version) -> str:
    if version.values is None:
        return "Record removed" if before else ""
    if not before:
        return "Put on record"
    columns = [c for c in KINDS[kind].columns if before.get(c) != version.values.get(c)]
    return "; ".join(f"{_word(c)}: {_cell(before.get(c))} \u2192 {_cell(version.values.get(c))}" for c in columns)


def _word(column: str) -> str:
    return column.replace("_id", "").replace("_", " ").capitalize()


def _cell(value: Any) -> str:
    return "blank" if value is None else "yes" if value is True else "no" if value is False else str(value)


def last_touches(conn: Connection) -> dict[str, str]:
    """Practice id -> ISO date of its newest touch, merged ids included; practices without one are not in it."""
    v = standing_visit.c
    statement = select(v.practice_id, func.max(v.date)).where(v.practice_id.is_not(None))
    into, found = standing(conn, "practice"), dict[str, str]()
    for practice_id, newest in conn.execute(statement.group_by(v.practice_id)):
        kept = final(into, str(practice_id))
        found[kept] = max(found.get(kept, ""), str(newest))
    return found


def stamp(conn: Connection) -> tuple[int, int]:
    """Two numbers of which one rises with everything that anybody writes about a record, or says of a merge."""
    newest = select(
        select(func.max(history.c.id)).scalar_subquery().label("written"),
        select(func.max(merge.c.id)).scalar_subquery().label("merged"),
    )
    found = conn.execute(newest).one()
    return int(found.written or 0), int(found.merged or 0)
