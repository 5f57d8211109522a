"""The command that tells how the team stands."""

from datetime import datetime
from typing import Annotated, Any

import typer

from liaison.cli.options import a_date, opened_home
from liaison.cli.show import show

On = Annotated[
    str | None, typer.Option("--day", metavar="YYYY-MM-DD", callback=a_date, help="As of which day. Default: today.")
]


def add_to(app: typer.Typer) -> None:
    app.command("team")(team)


def team(day: On = None) -> None:
    """The team by name: coverage of panels, what is owed, plans kept, touches by channel, referrals of panels.

    Credit for a referral follows its practice's assignment on the day of the referral.

    \b
    Example: python -m liaison team --json
    """
    from liaison.access import owner
    from liaison.fieldwork.holdings import holdings
    from liaison.metrics.credit import Held, credit
    from liaison.metrics.filters import Filters
    from liaison.planning.stored.team import team as made_of
    from liaison.store import reading
    from liaison.vocabulary import Audience

    with opened_home() as home:
        today = day or datetime.now(home.settings.time_zone).date().isoformat()
        with reading(home.store) as connection:
            found = made_of(connection, today)
            held = tuple(Held(*one) for one in holdings(connection))
        credits = credit(home.live(), owner(), Audience.inside, Filters(), held)
        told: dict[str, Any] = {**found.as_json(), "credit": credits.as_json()}
        show(told)
