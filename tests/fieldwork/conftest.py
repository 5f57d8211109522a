"""A store of each kind, and short names for what is kept in it."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from liaison.store.engine import open_store
from liaison.store.migrate import upgrade


@pytest.fixture
def store(sqlite_url: str) -> Iterator[Engine]:
    engine = open_store(sqlite_url)
    upgrade(engine)
    yield engine
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def any_store(request: pytest.FixtureRequest) -> Iterator[Engine]:
    url = (
        request.getfixturevalue("sqlite_url")
        if request.param == "sqlite"
        else request.getfixturevalue("fresh_postgres")()
    )
    engine = open_store(url)
    upgrade(engine)
    yield engine
    engine.dispose()
