"""The command that compares logged drives with the estimate of drive times."""

import typer

from liaison.cli.options import opened_home
from liaison.cli.show import show


def add_to(app: typer.Typer) -> None:
    app.command("drives")(drives)


def drives() -> None:
    """How long logged drives took beside the estimate, and the setting that would use it.

    A drive is the time from the end of a logged visit (arrival and minutes) to the arrival at the next one.

    \b
    Example: python -m liaison drives
    """
    from liaison.planning.stored.logged import logged_drives
    from liaison.store import reading

    with opened_home() as home, reading(home.store) as connection:
        show(logged_drives(connection, home.settings))
