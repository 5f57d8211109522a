"""The command that ranks practices for the next visit."""

from pathlib import Path
from typing import Annotated, Any

import typer

from liaison.cli.options import a_month
from liaison.cli.own_market import ranked
from liaison.cli.show import as_json, show

Panels = Annotated[
    list[Path] | None,
    typer.Option(
        "--panel",
        metavar="FILE",
        help="Instead of the own market: practices by months as CSV with practice_id, month, referrals_in, "
        "referrals_out, visits. May be repeated.",
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
Looked = Annotated[
    bool, typer.Option("--checks", help="Also look back at how good the list has been. Takes ten times as long.")
]


def add_to(app: typer.Typer) -> None:
    app.command("rank")(rank)


def rank(panel: Panels = None, as_of: AsOf = None, top: Top = 25, level: Level = 0.95, checks: Looked = False) -> None:
    """Whom to see next: what one more visit next month is expected to bring, practice by practice, and why.

    Without a panel: the own market, less whom guards and people keep out. The list is kept, and made anew only where
    data or visits changed.

    \b
    Example: python -m liaison rank --top 25
    """
    if not panel:
        result = ranked(as_of, top, level, checks)
        show(result if as_json.get() else _in_words(result))
        return
    results = [_ranked(path, as_of, top, level, checks) for path in panel]
    if len(results) > 1 and as_json.get():
        show({"results": results})
    else:
        for result in results:
            show(result if as_json.get() else _in_words(result))


def _ranked(path: Path, as_of: str | None, top: int, level: float, checks: bool) -> dict[str, Any]:
    from liaison.models.panel import month_id, read_panel
    from liaison.models.ranking import check
    from liaison.models.ranking import rank as rank_panel

    read = read_panel(path)
    known = read if as_of is None else read.until(month_id(as_of))
    result = rank_panel(read, month_id(as_of) if as_of else None, level).as_json(top)
    return {**result, "checks": check(known, level).as_json()} if checks else result


def _in_words(result: dict[str, Any]) -> dict[str, Any]:
    """For reading: of reasons their words alone."""

    def said(row: dict[str, Any]) -> dict[str, Any]:
        return {**row, **{name: [reason["says"] for reason in row[name]] for name in ("reasons", "against")}}

    return {**result, "rows": [said(row) for row in result["rows"]]}
