"""The command that prints what could be won back."""

import typer

from liaison.cli.options import (
    Asking,
    First,
    Group,
    Last,
    Payer,
    Practice,
    PracticeType,
    Readers,
    Seen,
    ServiceLine,
    Source,
    Territory,
    Urgency,
    filters,
    opened_home,
)
from liaison.cli.show import show


def add_to(app: typer.Typer) -> None:
    app.command("could-come-home")(could_come_home)


def could_come_home(
    ctx: typer.Context,
    first: First = None,
    last: Last = None,
    territory: Territory = None,
    service_line: ServiceLine = None,
    practice_type: PracticeType = None,
    payer: Payer = None,
    priority: Urgency = None,
    source: Source = None,
    vantage: Seen = None,
    practice: Practice = None,
    practice_group: Group = None,
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
