"""Commands that print what the Funnel page shows below its bars: what is stuck, two windows, appointments, rows."""

from enum import StrEnum
from typing import Annotated

import typer

from liaison.cli.options import (
    AS_REFERRALS,
    AS_STAGES,
    Asking,
    Readers,
    a_month,
    asking,
    filters,
    opened_home,
)
from liaison.cli.show import show


class StuckBy(StrEnum):
    service_line = "service_line"
    payer = "payer"
    organisation = "organisation"
    practice = "practice"


class WaitsIn(StrEnum):
    created = "created"
    received = "received"
    authorised = "authorised"
    scheduled = "scheduled"
    seen = "seen"


class What(StrEnum):
    referrals = "referrals"
    out_of_network = "out_of_network"
    in_network = "in_network"
    destination_unknown = "destination_unknown"
    open = "open"
    stuck = "stuck"


InStage = Annotated[
    WaitsIn | None, typer.Option("--stage", metavar="|".join(WaitsIn), help="Only referrals that are open in it.")
]


def add_to(app: typer.Typer) -> None:
    for command in (stuck, appointments, rows):
        app.command()(command)
    app.command("funnel-change")(funnel_change)


@asking(*AS_STAGES)
def stuck(
    ctx: typer.Context,
    by: Annotated[
        StuckBy | None,
        typer.Option(metavar="|".join(StuckBy), help="Stuck of open for each of these. Default: by line and stage."),
    ] = None,
    stage: InStage = None,
    audience: Asking = Readers.inside,
) -> None:
    """Open referrals that have waited longer than nine of ten did, and where they wait.

    \b
    Example: python -m liaison stuck --by practice --stage scheduled
    """
    from liaison.access import owner
    from liaison.metrics.stuck import stuck as count
    from liaison.metrics.stuck_by import stuck_by as count_by

    if stage is not None and by is None:
        raise typer.BadParameter("give --by with it; without --by each stage is a row.", ctx, param_hint="--stage")
    with opened_home() as home:
        asked = home.live(), owner(), audience.audience, filters(ctx)
        show(count(*asked) if by is None else count_by(*asked, by=by.value, stage=stage and stage.value))


@asking(*AS_STAGES)
def appointments(
    ctx: typer.Context,
) -> None:
    """Share seen by days from the date given to the appointment: what goes together, not a cause.

    \b
    Example: python -m liaison appointments --service-line neurology
    """
    from liaison.access import owner
    from liaison.metrics.appointments import appointments as count
    from liaison.vocabulary import Audience

    with opened_home() as home:
        show(count(home.live(), owner(), Audience.inside, filters(ctx)))


@asking(*AS_STAGES)
def funnel_change(
    ctx: typer.Context,
    before_first: Annotated[
        str, typer.Option("--before-from", metavar="YYYY-MM", callback=a_month, help="First month of the other window.")
    ],
    before_last: Annotated[
        str, typer.Option("--before-to", metavar="YYYY-MM", callback=a_month, help="Its last month, included.")
    ],
) -> None:
    """The funnel of two windows side by side, with intervals.

    \b
    Example: python -m liaison funnel-change --from 2026-01 --before-from 2025-01 --before-to 2025-12
    """
    from liaison.access import owner
    from liaison.metrics.findings.funnel import what_changed
    from liaison.metrics.funnel_change import funnel_change as count
    from liaison.vocabulary import Audience

    if before_first > before_last:
        raise typer.BadParameter(f"{before_first} comes after {before_last}.", ctx, param_hint="--before-from")
    with opened_home() as home:
        found = count(home.live(), owner(), Audience.inside, filters(ctx), before_first, before_last)
        show({**found.as_json(), "sentences": what_changed(found)})


@asking(*AS_REFERRALS)
def rows(
    ctx: typer.Context,
    what: Annotated[What, typer.Option(metavar="|".join(What), help="Which referrals.")] = What.referrals,
    stage: InStage = None,
    limit: Annotated[int, typer.Option(metavar="N", min=1, max=100_000, help="At most so many.")] = 500,
    audience: Asking = Readers.inside,
) -> None:
    """Referrals one by one, by their ids. Who printed which list is recorded (`audit`).

    \b
    Example: python -m liaison rows --what stuck --stage scheduled --limit 100
    """
    from liaison.access import owner
    from liaison.access.audit import Action, record
    from liaison.metrics.rows import Which, cut_to
    from liaison.metrics.rows import rows as list_rows

    with opened_home() as home:
        asked, one, in_stage = filters(ctx), owner(), stage and stage.value
        found = list_rows(home.live(), one, audience.audience, asked, Which(what.value), in_stage, limit)
        record(home.store, one, Action.printed, what.value, cut_to(asked, in_stage), len(found.frame), found.total)
        show(found)
