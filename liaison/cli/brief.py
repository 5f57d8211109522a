"""The command that tells what to know before a visit, as text, JSON or paper."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from liaison.cli.files import write_file
from liaison.cli.options import a_date, opened_home
from liaison.cli.show import show
from liaison.errors import LiaisonError

if TYPE_CHECKING:
    from liaison.facts.home import Home

Which = Annotated[str | None, typer.Argument(metavar="[PRACTICE]", help="Which practice, by its id.")]
Who = Annotated[
    str | None, typer.Option("--liaison", metavar="ID", help="Without a practice: the stops of this person's day.")
]
On = Annotated[
    str | None, typer.Option("--day", metavar="YYYY-MM-DD", callback=a_date, help="For which day. Default: today.")
]
Pdf = Annotated[Path | None, typer.Option("--pdf", metavar="FILE", help="Also write it on paper, a page a practice.")]


def add_to(app: typer.Typer) -> None:
    app.command("brief")(brief)


def brief(practice: Which = None, liaison: Who = None, day: On = None, pdf: Pdf = None) -> None:
    """What to know before a visit: how to begin, why now, who is there, what was promised, what changed.

    Of one practice, or with --liaison of the stops that are planned for a day.

    \b
    Example: python -m liaison brief P0016 --pdf brief.pdf
    """
    if (practice is None) == (liaison is None):
        raise LiaisonError("A brief is of a practice or of a liaison's day.", remedy="Name a practice, or --liaison.")
    with opened_home() as home:
        on = day or datetime.now(home.settings.time_zone).date().isoformat()
        if practice is not None:
            _practice(home, practice, on, pdf)
        else:
            _day(home, str(liaison), date.fromisoformat(on), pdf)


def _practice(home: "Home", practice: str, on: str, pdf: Path | None) -> None:
    from liaison.access import owner
    from liaison.reports.brief import brief as made_of
    from liaison.reports.brief_paper import practice_pdf

    made = made_of(home, owner(), practice, on)
    if pdf is not None:
        write_file(pdf, practice_pdf(made))
    show(made)


def _day(home: "Home", liaison: str, on: date, pdf: Path | None) -> None:
    from liaison.access import owner
    from liaison.reports.brief_paper import day_briefs, day_pdf

    found = day_briefs(home, owner(), liaison, on)
    if pdf is not None:
        write_file(pdf, day_pdf(found, on))
    show({"liaison": liaison, "day": on.isoformat(), "rows": [each.as_json() for each in found]})
