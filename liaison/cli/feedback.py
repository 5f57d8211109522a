"""The command that tells what referrers think of us."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from liaison.cli.files import write_file
from liaison.cli.options import Asking, Readers, asking, filters, opened_home
from liaison.cli.show import show
from liaison.vocabulary import MentionTag

if TYPE_CHECKING:
    from liaison.facts.home import Home

Find = Annotated[str, typer.Option("--find", metavar="WORDS", help="Only mentions in which all these words stand.")]
Tag = Annotated[
    MentionTag | None, typer.Option("--tag", metavar="|".join(MentionTag), help="Only mentions of this tag.")
]
Form = Annotated[
    Path | None, typer.Option("--form", metavar="FILE", help="Write the survey as a PDF to print, and nothing else.")
]


def add_to(app: typer.Typer) -> None:
    app.command()(feedback)


@asking("territory", "service_line", "practice_type", "practice")
def feedback(
    ctx: typer.Context, find: Find = "", tag: Tag = None, form: Form = None, audience: Asking = Readers.inside
) -> None:
    """The voice of the referrer: marks and recommendation with their intervals, and what was mentioned, by quarter.

    Too few answers say nothing. Outside the team there is one row for all, and no mention. Filled-in forms come in by
    import feedback, mentions by import mentions.

    \b
    Example: python -m liaison feedback --service-line neurology --from 2026-01
    """
    from liaison.access import owner
    from liaison.metrics.findings.feedback import themes_headline, voice_headline, weakest
    from liaison.metrics.themes import themes
    from liaison.metrics.voice import voice
    from liaison.store import reading
    from liaison.vocabulary import Audience

    with opened_home() as home:
        if form is not None:
            _write(home, form)
            show({"form": str(form)})
            return
        settings, asked, reader = home.settings, filters(ctx), audience.audience
        with reading(home.store) as connection:
            minimums = (settings.feedback_minimum, settings.small_n)
            said = voice(connection, owner(), reader, asked, *minimums)
            told = {"headline": voice_headline(said), "also": weakest(said), **said.as_json()}
            if reader is Audience.inside:
                noted = themes(connection, owner(), reader, asked, find, tag.value if tag else None)
                told |= {"themes_headline": themes_headline(noted), **noted.as_json()}
        show(told)


def _write(home: "Home", file: Path) -> None:
    from liaison.fieldwork.organisations import our_name
    from liaison.reports.feedback_form import feedback_form
    from liaison.store import reading

    with reading(home.store) as connection:
        ours = our_name(connection)
    write_file(file, feedback_form(ours))
