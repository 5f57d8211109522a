"""The command that says which materials are out of date where."""

from typing import Any

import typer

from liaison.cli.options import opened_home
from liaison.cli.show import show


def add_to(app: typer.Typer) -> None:
    app.command("materials")(materials)


def materials() -> None:
    """What may be left at practices today, and where something is out of date. `import materials` fills the catalogue.

    \b
    Example: python -m liaison materials --json
    """
    from datetime import datetime

    from liaison.fieldwork.materials import catalogue, left, unknown
    from liaison.store import reading

    with opened_home() as home, reading(home.store) as conn:
        today = datetime.now(home.settings.time_zone).date().isoformat()
        rows: list[dict[str, Any]] = [
            {
                "practice_id": one.practice_id,
                "practice": one.practice,
                "material_id": one.held.material_id,
                "held": one.held.version_name,
                "left_on": one.on,
                "bring": one.now.version_name if one.now else None,
            }
            for one in left(conn, today)
            if one.outdated
        ]
        force = [
            {
                "material_id": one.material_id,
                "version": one.version_name,
                "title": one.title,
                "expires_on": one.expires_on,
            }
            for one in catalogue(conn).in_force(today)
        ]
        strangers = [{"material_id": name, "visits": many} for name, many in unknown(conn, today).items()]
    show({"today": today, "in_force": force, "outdated": rows, "unknown": strangers})
