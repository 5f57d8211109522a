"""The barriers as a team looks at them: whose, how old, how late, who has to hear of it, and what was done when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, or_, select

from liaison.fieldwork.barriers import BARRIERS, status_of
from liaison.fieldwork.merges import final, standing
from liaison.fieldwork.one_practice import in_force
from liaison.fieldwork.records import Version, history_of
from liaison.store.tables import barrier, person, practice, provider_place
from liaison.vocabulary import BarrierKind, BarrierSource, BarrierStatus

MANAGER = "manager"  # in the role of whoever hears of what is overdue
MISSING = ("", None)


@dataclass(frozen=True)
class OnBoard:
    """A barrier on an ISO day. `practice_id` after merges; `where` names practice or provider.

    `days`: open for so long, or until it was resolved; `late`: days past its due date while it is open, else None;
    `escalated`: late for longer than the team lets pass.
    """

    values: Mapping[str, Any]
    practice_id: str | None
    where: str
    owner: str | None
    status: BarrierStatus
    days: int
    late: int | None
    escalated: bool

    @property
    def key(self) -> str:
        return str(self.values["key"])

    @property
    def kind(self) -> BarrierKind:
        return BarrierKind(self.values["kind"])

    def as_json(self) -> dict[str, Any]:
        named = ("raised_on", "raised_by", "source", "visit_id", "department", "service_line", "what", "at_stake")
        more = ("due_on", "resolved_on", "resolution", "loop_closed_on", "loop_closed_by", "unresolved", "voided")
        found: dict[str, Any] = {"barrier_id": self.key, "practice_id": self.practice_id, "practice": self.where}
        found |= {"npi": self.values["npi"], "status": self.status.value, "kind": self.kind.value}
        found |= {name: self.values[name] for name in named}
        found |= {"owner": self.values["owner"], "owner_name": self.owner, "days": self.days}
        found |= {"days_late": self.late, "escalated": self.escalated}
        return found | {name: self.values[name] for name in more} | {"version": self.values["version"]}


@dataclass(frozen=True)
class Board:
    """All barriers, the latest first, then the oldest; `managers`: names of those who hear of what is escalated;
    `team`: id -> name of everybody in force.
    """

    rows: tuple[OnBoard, ...]
    managers: tuple[str, ...]
    team: Mapping[str, str]

    def open(self) -> tuple[OnBoard, ...]:
        return tuple(row for row in self.rows if row.status is BarrierStatus.open)

    def one(self, key: str) -> OnBoard | None:
        return next((row for row in self.rows if row.key == key), None)


def board(conn: Connection, today: str, escalate_after: int) -> Board:
    """Every barrier on an ISO day; `escalate_after`: days past the due date after which a manager hears of it."""
    into = standing(conn, "practice")
    names = {str(key): str(name) for key, name in conn.execute(select(practice.c.practice_id, practice.c.name))}
    columns = [person.c[name] for name in ("person_id", "name", "role", "starts", "ends")]
    people = [dict(row) for row in conn.execute(select(*columns).order_by(person.c.name)).mappings()]
    called = {str(p["person_id"]): str(p["name"]) for p in people}
    there = [p for p in people if in_force(p, today)]
    managers = tuple(str(p["name"]) for p in there if MANAGER in str(p["role"] or "").casefold())
    found = [
        _row(dict(row), into, names, called, today, escalate_after) for row in conn.execute(select(barrier)).mappings()
    ]
    found = _providers_named(conn, found)
    found.sort(key=lambda r: (r.status is not BarrierStatus.open, -(r.late or 0), -r.days, r.key))
    return Board(tuple(found), managers, {str(p["person_id"]): str(p["name"]) for p in there})


def _row(
    values: dict[str, Any], into: Mapping[str, str], names: Mapping[str, str], called: Mapping[str, str], today: str,
    escalate_after: int,
) -> OnBoard:  # fmt: skip
    status, given = status_of(values), values["practice_id"]
    place = final(into, given) if given else None
    open_ = status is BarrierStatus.open
    days = between(values["raised_on"], today if open_ else _end(values) or today)
    late = between(values["due_on"], today) if open_ and values["due_on"] and values["due_on"] < today else None
    where = names.get(place or "", place or "") or f"Provider {values['npi']}"
    owner = called.get(values["owner"], values["owner"])
    return OnBoard(values, place, where, owner, status, max(days, 0), late, late is not None and late > escalate_after)


def _providers_named(conn: Connection, rows: Sequence[OnBoard]) -> list[OnBoard]:
    """Who has a provider's number only is shown by name."""
    npis = {row.values["npi"] for row in rows if row.practice_id is None}
    if not npis:
        return list(rows)
    p = provider_place.c
    named = {str(npi): str(name) for npi, name in conn.execute(select(p.npi, p.name).where(p.npi.in_(npis)))}
    return [
        row if row.practice_id else OnBoard(**{**vars(row), "where": named.get(row.values["npi"], row.where)})
        for row in rows
    ]


