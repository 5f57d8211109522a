"""The store's engine and its two kinds of transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.pool import QueuePool

BUSY_MILLISECONDS = 30_000


def open_store(url: str) -> Engine:
    """An engine for `url`, its SQLite file's folder made if missing. Tables are brought up by `migrate.upgrade`."""
    address = make_url(url)
    if address.get_backend_name() == "postgresql":
        # psycopg is LGPL; pg8000 is the permissive driver.
        return create_engine(address.set(drivername="postgresql+pg8000"), pool_pre_ping=True)
    if address.get_backend_name() != "sqlite":
        return create_engine(address)
    if address.database:
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(address, poolclass=QueuePool, connect_args={"check_same_thread": False})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare_sqlite(connection: Any, _: Any) -> None:
    # The driver must not open transactions by itself: BEGIN IMMEDIATE is what keeps two writers from losing updates.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_MILLISECONDS}"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    reads = connection.get_execution_options().get("liaison_reads", False)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One unit of work: committed whole or not at all."""
    with engine.begin() as connection:
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A consistent look that never waits for a writer."""
    # PostgreSQL would show each statement the newest rows; SQLite keeps to the moment of the first one by itself.
    one_moment = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
    with engine.connect().execution_options(liaison_reads=True, **one_moment) as connection:
        yield connection
        connection.rollback()
