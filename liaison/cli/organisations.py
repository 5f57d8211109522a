"""Commands that print what the page Organisations shows: all destinations, and one of them."""

from dataclasses import replace
from typing import Annotated, Any

import typer

from liaison.cli.options import (
    AS_PAGES,
    Asking,
    Readers,
    asking,
    filters,
    opened_home,
)
from liaison.cli.show import show


def add_to(app: typer.Typer) -> None:
    for command in (organisations, organisation):
        app.command()(command)


@asking(*AS_PAGES, "vantage")
def organisations(
    ctx: typer.Context,
    audience: Asking = Readers.inside,
) -> None:
    """Who receives referrals: ours and others, the change against the window before, line and reason given most.

    \b
    Example: python -m liaison organisations --from 2026-01 --to 2026-06
    """
    from liaison.access import owner
    from liaison.metrics.organisations import organisations as count

    with opened_home() as home:
        show(count(home.live(), owner(), audience.audience, filters(ctx)))


@asking(*AS_PAGES, "practice_group", "vantage")
def organisation(
    ctx: typer.Context,
    key: Annotated[str, typer.Argument(metavar="ORGANISATION", help="Its key, as the command organisations lists it.")],
    audience: Asking = Readers.inside,
) -> None:
    """One organisation: what it receives from which practice groups, since when, why, from how far, by practice.

    \b
    Example: python -m liaison organisation northgate --from 2026-01 --to 2026-06
    """
    from liaison.access import owner

    with opened_home() as home:
        show(_one(home.live(), owner(), audience.audience, filters(ctx), key))


def _one(live: Any, viewer: Any, audience: Any, asked: Any, key: str) -> dict[str, Any]:
    """Everything that the page shows of it, with the sentences that it says."""
    from liaison.metrics.behind import behind
    from liaison.metrics.findings import organisations as say
    from liaison.metrics.organisation import organisation as count

    found = count(live, viewer, audience, replace(asked, practice_group=None), key)
    practices = behind(live, viewer, audience, asked, key)
    if found is None or practices is None:
        return {"window": None, "vintage": None, "coverage": None, "organisation": {"key": key}, "rows": []}
    said = [
        say.headline(found),
        say.where_most(found),
        say.from_whom(found),
        say.since(found),
        say.moved_sentence(found),
        say.newcomers(found),
        say.reason(found),
        say.distance(practices),
        say.concentration(practices),
        say.otherwise(found),
    ]
    return {**found.as_json(), **practices.as_json(), "says": [sentence for sentence in said if sentence]}
