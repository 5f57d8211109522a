"""The command that shows the week of a whole team."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from liaison.cli.options import a_date, opened_home
from liaison.cli.show import show

if TYPE_CHECKING:
    from liaison.planning.stored.board import Board, BoardRow

Week = Annotated[
    str | None,
    typer.Option("--week", metavar="YYYY-MM-DD", callback=a_date, help="Any day of the week. Default: this week."),
]


def add_to(app: typer.Typer) -> None:
    app.command("week")(week)


def week(on: Week = None) -> None:
    """The week of the whole team: stops, minutes at practices and of driving by day, what is left out or clashes.

    \b
    Example: python -m liaison week --week 2026-12-01
    """
    from datetime import datetime

    from liaison.fieldwork.panels import panels
    from liaison.planning.stored.board import board
    from liaison.planning.stored.plans import monday, stored_plan
    from liaison.planning.stored.workday import days_of_people
    from liaison.store import reading

    with opened_home() as home:
        today = datetime.now(home.settings.time_zone).date()
        start = monday(date.fromisoformat(on) if on else today)
        with reading(home.store) as connection:
            whose = panels(connection, today.isoformat())
            people = sorted(whose.people or whose.team, key=lambda id_: whose.team.get(id_, id_))
            plans = {id_: stored_plan(connection, id_, start) for id_ in people}
            made = board(start, plans, days_of_people(connection))
        show(_Shown(made, whose.team))


@dataclass(frozen=True)
class _Shown:
    board: "Board"
    names: dict[str, str]

    def as_json(self) -> dict[str, Any]:
        """Minutes as `plan`: `minutes` of a day are those of driving."""
        return self.board.as_json()

    def as_text(self) -> str:
        """A sentence, then a line a person and day."""
        parts = [self.board.says(self.names), *(self._row(row) for row in self.board.rows)]
        parts += [f"planned by two: {id_} ({', '.join(who)})" for id_, who in self.board.twice.items()]
        return "\n\n".join(parts)

    def _row(self, row: "BoardRow") -> str:
        from liaison.planning.stored.words import day_words, minutes

        head = f"{self.names.get(row.person_id, row.person_id)}: {row.stops:,} stops, {minutes(row.driving)} of driving"
        if not row.planned:
            return f"{head.split(':', maxsplit=1)[0]}: no plan yet"
        lines = [
            f"  {day_words(day.date)}: {day.stops} stops, {minutes(day.working)} there, {minutes(day.driving)} driving"
            for day in row.days
            if day.stops
        ]
        return "\n".join([head, *lines, *(f"  cannot be: {said}" for _, said in row.all_conflicts)])
