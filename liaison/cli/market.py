"""Commands over public data: shared patients, and one provider of the registry."""

from enum import StrEnum
from typing import Annotated

import typer

from liaison.cli.options import Asking, Readers, opened_home
from liaison.cli.show import show


class SharedBy(StrEnum):
    from_ = "from"
    to = "to"
    organisation = "organisation"


def add_to(app: typer.Typer) -> None:
    for command in (shared, provider):
        app.command()(command)


def shared(
    by: Annotated[SharedBy, typer.Option(metavar="|".join(SharedBy), help="Who the rows are.")] = SharedBy.to,
    source: Annotated[
        str | None, typer.Option(metavar="SOURCE", help="Only this data set. Default: the newest.")
    ] = None,
    audience: Asking = Readers.inside,
) -> None:
    """Patients that two providers share, by CMS or Hop edges. They are not referrals.

    \b
    Example: python -m liaison shared --by organisation
    """
    from liaison.access import owner
    from liaison.metrics.shared import shared as count

    with opened_home() as home:
        show(count(home.live(), owner(), audience.audience, by=by.value, source=source))


def provider(npi: Annotated[str, typer.Argument(metavar="NPI", help="Ten digits.")]) -> None:
    """One provider as the imported registry has them.

    \b
    Example: python -m liaison provider 1234567893
    """
    from liaison.metrics.registry import provider as look_up

    with opened_home() as home:
        show(look_up(home.live(), npi))
