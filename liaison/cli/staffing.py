"""The commands that ask whether the team is enough, and whether its goals are in reach."""

from datetime import datetime
from typing import Annotated

import typer

from liaison.cli.options import opened_home
from liaison.cli.show import show
from liaison.errors import LiaisonError

Minutes = Annotated[
    float | None,
    typer.Option("--minutes", metavar="N", min=1, max=480, help="Of a visit with its driving. Default: as planned."),
]
Field = Annotated[
    float | None,
    typer.Option(
        "--in-field", metavar="SHARE", min=0.05, max=1, help="Of working hours, for visits and driving. Default: 0.6."
    ),
]
Cost = Annotated[
    float | None,
    typer.Option(
        "--cost", metavar="DOLLARS", min=0, help="Of one liaison a year, own or contract. Default: as on record."
    ),
]
Year = Annotated[
    int | None, typer.Option("--year", metavar="YYYY", min=2000, max=2100, help="Of this year only. Default: all.")
]


def add_to(app: typer.Typer) -> None:
    app.command("staffing")(staffing)
    app.command("goals")(goals)


def staffing(minutes: Minutes = None, in_field: Field = None, cost: Cost = None) -> None:
    """Are we enough: visits needed against visits available, with one liaison less, as today, one more.

    Arithmetic over the list of next visits, not a forecast. What is assumed is named with its source.

    \b
    Example: python -m liaison staffing --cost 98000
    """
    from liaison.planning.enough import Given, enough
    from liaison.store import reading

    with opened_home() as home:
        today = datetime.now(home.settings.time_zone).date()
        with reading(home.store) as connection:
            found = enough(connection, home.settings, today, Given(minutes, in_field, cost))
        if found is None:
            raise LiaisonError("Nobody has practices to visit.", remedy="Bring people and assignments first.")
        show(found)


def goals(year: Year = None) -> None:
    """Goals against what came: to date, and at the year's end where the forecasts reach it.

    Goals come by `import goals FILE`, or by hand on the page Staffing and goals.

    \b
    Example: python -m liaison goals --year 2026
    """
    from liaison.planning.goals import goals as read

    with opened_home() as home:
        today = datetime.now(home.settings.time_zone).date()
        found = [goal.as_json() for goal in read(home.live(), today) if year is None or goal.year == year]
        show({"goals": found})
