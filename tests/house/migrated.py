"""An empty store is brought up a thousand times in a run: migrations say what to do once, then that is done again."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, event

from liaison.store.migrate import current

LOOKS = ("SELECT", "PRAGMA", "SHOW")  # they change nothing, and an empty store answers them always the same


class Migrated:
    """Stands in for the run of the migrations: the first of each database is real, and its statements are kept."""

    def __init__(self, run: Callable[[Connection], None]) -> None:
        self.run = run
        self._statements: dict[str, list[tuple[str, Any]]] = {}

    def __call__(self, connection: Connection) -> None:
        if current(connection) is not None:
            self.run(connection)
        elif said := self._statements.get(connection.dialect.name):
            for statement, parameters in said:
                connection.exec_driver_sql(statement, parameters or None)
        else:
            self._statements[connection.dialect.name] = self._heard(connection)

    def _heard(self, connection: Connection) -> list[tuple[str, Any]]:
        said: list[tuple[str, Any]] = []

        def hear(_: Any, __: Any, statement: str, parameters: Any, *___: Any) -> None:
            if not statement.lstrip().upper().startswith(LOOKS):
                said.append((statement, parameters))

        event.listen(connection, "before_cursor_execute", hear)
        try:
            self.run(connection)
        finally:
            event.remove(connection, "before_cursor_execute", hear)
        return said
