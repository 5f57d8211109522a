"""Commands that print what pages show of referrals: volume, practices, leakage, funnel."""

from enum import StrEnum
from typing import Annotated

import typer

from liaison.cli.options import (
    AS_REFERRALS,
    AS_STAGES,
    Asking,
    FirstUnused,
    Readers,
    asking,
    filters,
    opened_home,
)
from liaison.cli.show import show


class LeakageBy(StrEnum):
    service_line = "service_line"
    practice = "practice"
    territory = "territory"
    organisation = "organisation"
    cause = "cause"
    practice_group = "practice_group"
    practice_type = "practice_type"
    payer = "payer"
    priority = "priority"
    month = "month"


class VolumeBy(StrEnum):
    service_line = "service_line"
    practice = "practice"
    territory = "territory"
    organisation = "organisation"
    practice_group = "practice_group"
    practice_type = "practice_type"
    payer = "payer"
    priority = "priority"
    source = "source"
    vantage = "vantage"


def add_to(app: typer.Typer) -> None:
    for command in (volume, practices, leakage, funnel):
        app.command()(command)


@asking(*AS_REFERRALS)
def volume(
    ctx: typer.Context,
    by: Annotated[
        VolumeBy | None, typer.Option(metavar="|".join(VolumeBy), help="A row a month for each of these.")
    ] = None,
    audience: Asking = Readers.inside,
) -> None:
    """Referrals a month.

    \b
    Example: python -m liaison volume --by territory --from 2026-01 --to 2026-06
    """
    from liaison.access import owner
    from liaison.metrics.volume import volume as count

    with opened_home() as home:
        show(count(home.live(), owner(), audience.audience, filters(ctx), by=by.value if by else None))


@asking("territory", "service_line", "practice_type", "source", "vantage", "practice", first=FirstUnused)
def practices(
    ctx: typer.Context,
    audience: Asking = Readers.inside,
) -> None:
    """Every practice: how steadily it refers, and how loyal it is in each specialty.

    \b
    Example: python -m liaison practices --territory north
    """
    from liaison.access import owner
    from liaison.metrics.practices import practices as count

    with opened_home() as home:
        show(count(home.live(), owner(), audience.audience, filters(ctx)))


@asking(*AS_REFERRALS)
def leakage(
    ctx: typer.Context,
    by: Annotated[
        list[LeakageBy] | None,
        typer.Option(metavar="|".join(LeakageBy), help="The rows. May be given twice, for a row a pair."),
    ] = None,
    audience: Asking = Readers.inside,
) -> None:
    """The share of referrals with a known destination that left the network.

    \b
    Example: python -m liaison leakage --by organisation --service-line cardiology
    """
    from liaison.access import owner
    from liaison.metrics.leakage import leakage as count

    with opened_home() as home:
        show(count(home.live(), owner(), audience.audience, filters(ctx), by=tuple(b.value for b in by or ())))


@asking(*AS_STAGES)
def funnel(
    ctx: typer.Context,
    audience: Asking = Readers.inside,
) -> None:
    """How far referrals get, how many days each stage takes, and how they end.

    \b
    Example: python -m liaison funnel --service-line orthopaedics --from 2026-01
    """
    from liaison.access import owner
    from liaison.metrics.funnel import funnel as count

    with opened_home() as home:
        show(count(home.live(), owner(), audience.audience, filters(ctx)))