def ended(found: Board, today: str) -> list[dict[str, Any]]:
    """Every barrier that counts as a row: department, kind, raised_on, days until it ended or today, resolved, closed.

    `closed`: its loop was closed, which without a resolution ends it too.
    """
    return [
        {
            **{name: row.values[name] for name in ("department", "kind", "raised_on")},
            "days": max(between(row.values["raised_on"], _end(row.values) or today), 0),
            "resolved": row.values["resolved_on"] is not None,
            "closed": row.values["loop_closed_on"] is not None,
        }
        for row in found.rows
        if row.status is not BarrierStatus.voided
    ]


def _end(values: Mapping[str, Any]) -> str | None:
    return values["resolved_on"] or values["loop_closed_on"]


def between(first: str, last: str) -> int:
    """Days from one ISO day to another."""
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


@dataclass(frozen=True)
class Step:
    """What happened to a barrier on an ISO day: in a word, by whom, and the words that were written."""

    day: str
    what: str
    who: str | None
    more: str | None


@dataclass(frozen=True)
class OfPractice:
    """The barriers of one practice, the oldest open one first; `called`: person id -> name."""

    rows: tuple[OnBoard, ...]
    called: Mapping[str, str]

    def steps(self, row: OnBoard) -> list[Step]:
        """Raised, resolved, told, come back, as far as it went; none of a voided one."""
        v = row.values
        if row.status is BarrierStatus.voided:
            return []
        heard, told = (self.called.get(v[c], v[c]) for c in ("raised_by", "loop_closed_by"))
        steps = [Step(v["raised_on"], "Barrier reported", heard, v["what"])]
        for day, what, who, more in (
            (v["reopened_on"], "Barrier open again", None, v["reopened"]),
            (v["resolved_on"], "Barrier resolved", row.owner, v["resolution"]),
            (v["loop_closed_on"], "Practice told of a barrier", told, v["unresolved"]),
        ):
            if day:
                steps.append(Step(day, what, who, more))
        return steps

    @property
    def open(self) -> tuple[OnBoard, ...]:
        return tuple(row for row in self.rows if row.status is BarrierStatus.open)


def barriers_at(conn: Connection, practice_id: str, today: str, escalate_after: int) -> OfPractice:
    """Those of a practice and of ids that count as it, and of its providers where no practice is named."""
    into = standing(conn, "practice")
    ids = [practice_id, *(each for each in into if final(into, each) == practice_id)]
    npis = select(provider_place.c.npi).where(provider_place.c.practice_id.in_(ids))
    here = or_(barrier.c.practice_id.in_(ids), barrier.c.practice_id.is_(None) & barrier.c.npi.in_(npis))
    called = {str(k): str(n) for k, n in conn.execute(select(person.c.person_id, person.c.name))}
    found = conn.execute(select(barrier).where(here)).mappings()
    rows = [_row(dict(row), into, {}, called, today, escalate_after) for row in found]
    rows.sort(key=lambda r: (r.status is not BarrierStatus.open, -r.days, r.key))
    return OfPractice(tuple(rows), called)


@dataclass(frozen=True)
class Told:
    """One entry of a barrier's history: `at` ISO date and time in UTC; `said`: what changed, in words."""

    at: str
    actor: str
    said: tuple[str, ...]


def history(conn: Connection, key: str, team: Mapping[str, str]) -> tuple[Told, ...]:
    """Who changed what when, newest first; people by name."""
    found, before = [], dict[str, Any]()
    for version in history_of(conn, BARRIERS.name, key):
        found.append(Told(version.at, version.actor, tuple(_changed(before, version, team))))
        before = version.values or {}
    return tuple(reversed(found))


def _changed(before: Mapping[str, Any], version: Version, team: Mapping[str, str]) -> list[str]:
    if version.values is None:
        return ["Removed"]
    if not before:
        return ["Reported" if version.batch_id is None else "Came in with a file"]
    said, after = [], version.values
    for column in BARRIERS.columns:
        old, new = before.get(column), after.get(column)
        if old != new:
            said.append(f"{word(column)}: {shown(column, old, team)} \u2192 {shown(column, new, team)}")
    return said or ["Read again from a file"]


WORDS = {
    "what": "What", "owner": "Owner", "due_on": "Due", "kind": "Kind", "npi": "NPI", "practice_id": "Practice",
    "visit_id": "Visit", "raised_on": "Raised", "resolved_on": "Resolved", "loop_closed_on": "Loop closed",
    "unresolved": "Why unresolved", "reopened": "Why reopened", "voided": "Why voided", "at_stake": "Stuck when opened",
}  # fmt: skip


def word(column: str) -> str:
    """A column as people read it."""
    return WORDS.get(column) or column.replace("_", " ").capitalize()


def shown(column: str, value: Any, team: Mapping[str, str]) -> str:
    """A value as people read it: names for ids, words for those of a closed list."""
    if value in MISSING:
        return "blank"
    if column in ("owner", "raised_by", "loop_closed_by"):
        return team.get(str(value), str(value))
    if column == "kind" and value in list(BarrierKind):
        return BarrierKind(value).label
    if column == "source" and value in list(BarrierSource):
        return BarrierSource(value).label
    return f"{value:g}" if isinstance(value, float) else str(value)
