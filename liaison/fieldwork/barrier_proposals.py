"""Barriers that stuck referrals propose: never opened silently, and gone for good where declined, until they grow.

What is stuck is counted elsewhere and comes in as plain values; here it is set against what is open and was declined.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, func, insert, select

from liaison.fieldwork.barrier_steps import report
from liaison.fieldwork.barriers import status_of
from liaison.fieldwork.merges import final, standing
from liaison.fieldwork.one_practice import in_force
from liaison.store import writing
from liaison.store.tables import assignment, barrier, barrier_declined, practice
from liaison.vocabulary import BarrierKind, BarrierSource, BarrierStatus, Stage, comparison_key

# What keeps a referral in each stage, as a first word for it: whoever accepts may say otherwise.
KIND = {
    Stage.created: BarrierKind.routing,
    Stage.received: BarrierKind.scheduling,
    Stage.authorised: BarrierKind.scheduling,
    Stage.scheduled: BarrierKind.access,
    Stage.seen: BarrierKind.report_back,
}
STUCK = {
    Stage.created: "because nobody has received them",
    Stage.received: "without authorisation or a date",
    Stage.authorised: "authorised and without a date",
    Stage.scheduled: "with a date and not seen",
    Stage.seen: "without a report back",
}
GROWN = 1.25  # a declined one comes back when so many times as many are stuck
STANDS = (BarrierStatus.open, BarrierStatus.resolved)


class Stuck(Protocol):
    """What is counted elsewhere: how many are stuck in one stage at one practice and line."""

    @property
    def practice_id(self) -> str: ...
    @property
    def practice(self) -> str: ...
    @property
    def line_label(self) -> str: ...
    @property
    def stage(self) -> Stage: ...
    @property
    def stuck(self) -> int: ...
    @property
    def days(self) -> int: ...


@dataclass(frozen=True)
class Cell:
    """What is stuck in one stage at one practice and line; `line` as people read it."""

    practice_id: str
    practice: str
    line: str
    stage: Stage
    stuck: int
    days: int  # the median wait of those that are stuck

    @property
    def says(self) -> str:
        """'14 referrals of Maple Family to Neurology are stuck with a date and not seen, 31 days median'."""
        many = f"{self.stuck:,} referral{' of' if self.stuck == 1 else 's of'} {self.practice} to {self.line}"
        return f"{many} {'is' if self.stuck == 1 else 'are'} stuck {STUCK[self.stage]}, {self.days:,} days median"

    def as_json(self) -> dict[str, Any]:
        return {**vars(self), "stage": self.stage.value, "kind": self.kind.value, "says": self.says}

    @property
    def kind(self) -> BarrierKind:
        return KIND[self.stage]

    @property
    def at(self) -> tuple[str, str, str]:
        """Practice, line and kind: where one barrier stands, another is not proposed."""
        return self.practice_id, comparison_key(self.line), self.kind.value


@dataclass(frozen=True)
class Proposed:
    """`cells`: to be opened or declined; `put_away`: those that were declined and have not grown, with their number
    then; `unknown`: how many practices are known by name only, which cannot have a barrier."""

    cells: tuple[Cell, ...]
    put_away: tuple[tuple[Cell, int], ...]
    unknown: int


def cells_of(rows: Iterable[Stuck], least: int) -> list[Cell]:
    """Those with so many stuck referrals or more, in their order."""
    return [
        Cell(row.practice_id, row.practice, row.line_label, row.stage, row.stuck, row.days)
        for row in rows
        if row.stuck >= least
    ]


def proposals(conn: Connection, rows: Iterable[Stuck], least: int) -> Proposed:
    """Those with `least` stuck referrals or more for which no barrier stands and that nobody declined."""
    into = standing(conn, "practice")
    known = set(conn.scalars(select(practice.c.practice_id)))
    standing_at = {
        (final(into, row["practice_id"]), comparison_key(row["service_line"]), str(row["kind"]))
        for row in conn.execute(select(barrier).where(barrier.c.practice_id.is_not(None))).mappings()
        if status_of(dict(row)) in STANDS
    }
    declined, new, away = _declined(conn), list[Cell](), list[tuple[Cell, int]]()
    unknown = set[str]()
    for cell in cells_of(rows, least):
        if cell.practice_id not in known:
            unknown.add(cell.practice_id)
        elif cell.at in standing_at:
            continue
        elif cell.stuck < declined.get(cell.at, 0) * GROWN:
            away.append((cell, declined[cell.at]))
        else:
            new.append(cell)
    return Proposed(tuple(new), tuple(away), len(unknown))


def _declined(conn: Connection) -> Mapping[tuple[str, str, str], int]:
    """(practice, line, kind) -> how many were stuck when it was declined the last time; taken back: not in it."""
    d = barrier_declined.c
    last = select(func.max(d.id)).group_by(d.practice_id, d.line, d.kind)
    rows = conn.execute(select(d.practice_id, d.line, d.kind, d.stuck).where(d.id.in_(last), d.stuck.is_not(None)))
    return {(str(place), str(line), str(kind)): int(stuck) for place, line, kind, stuck in rows}


def declines(conn: Connection) -> int:
    """A number that rises with each decline and each time one is taken back."""
    return int(conn.scalar(select(func.max(barrier_declined.c.id))) or 0)


def decline(engine: Engine, cell: Cell, *, actor: str) -> None:
    """It stays away until a quarter more are stuck."""
    _keep(engine, cell, cell.stuck, actor)


def take_back(engine: Engine, cell: Cell, *, actor: str) -> None:
    """It is proposed again."""
    _keep(engine, cell, None, actor)


def _keep(engine: Engine, cell: Cell, stuck: int | None, actor: str) -> None:
    row = {**dict(zip(("practice_id", "line", "kind"), cell.at, strict=True)), "stuck": stuck}
    with writing(engine) as conn:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        conn.execute(insert(barrier_declined).values(**row, actor=actor, at=now))


def accept(engine: Engine, cell: Cell, today: str, due_days: int, *, actor: str) -> str:
    """Opens it: the kind that its stage suggests, the practice's liaison as owner, due in so many days; its id."""
    due = (date.fromisoformat(today) + timedelta(days=due_days)).isoformat()
    with writing(engine) as conn:
        values = {
            "practice_id": cell.practice_id,
            "raised_on": today,
            "source": BarrierSource.data.value,
            "kind": cell.kind.value,
            "department": cell.line,
            "service_line": cell.line,
            "what": f"{cell.says}.",
            "at_stake": float(cell.stuck),
            "owner": liaison_of(conn, cell.practice_id, cell.line, today),
            "due_on": due,
        }
        return report(conn, values, actor=actor)


def liaison_of(conn: Connection, practice_id: str, line: str | None, today: str) -> str | None:
    """Who looks after a practice on an ISO day, before all for this line; None where nobody does."""
    into = standing(conn, "practice")
    ids = [practice_id, *(each for each in into if final(into, each) == practice_id)]
    rows = conn.execute(select(assignment).where(assignment.c.practice_id.in_(ids))).mappings()
    held = sorted((dict(r) for r in rows), key=lambda r: (r["starts"] or "", r["key"]), reverse=True)
    for wanted in ({comparison_key(line)} if line else set(), {""}):
        for row in held:
            if in_force(row, today) and comparison_key(row["service_line"]) in wanted:
                return str(row["person_id"])
    return None
