"""Commands over public data: shared patients, and one provider of the registry."""

from enum import StrEnum
from typing import Annotated

import typer

from liaison.cli.options import Asking, Readers, a_date, opened_home
from liaison.cli.show import show
from liaison.errors import LiaisonError


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
    vintage: Annotated[
        str | None,
        typer.Option(
            "--vintage", metavar="YYYY-MM-DD", callback=a_date, help="The data set's day. Default: the newest."
        ),
    ] = None,
    system: Annotated[
        str | None,
        typer.Option(metavar="ORGANISATION", help="Beside the rows by organisation, what this one sees go to others."),
    ] = None,
    audience: Asking = Readers.inside,
) -> None:
    """Patients that two providers share, by CMS or Hop edges. They are not referrals.

    \b
    Example: python -m liaison shared --by organisation
    """
    from datetime import date

    from liaison.access import owner
    from liaison.metrics.findings.shared import agreement, headline, leakage_of, referrers
    from liaison.metrics.shared import shared as count
    from liaison.metrics.shared_view import shared_view

    taken = date.fromisoformat(vintage) if vintage else None
    with opened_home() as home:
        if system is None:
            show(count(home.live(), owner(), audience.audience, by=by.value, source=source, vintage=taken))
            return
        view = shared_view(home.live(), owner(), audience.audience, system, source, taken)
        if view is None:
            raise LiaisonError("No shared-patient data are in.", remedy="Import a file of pairs of providers.")
        said = [headline(view.every), agreement(view.every), leakage_of(view), referrers(view)]
        show({**view.as_json(), "says": [sentence for sentence in said if sentence]})


def provider(npi: Annotated[str, typer.Argument(metavar="NPI", help="Ten digits.")]) -> None:
    """One provider as the imported registry has them.

    \b
    Example: python -m liaison provider 1234567893
    """
    from liaison.metrics.registry import provider as look_up

    with opened_home() as home:
        show(look_up(home.live(), npi))
