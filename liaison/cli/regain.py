"""The command that prints what could be won back."""

import typer

from liaison.cli.options import (
    AS_STAGES,
    Asking,
    Readers,
    asking,
    filters,
    opened_home,
)
from liaison.cli.show import show


def add_to(app: typer.Typer) -> None:
    app.command("could-come-home")(could_come_home)


@asking(*AS_STAGES, "practice_group")
def could_come_home(
    ctx: typer.Context,
    audience: Asking = Readers.inside,
) -> None:
    """What each practice sent out of network in service lines that our own organisations take: a bound, no forecast.

    \b
    Example: python -m liaison could-come-home --service-line neurology --from 2026-01
    """
    from liaison.access import owner
    from liaison.metrics.come_home import come_home

    with opened_home() as home:
        show(come_home(home.live(), owner(), audience.audience, filters(ctx)))
