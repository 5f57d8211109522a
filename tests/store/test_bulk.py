"""Bulk inserts store what they are given, on both databases."""

import pytest
from sqlalchemy import inspect, select

from liaison.store.bulk import insert_many
from liaison.store.engine import open_store, reading, writing
from liaison.store.migrate import upgrade
from liaison.store.tables import practice

AWKWARD = ['say "hi", please', "two\nlines", "back\\slash", "\\N", "Zoë ünïcode", " padded ", None, "tab\there"]


@pytest.mark.parametrize("database", ["sqlite_url", "postgres_url"])
def test_quotes_breaks_blanks_and_nulls_survive(database: str, request: pytest.FixtureRequest) -> None:
    engine = open_store(request.getfixturevalue(database))
    upgrade(engine)
    rows = [
        {"key": f"bulk-{i}", "practice_id": f"bulk-{i}", "name": "N", "parking": text, "lat": 36.5, "rural": i % 2 == 0,
         "version": 1}
        for i, text in enumerate(AWKWARD)
    ]  # fmt: skip
    with writing(engine) as connection:
        insert_many(connection, practice, rows)
    with reading(engine) as connection:
        statement = select(practice.c.parking, practice.c.lat, practice.c.rural).where(practice.c.key.like("bulk-%"))
        stored = connection.execute(statement.order_by(practice.c.key)).all()
    engine.dispose()
    assert [row.parking for row in stored] == AWKWARD
    assert {row.lat for row in stored} == {36.5}
    assert [row.rural for row in stored] == [True, False] * 4


def test_no_rows_are_no_statement(sqlite_url: str) -> None:
    engine = open_store(sqlite_url)
    with writing(engine) as connection:
        insert_many(connection, practice, [])
        assert not inspect(connection).has_table("practice")  # a statement would have failed here
    engine.dispose()
