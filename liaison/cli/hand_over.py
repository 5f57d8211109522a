"""The command that hands a panel over."""

from datetime import date
from typing import Annotated

import typer

from liaison.cli.options import a_date, opened_home
from liaison.cli.show import show
from liaison.errors import LiaisonError

Giver = Annotated[str, typer.Option("--from", metavar="ID", help="Who leaves or is away.")]
Taker = Annotated[str, typer.Option("--to", metavar="ID", help="Who takes the practices.")]
On = Annotated[str, typer.Option("--on", metavar="DATE", callback=a_date, help="From which day.")]
Until = Annotated[
    str | None, typer.Option("--until", metavar="DATE", callback=a_date, help="The last day away. Default: for good.")
]
Split = Annotated[
    list[str] | None,
    typer.Option("--territory", metavar="T=ID", help="Its practices go to somebody else than --to; repeatable."),
]
Dry = Annotated[bool, typer.Option("--dry-run", help="Say what would go over, and write nothing.")]
Past = Annotated[bool, typer.Option("--past", help="Also where months that are complete change by it.")]


def add_to(app: typer.Typer) -> None:
    app.command("hand-over")(hand_over)


def hand_over(
    giver: Giver,
    to: Taker,
    on: On,
    until: Until = None,
    territory: Split = None,
    dry_run: Dry = False,
    past: Past = False,
) -> None:
    """Hand a panel over when somebody leaves or is away: practices, open tasks, barriers; planned stops are dropped.

    Assignments end the day before and begin anew: earlier days keep their credit. With --until they come back after it.

    \b
    Example: python -m liaison hand-over --from L1 --to L2 --on 2027-01-04 --dry-run
    """
    from liaison.fieldwork.hand_over import Dated, Leave
    from liaison.planning.stored.handed import Handed, Plan, hand_panel_over, looked_at
    from liaison.planning.territories.adopt import refuse_past

    leave = Leave(giver, date.fromisoformat(on), date.fromisoformat(until) if until else None)
    with opened_home() as home:
        refuse_past(home, leave.on, past)
        seen = looked_at(home, Plan(leave, to, dict(_split(each) for each in territory or ())))
        if seen.nothing:
            raise LiaisonError(f"{seen.names[giver]} has nothing to hand over on {on}.", remedy="See: team.")
        show(Handed(seen, Dated(0, 0), dry=True) if dry_run else hand_panel_over(home, seen, actor="command line"))


def _split(said: str) -> tuple[str, str]:
    where, _, who = said.rpartition("=")
    if not where or not who:
        raise LiaisonError(f"{said} names no territory and person.", remedy="Write --territory T1=L2.")
    return where, who
