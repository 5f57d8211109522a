"""The command that tells what one of the team has to do."""

from datetime import datetime
from typing import Annotated

import typer

from liaison.cli.options import a_date, opened_home
from liaison.cli.show import show

Who = Annotated[str, typer.Option("--liaison", metavar="ID", help="Whose day: a person's id.")]
Week = Annotated[bool, typer.Option("--week", help="Up to the end of the week.")]
On = Annotated[
    str | None, typer.Option("--day", metavar="YYYY-MM-DD", callback=a_date, help="As of which day. Default: today.")
]


def add_to(app: typer.Typer) -> None:
    app.command("my-day")(my_day)


def my_day(liaison: Who, week: Week = False, day: On = None) -> None:
    """What one of the team has to do, the most urgent first: stops, tasks, promises, barriers, overdue visits, events.

    \b
    Example: python -m liaison my-day --liaison L1 --week
    """
    from liaison.planning.stored.my_day import my_day as made_of
    from liaison.planning.stored.my_day import week_end
    from liaison.store import reading

    with opened_home() as home:
        today = day or datetime.now(home.settings.time_zone).date().isoformat()
        with reading(home.store) as connection:
            show(made_of(connection, liaison, today, week_end(today) if week else today))
