"""Commands that say what to expect of practices, and which changes are more than chance."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from liaison.cli.options import a_month
from liaison.cli.own_market import alerted, foreseen
from liaison.cli.show import show
from liaison.vocabulary import month_id

if TYPE_CHECKING:
    from liaison.models.panel import Panel

Panels = Annotated[
    list[Path] | None,
    typer.Option(
        "--panel",
        metavar="FILE",
        help="Instead of the own market: a CSV with "
        "one row a practice and month: practice_id, month, referrals_in, visits. May be repeated.",
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of", metavar="YYYY-MM", callback=a_month, help="As known at the end of this month. Default: the last."
    ),
]


def add_to(app: typer.Typer) -> None:
    app.command()(forecast)
    app.command()(alerts)


def forecast(panel: Panels = None, as_of: AsOf = None) -> None:
    """What to expect of each practice in the next three months, with 80% and 95% intervals.

    \b
    Example: python -m liaison forecast --as-of 2026-03
    """
    if not panel:
        show(foreseen(as_of))
        return
    from liaison.models.outlook.next_months import next_months

    _show_each(panel, as_of, next_months)


def alerts(panel: Panels = None, as_of: AsOf = None) -> None:
    """Which practices declined, lapsed, began or came back beyond chance, and what such a list is worth.

    \b
    Example: python -m liaison alerts --as-of 2026-03
    """
    if not panel:
        show(alerted(as_of))
        return
    from liaison.models.outlook.alerts import alerts as listed

    _show_each(panel, as_of, listed)


def _show_each(files: list[Path], as_of: str | None, made: "Callable[[Panel, int | None], Any]") -> None:
    """One answer, or one for each file in their order."""
    from liaison.models.panel import read_panel

    month = month_id(as_of) if as_of else None
    results = [made(read_panel(file), month) for file in files]
    show(results[0] if len(results) == 1 else {"results": [result.as_json() for result in results]})
