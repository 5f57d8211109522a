"""Commands that print what the Territories page shows: figures by place, two beside each other, a territory redrawn."""

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from liaison.cli.options import (
    Asking,
    Readers,
    a_month,
    asking,
    filters,
    opened_home,
)
from liaison.cli.show import show
from liaison.errors import LiaisonError


class PlaceBy(StrEnum):
    county = "county"
    zip = "zip"
    territory = "territory"


By = Annotated[PlaceBy, typer.Option(metavar="|".join(PlaceBy), help="The rows.")]


def add_to(app: typer.Typer) -> None:
    for command in (places, beside, redraw, outlines):
        app.command()(command)


@asking("territory", "service_line", "practice_type", "source", "vantage")
def places(
    ctx: typer.Context,
    by: By = PlaceBy.county,
    audience: Asking = Readers.inside,
) -> None:
    """Leakage and volume by where practices lie: county, ZIP or territory. Practices: leakage --by practice.

    \b
    Example: python -m liaison places --by zip --territory north
    """
    from liaison.access import owner
    from liaison.metrics.places import by_place

    with opened_home() as home:
        show(by_place(home.live(), owner(), audience.audience, filters(ctx), by.value))


@asking("service_line", "practice_type", "source", "vantage")
def beside(
    ctx: typer.Context,
    one: Annotated[str, typer.Argument(metavar="PLACE", help="A key of `places`, or ALL.")],
    other: Annotated[str | None, typer.Argument(metavar="[OTHER]", help="A second place; or give --then-from.")] = None,
    by: By = PlaceBy.territory,
    then_from: Annotated[
        str | None, typer.Option("--then-from", metavar="YYYY-MM", callback=a_month, help="The other window begins.")
    ] = None,
    then_to: Annotated[
        str | None, typer.Option("--then-to", metavar="YYYY-MM", callback=a_month, help="The other window ends.")
    ] = None,
) -> None:
    """Two places, or one place in two windows, with the 95% interval of each difference: second less first.

    \b
    Example: python -m liaison beside T1 T2 --from 2026-01
    """
    from liaison.access import owner
    from liaison.metrics.places import place_counts
    from liaison.metrics.side_by_side import beside as compare
    from liaison.metrics.side_by_side import figure_of
    from liaison.vocabulary import Audience

    if (other is None) == (then_from is None):
        raise typer.BadParameter("Give a second place, or a second window by --then-from.", ctx, param_hint="OTHER")
    asked = filters(ctx)
    with opened_home() as home:
        now = place_counts(home.live(), owner(), Audience.inside, asked)
        if other is not None:
            show(compare(figure_of(now, by.value, one), figure_of(now, by.value, other)))
            return
        earlier = replace(asked, first=then_from, last=then_to)
        then = place_counts(home.live(), owner(), Audience.inside, earlier)
        show(compare(figure_of(then, by.value, one), figure_of(now, by.value, one)))


@asking("service_line", "practice_type", "source", "vantage")
def redraw(
    ctx: typer.Context,
    of: Annotated[str, typer.Argument(metavar="TERRITORY", help="Its id.")],
    zips: Annotated[str, typer.Option("--zips", metavar="ZIP,...", help="ZIPs that it would take over.")],
) -> None:
    """A territory as it is and with further ZIPs, and what those who give them up would keep.

    \b
    Example: python -m liaison redraw T1 --zips 28711,28715
    """
    from liaison.access import owner
    from liaison.metrics.places import place_counts
    from liaison.metrics.redrawn import redrawn
    from liaison.metrics.side_by_side import figure_of
    from liaison.vocabulary import Audience

    wanted = [code.strip() for code in zips.split(",")]
    if bad := [code for code in wanted if not (len(code) == 5 and code.isdigit())]:
        raise typer.BadParameter(f"{bad[0]!r} is not a ZIP code; write five digits.", ctx, param_hint="--zips")
    with opened_home() as home:
        counts = place_counts(home.live(), owner(), Audience.inside, filters(ctx))
        figure_of(counts, "territory", of)
        show(redrawn(counts, of, wanted))


def outlines(
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="GeoJSON in degrees, each feature with its ZIP.")
    ] = None,
    forget: Annotated[
        bool, typer.Option("--forget", help="Take the outlines away: areas are approximate again.")
    ] = False,
) -> None:
    """Your own ZIP outlines for the map, in place of the approximate areas.

    \b
    Example: python -m liaison outlines zips.geojson
    """
    from liaison.facts.own_outlines import forget as take_away
    from liaison.facts.own_outlines import own_outlines
    from liaison.ingest.outlines import bring_outlines

    with opened_home() as home:
        if forget:
            show({"forgotten": take_away(home)})
        elif file is not None:
            show(bring_outlines(home, file))
        else:
            held = own_outlines(home)
            if held is None:
                remedy = "Bring some: python -m liaison outlines FILE."
                raise LiaisonError("There are no ZIP outlines of your own: areas are approximate.", remedy=remedy)
            show({"file": held.file, "outlines": len(held.zips)})
