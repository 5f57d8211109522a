"""A reader keeps to one moment, and never waits for a writer."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, insert, select

from liaison.store.engine import open_store, reading, writing
from liaison.store.migrate import upgrade
from liaison.store.tables import practice


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_what_is_written_meanwhile_is_not_seen(database: str, request: pytest.FixtureRequest) -> None:
    if database == "sqlite":
        url = str(request.getfixturevalue("sqlite_url"))
    else:
        fresh: Callable[[], str] = request.getfixturevalue("fresh_postgres")
        url = fresh()
    engine = open_store(url)
    upgrade(engine)
    count = select(func.count()).select_from(practice)
    with reading(engine) as look:
        before = look.scalar(count)
        with writing(engine) as connection:
            connection.execute(insert(practice).values(key="a", practice_id="a", name="A", version=1))
        assert (before, look.scalar(count)) == (0, 0)
    with reading(engine) as look:
        assert look.scalar(count) == 1
    with writing(engine) as connection:  # a connection that was read with is fit to write with
        connection.execute(insert(practice).values(key="b", practice_id="b", name="B", version=1))
    engine.dispose()
