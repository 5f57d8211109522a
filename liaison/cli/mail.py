"""The command that sends what is due by mail, shows what would be sent, and tries the settings."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from liaison.cli.options import opened_home
from liaison.cli.show import Progress, show
from liaison.errors import LiaisonError

Dry = Annotated[
    bool, typer.Option("--dry-run", help="Print what would be sent to whom, now and this week; send nothing.")
]
Test = Annotated[
    str | None,
    typer.Option("--test", metavar="ADDRESS", help="Send a trial mail there, to see whether settings are right."),
]


def add_to(app: typer.Typer) -> None:
    app.command("mail")(mail)


def mail(dry_run: Dry = False, test: Test = None) -> None:
    """Send what is due by mail to the team: what was given to somebody, what is overdue, the week. `serve` does it too.

    Settings are LIAISON_MAIL_HOST and its kind; each person chooses in My day what they get.

    \b
    Example: python -m liaison mail --dry-run
    """
    from liaison.jobs import mail_told, mailed

    if dry_run and test:
        raise LiaisonError("A trial cannot be sent and not sent.", remedy="Give --dry-run or --test.")
    with opened_home() as home:
        now = datetime.now(UTC)
        if dry_run:
            drafts = [one.as_json() for one in mail_told.drafts(home, now)]
            show({"dry_run": True, **mail_told.told(home, now).as_json(), "rows": drafts})
        elif test:
            mailed.try_out(home, test, now)
            show({"trial": test, "server": home.settings.mail_host, "sent": True})
        else:
            done = mailed.run(home, now, Progress())
            show({**mail_told.told(home, datetime.now(UTC)).as_json(), **done.as_json()})
