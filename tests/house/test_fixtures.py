"""The engines, browser and budgets that other tests rely on are real."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from playwright.sync_api import Browser
from sqlalchemy import Column, Integer, MetaData, Table, create_engine, func, insert, inspect, select

from liaison.store import migrate, open_store, reading
from liaison.store.tables import metadata
from tests.house import chromium as browsers
from tests.house.budget import Budget, folder


def test_each_postgres_database_is_empty_and_its_own(fresh_postgres: Callable[[], str]) -> None:
    first, second = (create_engine(fresh_postgres()) for _ in range(2))
    visits = Table("visits", MetaData(), Column("id", Integer, primary_key=True))
    with first.begin() as connection:
        visits.create(connection)
        connection.execute(insert(visits), [{"id": 1}, {"id": 2}])
        assert connection.execute(select(func.count()).select_from(visits)).scalar() == 2
    assert inspect(first).get_table_names() == ["visits"]
    assert inspect(second).get_table_names() == []
    assert "PostgreSQL 18" in str(_version(second.url.render_as_string(hide_password=False)))


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_a_store_that_is_brought_up_again_from_what_was_heard_is_a_store(
    database: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    for number in range(2):
        sqlite = f"sqlite:///{tmp_path / f'{number}.sqlite'}"
        engine = open_store(sqlite if database == "sqlite" else request.getfixturevalue("fresh_postgres")())
        migrate.upgrade(engine)
        with reading(engine) as connection:
            compared = MigrationContext.configure(connection, opts={"compare_type": True})
            assert compare_metadata(compared, metadata) == []
            assert migrate.current(connection) == migrate.head()
        engine.dispose()


def _version(url: str) -> str | None:
    with create_engine(url).connect() as connection:
        return connection.execute(select(func.version())).scalar()


def test_postgres_url_serves_the_whole_run(postgres_url: str) -> None:
    assert "PostgreSQL" in str(_version(postgres_url))


def test_sqlite_store_is_a_file_of_the_test(sqlite_url: str, tmp_path: Path) -> None:
    with create_engine(sqlite_url).begin() as connection:
        Table("visits", MetaData(), Column("id", Integer, primary_key=True)).create(connection)
    assert (tmp_path / "store.sqlite").stat().st_size > 0


def test_homes_are_nobodys(nobodys_home: Path) -> None:
    assert Path(os.environ["LIAISON_HOME"]).is_relative_to(nobodys_home)
    assert Path(os.environ["LIAISON_DEMO_HOME"]).is_relative_to(nobodys_home)
    assert "LIAISON_STORE_URL" not in os.environ


@pytest.mark.browser
def test_chromium_draws_a_page(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<h1>Leakage</h1>")
    assert page.locator("h1").inner_text() == "Leakage"
    page.close()


def test_a_named_browser_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIAISON_CHROMIUM", "my/chromium")
    assert browsers.find() == Path("my/chromium")


def test_a_missing_browser_is_found_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LIAISON_CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", "")
    assert browsers.find() is None


@pytest.mark.parametrize(
    ("nodeid", "counted"),
    [
        ("tests/house/test_tree.py::test_no_secret", "house"),
        ("tests/browser/test_leakage.py::test_opens[chromium]", "browser"),
        ("tests/ingest/formats/test_nppes.py::test_zip", "ingest"),
        ("tests/ingest_formats/test_nucc.py::test_codes", "ingest"),
        ("tests/spec/test_leakage.py::test_unknown", "unit and spec"),
        ("tests/metrics/test_survival.py::test_risk", "unit and spec"),
    ],
)
def test_time_counts_against_its_folder(nodeid: str, counted: str) -> None:
    assert folder(nodeid) == counted


def test_a_folder_over_its_budget_says_so() -> None:
    budget = Budget()
    budget.seconds.update({"house": 61.0, "models": 59.0})
    assert budget.lines() == ["models            59.0 s of   60 s", "house             61.0 s of   60 s  over budget"]
