"""An empty database becomes a store, once, whoever starts first."""

import subprocess
import sys
from collections.abc import Callable

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, column, inspect, table, update

from liaison.errors import LiaisonError
from liaison.store import migrate
from liaison.store.engine import open_store, reading, writing
from liaison.store.migrate import current, head, upgrade
from liaison.store.tables import metadata


@pytest.fixture(autouse=True)
def the_migrations_themselves(migrated_once: Callable[[Connection], None], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrate, "_run", migrated_once)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest) -> str:
    if request.param == "sqlite":
        return str(request.getfixturevalue("sqlite_url"))
    fresh: Callable[[], str] = request.getfixturevalue("fresh_postgres")
    return fresh()


def test_migrations_make_the_tables_of_the_code(empty_url: str) -> None:
    engine = open_store(empty_url)
    upgrade(engine)
    with reading(engine) as connection:
        differences = compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata)
    engine.dispose()
    assert differences == []


def test_upgrading_twice_changes_nothing(empty_url: str) -> None:
    engine = open_store(empty_url)
    upgrade(engine)
    upgrade(engine)
    with reading(engine) as connection:
        assert current(connection) == head()
        assert set(inspect(connection).get_table_names()) == {*metadata.tables, "alembic_version"}
    engine.dispose()


def test_processes_that_start_together_all_find_the_tables(empty_url: str) -> None:
    program = (
        "import sys; from liaison.store import *; from liaison.store.migrate import upgrade;"
        "upgrade(open_store(sys.argv[1]))"
    )
    started = [
        subprocess.Popen([sys.executable, "-c", program, empty_url], stderr=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    outcomes = [(process.communicate(timeout=60)[1], process.returncode) for process in started]
    assert outcomes == [("", 0)] * 3
    engine = open_store(empty_url)
    with reading(engine) as connection:
        assert current(connection) == head()
    engine.dispose()


def test_a_store_at_head_is_opened_without_alembic(sqlite_url: str) -> None:
    engine = open_store(sqlite_url)
    upgrade(engine)
    engine.dispose()
    program = (
        "import sys; from liaison.store import *; from liaison.store.migrate import upgrade;"
        "upgrade(open_store(sys.argv[1])); print('alembic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program, sqlite_url], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_a_store_of_a_newer_version_is_refused_with_the_remedy(sqlite_url: str) -> None:
    engine = open_store(sqlite_url)
    upgrade(engine)
    with writing(engine) as connection:
        connection.execute(update(table("alembic_version", column("version_num"))).values(version_num="9999"))
    with pytest.raises(LiaisonError, match="newer version") as refused:
        upgrade(engine)
    engine.dispose()
    assert "9999" in refused.value.what
    assert "backup" in refused.value.remedy
