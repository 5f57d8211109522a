"""The command that says what changed since last month."""

import typer

from liaison.cli.options import (
    First,
    Last,
    Payer,
    PracticeType,
    ServiceLine,
    Source,
    Territory,
    Urgency,
    filters,
    opened_home,
)
from liaison.cli.show import show


def add_to(app: typer.Typer) -> None:
    app.command()(changes)


def changes(
    ctx: typer.Context,
    first: First = None,
    last: Last = None,
    territory: Territory = None,
    service_line: ServiceLine = None,
    practice_type: PracticeType = None,
    payer: Payer = None,
    priority: Urgency = None,
    source: Source = None,
) -> None:
    """What moved in the last complete month, in sentences: none that its interval does not carry.

    \b
    Example: python -m liaison changes --territory north --to 2026-06
    """
    from liaison.access import owner
    from liaison.metrics.changes import changes as tell
    from liaison.vocabulary import Audience

    with opened_home() as home:
        show(tell(home.live(), owner(), Audience.inside, filters(ctx)))
