"""The store's tables, brought up to what this version of the code expects."""

from pathlib import Path

from sqlalchemy import Connection, Engine, column, inspect, select, table

from liaison.errors import LiaisonError
from liaison.store.alone import alone
from liaison.store.engine import reading, writing

FOLDER = Path(__file__).parent / "migrations"


def head() -> str:
    """The newest migration: its file's number."""
    return max(path.name.split("_")[0] for path in (FOLDER / "versions").glob("[0-9]*_*.py"))


def current(connection: Connection) -> str | None:
    """The migration that a database stands at; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.scalar(select(column("version_num")).select_from(table("alembic_version")))


def upgrade(engine: Engine) -> None:
    """Create or change the tables. Costs one look when there is nothing to do; a second process waits, then finds none.

    Raises LiaisonError where the database was written by a newer version of Liaison.
    """
    wanted = head()
    with reading(engine) as connection:
        standing = current(connection)
    if standing == wanted:
        return
    if standing is not None and standing > wanted:
        raise LiaisonError(
            f"A newer version of Liaison wrote this store: its tables are at {standing}, this one knows {wanted}.",
            remedy="Start the newer version, or restore a backup made by this one.",
        )
    with writing(engine) as connection:
        alone(connection, "upgrade")
        if current(connection) != wanted:
            _run(connection)


def _run(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
