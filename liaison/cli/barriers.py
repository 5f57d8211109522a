"""The commands of problem resolution: the board, one step of a barrier, introductions to specialists."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from liaison.cli.options import opened_home
from liaison.cli.show import show
from liaison.errors import LiaisonError
from liaison.vocabulary import BarrierKind, BarrierStatus

if TYPE_CHECKING:
    from liaison.facts.home import Home
    from liaison.fieldwork.barrier_board import Board, OnBoard
    from liaison.fieldwork.barrier_proposals import Proposed

ACTOR = "command line"


class Step(StrEnum):
    """What is done with a barrier."""

    report = "report"
    resolve = "resolve"
    tell = "tell"
    reopen = "reopen"
    void = "void"


State = Annotated[
    BarrierStatus | None,
    typer.Option("--state", metavar="|".join(BarrierStatus), help="Only those that stand there. Default: all."),
]
Owner = Annotated[str | None, typer.Option("--owner", metavar="ID", help="A person's id: who sees to it.")]
Department = Annotated[str | None, typer.Option("--department", metavar="NAME", help="Where it has to be solved.")]
Kind = Annotated[BarrierKind | None, typer.Option("--kind", metavar="|".join(BarrierKind), help="What it is about.")]
Practice = Annotated[str | None, typer.Option("--practice", metavar="ID", help="A practice's id.")]
Found = Annotated[bool, typer.Option("--found", help="Also what stuck referrals propose; nothing is opened by it.")]
Back = Annotated[bool, typer.Option("--look-back", help="Also days to resolve, and causes over twelve months.")]


def add_to(app: typer.Typer) -> None:
    for command in (barriers, barrier, introductions):
        app.command()(command)


def barriers(
    state: State = None,
    owner: Owner = None,
    department: Department = None,
    kind: Kind = None,
    practice: Practice = None,
    found: Found = False,
    look_back: Back = False,
) -> None:
    """Problems that practices report: whose, how old, how late, and whether the practice has been told.

    \b
    Example: python -m liaison barriers --state open --owner L1
    """
    from liaison.fieldwork.barrier_board import board
    from liaison.store import reading
    from liaison.vocabulary import comparison_key

    with opened_home() as home:
        today = _today(home)
        with reading(home.store) as connection:
            now = board(connection, today, home.settings.barrier_escalate_days)
        rows = [
            row
            for row in now.rows
            if state in (None, row.status)
            and owner in (None, row.values["owner"])
            and (department is None or comparison_key(row.values["department"]) == comparison_key(department))
            and kind in (None, row.kind)
            and practice in (None, row.practice_id)
        ]
        more = {"found": _found(home)} if found else {}
        more |= {"look_back": _looked(now, today)} if look_back else {}
        show(_Listed(rows, now, home.settings.barrier_escalate_days, more))


def _today(home: "Home") -> str:
    return datetime.now(home.settings.time_zone).date().isoformat()


def _found(home: "Home") -> dict[str, Any]:
    from liaison.access import owner
    from liaison.fieldwork.barrier_proposals import proposals
    from liaison.metrics.filters import Filters
    from liaison.metrics.stuck_at import stuck_at
    from liaison.store import reading
    from liaison.vocabulary import Audience

    stuck = stuck_at(home.live(), owner(), Audience.inside, Filters())
    with reading(home.store) as connection:
        asked: Proposed = proposals(connection, stuck.rows, home.settings.barrier_stuck_from)
    return {
        "vintage": stuck.newest.isoformat() if stuck.newest else None,
        "rows": [cell.as_json() for cell in asked.cells],
        "declined": [{**cell.as_json(), "declined_at": then} for cell, then in asked.put_away],
    }


def _looked(now: "Board", today: str) -> dict[str, Any]:
    from liaison.fieldwork.barrier_board import ended
    from liaison.metrics.barrier_times import causes, times

    rows = ended(now, today)
    found: dict[str, Any] = {by: [one.as_json() for one in times(rows, by)] for by in ("department", "kind")}
    return {"days_to_resolve": found, "causes": [one.as_json() for one in causes(rows, today)]}


@dataclass(frozen=True)
class _Listed:
    rows: "list[OnBoard]"
    board: "Board"
    escalate_after: int
    more: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        found: dict[str, Any] = {"rows": [row.as_json() for row in self.rows], "managers": list(self.board.managers)}
        return {**found, "escalated_after_days": self.escalate_after, **self.more}

    def as_text(self) -> str:
        """A line a barrier, then what was asked for beside it."""
        lines = [_line(row) for row in self.rows] or ["No barrier answers to this."]
        lines += [f"proposed: {each['says']}" for each in self.more.get("found", {}).get("rows", [])]
        for by, rows in self.more.get("look_back", {}).get("days_to_resolve", {}).items():
            lines += [f"{by} {row['label']}: {_half(row)}" for row in rows]
        for cause in self.more.get("look_back", {}).get("causes", []):
            lines.append(f"cause {cause['label']}, {cause['department']}: {cause['n']} in twelve months")
        return "\n".join(lines)


def _half(row: dict[str, Any]) -> str:
    of = f"{row['resolved']} of {row['n']} resolved"
    if row["too_few"]:
        return f"too few ({of})"
    if row["median"] is None:
        return f"less than half so far ({of})"
    return f"{row['median']} days ({row['low']} to {'no end' if row['high'] is None else row['high']}), {of}"


def _line(row: "OnBoard") -> str:
    late = f", {row.late} days late" if row.late else ""
    late += ", escalated" if row.escalated else ""
    return (
        f"{row.key}  {row.status.label.lower()}, {row.days} days{late}: {row.where}, {row.kind.label.lower()}"
        f" ({row.owner or 'no owner'})  {row.values['what']}"
    )


Text = Annotated[str | None, typer.Option("--what", metavar="TEXT", help="report: what is wrong, naming no patient.")]
How = Annotated[str | None, typer.Option("--how", metavar="TEXT", help="resolve: how it was solved.")]
By = Annotated[str | None, typer.Option("--by", metavar="ID", help="The person who told the practice, or heard of it.")]
Why = Annotated[
    str | None,
    typer.Option("--why", metavar="TEXT", help="reopen, void; tell: why it stays unresolved, where it does."),
]
On = Annotated[str | None, typer.Option("--on", metavar="YYYY-MM-DD", help="The day of the step. Default: today.")]
Due = Annotated[str | None, typer.Option("--due", metavar="YYYY-MM-DD", help="report: by when.")]
Line = Annotated[str | None, typer.Option("--service-line", metavar="NAME", help="report: for what is at stake.")]
What = Annotated[Step, typer.Argument(metavar="|".join(Step), help="What is done with it.")]
Id = Annotated[str | None, typer.Argument(metavar="ID", help="Which barrier; none for report.")]


def barrier(
    step: What,
    barrier_id: Id = None,
    practice: Practice = None,
    kind: Kind = None,
    what: Text = None,
    department: Department = None,
    service_line: Line = None,
    owner: Owner = None,
    due: Due = None,
    how: How = None,
    by: By = None,
    why: Why = None,
    on: On = None,
) -> None:
    """One step of a barrier: report it, resolve it, tell the practice, open it again, void it.

    \b
    Example: python -m liaison barrier resolve B-1a2b3c4d --how "A second line from eight on."
    """
    from liaison.fieldwork import barrier_steps as steps

    with opened_home() as home:
        day = on or _today(home)
        if step is Step.report:
            given = {"practice_id": practice, "kind": kind and kind.value, "what": what, "department": department}
            given |= {"service_line": service_line, "owner": owner, "due_on": due, "raised_by": by, "raised_on": day}
            key = steps.report_barrier(home.store, given, actor=ACTOR)
        else:
            if barrier_id is None:
                raise LiaisonError("No barrier is named.", remedy=f"Say which: barrier {step.value} ID.")
            key = barrier_id
            values = {
                Step.resolve: lambda: steps.resolved(how or "", day),
                Step.tell: lambda: steps.loop_closed(by or "", day, why),
                Step.reopen: lambda: steps.reopened(why or "", day),
                Step.void: lambda: steps.voided(why or ""),
            }[step]()
            seen = int(steps.barrier_now(home.store, key)["version"])
            steps.save(home.store, key, values, expected_version=seen, actor=ACTOR)
        show(_One(home, key))


@dataclass(frozen=True)
class _One:
    home: "Home"
    key: str

    def as_json(self) -> dict[str, Any]:
        return self._row().as_json()

    def as_text(self) -> str:
        return _line(self._row())

    def _row(self) -> "OnBoard":
        from liaison.fieldwork.barrier_board import board
        from liaison.store import reading

        with reading(self.home.store) as connection:
            row = board(connection, _today(self.home), self.home.settings.barrier_escalate_days).one(self.key)
        if row is None:
            raise AssertionError("A barrier that was just written is not there.")
        return row


def introductions() -> None:
    """Who was brought together with which specialist, what came of it, and what was sent before and after.

    \b
    Example: python -m liaison introductions
    """
    from liaison.access import owner
    from liaison.fieldwork.bridging import introductions as listed
    from liaison.fieldwork.specialists import specialists
    from liaison.metrics.filters import Filters
    from liaison.metrics.followed import followed, pairs_of
    from liaison.store import reading
    from liaison.vocabulary import Audience

    with opened_home() as home:
        with reading(home.store) as connection:
            found = listed(connection)
            how = {each.npi: each.telehealth for each in specialists(connection, _today(home))}
        after = followed(home.live(), owner(), Audience.inside, Filters(), pairs_of(found))
        rows = [
            {
                **one.as_json(),
                "telehealth": how.get(one.specialist_npi or ""),
                "referrals": vars(after[one.key]) if one.key in after else None,
            }
            for one in found
        ]
        show(_Rows(rows))


@dataclass(frozen=True)
class _Rows:
    rows: list[dict[str, Any]]

    def as_json(self) -> dict[str, Any]:
        said = "Referrals before and after are a description, not what the introduction caused."
        return {"rows": self.rows, "caveats": [said]}

    def as_text(self) -> str:
        return "\n".join(
            f"{row['asked_on']}  {row['who']} with {row['to']}: {row['outcome'] or 'not said yet'}"
            + (f"; telehealth: {row['telehealth'].label.lower()}" if row["telehealth"] else "")
            for row in self.rows
        )
