"""Access: how long new patients wait, by service line, once it is imported; each with its day and source."""

from sqlalchemy import Connection

from liaison.fieldwork.waits import Measured, newest_waits
from liaison.metrics.findings import summary as says
from liaison.ui import parts
from liaison.ui.ask import ask_records
from liaison.ui.clock import today


def show() -> None:
    """The longest waits first; nothing where none was ever measured."""
    day = today()
    rows, _ = ask_records(_read, day)
    if rows:
        old = frozenset(each.line for each in rows if each.old(day))
        parts.picture(says.access(rows, old), says.waits(rows[: says.WAITS], old))


def _read(connection: Connection, day: str) -> tuple[Measured, ...]:
    return newest_waits(connection, day)
