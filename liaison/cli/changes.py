"""The command that says what changed since last month."""

import typer

from liaison.cli.options import (
    AS_PAGES,
    asking,
    filters,
    opened_home,
)
from liaison.cli.show import show


def add_to(app: typer.Typer) -> None:
    app.command()(changes)


@asking(*AS_PAGES)
def changes(
    ctx: typer.Context,
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
