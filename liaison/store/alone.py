"""One at a time: what SQLite's BEGIN IMMEDIATE gives by itself, PostgreSQL is asked for."""

from zlib import crc32

from sqlalchemy import Connection, func, select


def alone(connection: Connection, part: str) -> None:
    """From here to the end of the transaction nobody else is in this part; waits until they are out.

    Without it two people could both find a record at version 3 and both save version 4.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(crc32(part.encode()))))
