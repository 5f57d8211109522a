"""Commands for who looks after an instance: check, audit, backup, restore, serve."""

from pathlib import Path
from typing import Annotated

import typer

from liaison.cli.options import a_date, opened_home
from liaison.cli.show import Progress, say, show


def add_to(app: typer.Typer) -> None:
    for command in (check, audit, backup, restore, serve):
        app.command()(command)


def check(
    full: Annotated[bool, typer.Option("--full", help="Read every row and count every month again.")] = False,
    seed: Annotated[
        int, typer.Option(metavar="N", help="Draws the month that is counted again beside the last one.")
    ] = 1,
) -> None:
    """See whether the instance is whole; exit 1 where it is not.

    \b
    Example: python -m liaison check --full
    """
    from liaison.facts.check import check as look
    from liaison.metrics.recount import recount

    with opened_home() as home:
        found = look(
            home, lambda h, months: recount(h, months=months)[0], full=full, seed=seed, progress=Progress(), on_wait=say
        )
        show(found)
    if not found.ok:
        raise typer.Exit(1)


def audit(
    first: Annotated[
        str | None, typer.Option("--from", metavar="YYYY-MM-DD", callback=a_date, help="First day, included (UTC).")
    ] = None,
    last: Annotated[
        str | None, typer.Option("--to", metavar="YYYY-MM-DD", callback=a_date, help="Last day, included (UTC).")
    ] = None,
    limit: Annotated[int, typer.Option(metavar="N", min=1, help="At most so many, the newest first.")] = 200,
) -> None:
    """Who looked at lists of single referrals, when, at which and how many; never which referrals.

    \b
    Example: python -m liaison audit --from 2026-03-01
    """
    from liaison.access.audit import entries

    with opened_home() as home:
        show(entries(home.store, first, last, limit))


def backup(file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write it, such as a .zip.")]) -> None:
    """Write the whole instance to one file, while people work. Keep it as safe as the store.

    \b
    Example: python -m liaison backup liaison-2026-03-31.zip
    """
    from liaison.facts.backup import backup as write

    with opened_home() as home:
        show(write(home, file, Progress()))


def restore(file: Annotated[Path, typer.Argument(metavar="FILE", help="What the command backup wrote.")]) -> None:
    """Put a backup into an empty home, whole or not at all.

    \b
    Example: LIAISON_HOME=data/second python -m liaison restore liaison-2026-03-31.zip
    """
    from liaison.facts.restore import restore as put_back

    with opened_home() as home:
        show(put_back(home, file, Progress(), say))


def serve(
    host: Annotated[
        str, typer.Option(metavar="HOST", help="Beyond this machine only where a proxy signs people in.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="N", min=1, max=65535, help="The port to listen on.")] = 8501,
) -> None:
    """Run the app for this machine, with its worker, until it is stopped.

    \b
    Example: python -m liaison serve --port 8600
    """
    from liaison.cli.server import replace_by_server

    replace_by_server(host, port)
