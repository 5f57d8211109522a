"""What every room's tests share: a home that is nobody's, real engines, the system's browser, time budgets."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from sqlalchemy import Connection

from tests.house import chromium as browsers
from tests.house.budget import Budget
from tests.house.migrated import Migrated
from tests.house.postgres import Postgres, started

# The fast suite draws the same examples each time, so that a red run means a change; the audit draws new ones.
hypothesis.settings.register_profile("fast", max_examples=25, deadline=None, derandomize=True)
hypothesis.settings.register_profile("audit", max_examples=5_000, deadline=None)
hypothesis.settings.load_profile("fast")


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Budget(), "liaison-budget")


@pytest.fixture(scope="session", autouse=True)
def nobodys_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """No test reads or writes the homes and URLs of the person who runs it."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in [n for n in os.environ if n.startswith("LIAISON_")]:
            if name not in ("LIAISON_REQUIRE_BROWSER", "LIAISON_CHROMIUM"):
                patch.delenv(name)
        patch.setenv("LIAISON_HOME", str(folder / "own"))
        patch.setenv("LIAISON_DEMO_HOME", str(folder / "demo"))
        yield folder


@pytest.fixture(scope="session", autouse=True)
def migrated_once() -> Iterator[Callable[[Connection], None]]:
    """What a thousand empty stores go through is worked out once; gives the real run, for tests of it."""
    from liaison.store import migrate

    real = migrate._run
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrate, "_run", Migrated(real))
        yield real


@pytest.fixture(scope="session")
def estimated_market(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a home whose market is large enough for a figure of what visits caused: estimated and ranked."""
    from liaison.config import Settings
    from liaison.demo.build import build
    from liaison.facts.home import Home
    from liaison.jobs import effected, ranked

    folder = tmp_path_factory.mktemp("estimated") / "demo"
    home = Home.open(Settings(home=folder))
    build(home, seed=3, practices=110, referrals=6_000)
    effected.bring_up_to_date(home, lambda share, words: None)
    ranked.bring_up_to_date(home, lambda share, words: None, looks_back=False)
    home.close()
    return folder


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Postgres]:
    with started() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_url(postgres_server: Postgres) -> str:
    """One database for the whole run; `fresh_postgres` where a test must find it empty."""
    return postgres_server.fresh()


@pytest.fixture
def fresh_postgres(postgres_server: Postgres) -> Iterator[Callable[[], str]]:
    """Call it for the URL of a new, empty PostgreSQL database, as often as the test needs one."""
    made: list[str] = []

    def fresh() -> str:
        made.append(postgres_server.fresh())
        return made[-1]

    yield fresh
    for url in made:
        postgres_server.drop(url)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """A SQLite file of this test's own."""
    return f"sqlite:///{tmp_path / 'store.sqlite'}"


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The system's Chromium; without one a test is skipped, or fails where the machine promises a browser."""
    found = browsers.find()
    if found is None and browsers.required():
        pytest.fail("This run must have Chromium, and none is installed (Debian: apt-get install chromium).")
    if found is None:
        pytest.skip("No Chromium here: install the system's, or name one in LIAISON_CHROMIUM.")
    return found


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any], chromium: Path) -> dict[str, Any]:
    """What the `page` and `browser` fixtures start: the system's Chromium, closed to the outside."""
    return {**browser_type_launch_args, "executable_path": str(chromium), "args": list(browsers.ARGUMENTS)}
