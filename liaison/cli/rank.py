"""The command that ranks practices for the next visit."""

from pathlib import Path
from typing import Annotated

import typer

from liaison.cli.options import a_month
from liaison.cli.show import as_json, show

Panels = Annotated[
    list[Path],
    typer.Option(
        "--panel",
        metavar="FILE",
        help="Practices by months as CSV: practice_id, month, referrals_in, referrals_out, visits. May be repeated.",
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="YYYY-MM",
        callback=a_month,
        help="Last month that is looked at; the list is for the month after. Default: the last there is.",
    ),
]
Top = Annotated[int, typer.Option("--top", metavar="N", min=1, help="How many practices to list.")]
Level = Annotated[
    float, typer.Option("--level", metavar="SHARE", min=0.5, max=0.999, help="How sure the intervals are.")
]


def add_to(app: typer.Typer) -> None:
    app.command("rank")(rank)


def rank(panel: Panels, as_of: AsOf = None, top: Top = 25, level: Level = 0.95) -> None:
    """Whom to see next: what one more visit next month is expected to bring, practice by practice, and why.

    \b
    Example: python -m liaison rank --panel panel.csv --top 25
    """
    from liaison.models.panel import month_id, read_panel
    from liaison.models.ranking import rank as ranked

    until = month_id(as_of) if as_of else None
    results = [ranked(read_panel(path), until, level).as_json(top) for path in panel]
    if len(results) > 1 and as_json.get():
        show({"results": results})
    else:
        for result in results:
            show(result)
