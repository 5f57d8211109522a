"""The command that prints what the page Network shows: who sends to whom."""

from enum import StrEnum
from typing import Annotated

import typer

from liaison.cli.options import AS_PAGES, Asking, Readers, asking, filters, opened_home
from liaison.cli.show import show


class Senders(StrEnum):
    """Who is counted as sending."""

    group = "group"
    practice = "practice"


By = Annotated[
    Senders,
    typer.Option("--by", metavar="|".join(Senders), help="Practice groups, or single practices (at most 5,000 flows)."),
]


def add_to(app: typer.Typer) -> None:
    app.command()(network)


@asking(*AS_PAGES, "vantage", "practice_group", "organisation")
def network(ctx: typer.Context, by: By = Senders.group, audience: Asking = Readers.inside) -> None:
    """Who sends to whom: flows from practices to organisations, most referrals first, with the window before.

    \b
    Example: python -m liaison network --by group --from 2026-01 --to 2026-06
    """
    from liaison.access import owner
    from liaison.metrics.network import network as count

    with opened_home() as home:
        show(count(home.live(), owner(), audience.audience, filters(ctx), by.value))
