"""The app in this process, on a small demo market that is built once."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from sqlalchemy import delete, update
from streamlit.testing.v1 import AppTest

from liaison.config import Settings
from liaison.demo.build import build
from liaison.facts.home import Home
from liaison.fieldwork.kinds import KINDS
from liaison.jobs import worker
from liaison.store import writing
from liaison.store.tables import history, visit

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def built_market(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ui") / "demo"
    home = Home.open(Settings(home=folder))
    build(home, practices=40, referrals=3_000)
    home.close()
    return folder


@pytest.fixture(scope="session")
def small_market(built_market: Path) -> Path:
    """What the app opens on."""
    return built_market


FIELD = (
    *("materials", "events", "invitations", "attendance", "tasks", "barriers", "introductions", "feedback", "mentions"),
    *("gifts", "campaigns", "campaign_targets", "briefings"),
)


@pytest.fixture(scope="session")
def quiet_market(built_market: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same market where nobody of the field has written anything down but visits: boards and lists are empty."""
    folder = tmp_path_factory.mktemp("quiet") / "demo"
    shutil.copytree(built_market, folder, ignore=shutil.ignore_patterns("worker", "*.lock"))
    home = Home.open(Settings(home=folder))
    with writing(home.store) as conn:
        for kind in FIELD:
            conn.execute(delete(KINDS[kind].table))
        conn.execute(delete(history).where(history.c.kind.in_(FIELD)))
        conn.execute(update(visit).values(materials=None))
    home.close()
    return folder


@pytest.fixture
def own_home(tmp_path: Path) -> Path:
    return tmp_path / "own"


@pytest.fixture(scope="session")
def nothing_in_yet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An own home that no test brings anything into: one worker beside it is enough for all of them."""
    return tmp_path_factory.mktemp("nothing") / "own"


@pytest.fixture
def app(
    small_market: Path, nothing_in_yet: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., AppTest]]:
    """Opens a page of the app, as a deep link with these parameters would; who fills a home asks for `own_home`.

    No worker comes beside a home: one for each test, alive until the run's end, would take the machine from the rest.
    What is asked of it waits; a test that wants it done does it, by the function that the worker would call.
    """
    monkeypatch.setattr(worker, "ensure", lambda home: None)
    own = request.getfixturevalue("own_home") if "own_home" in request.fixturenames else nothing_in_yet
    monkeypatch.setenv("LIAISON_HOME", str(own))
    monkeypatch.setenv("LIAISON_DEMO_HOME", str(small_market))
    st.cache_resource.clear()

    def opened(page: str = "", **params: str) -> AppTest:
        test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        for name, value in params.items():
            test.query_params[name] = value
        test.run()
        return test.switch_page(page).run() if page else test

    yield opened
    st.cache_resource.clear()


@pytest.fixture
def home(small_market: Path, tmp_path: Path, app: object, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A copy of the market, of this test's own, as the one that the app opens."""
    folder = tmp_path / "demo"
    shutil.copytree(small_market, folder, ignore=shutil.ignore_patterns("worker", "*.lock"))
    monkeypatch.setenv("LIAISON_DEMO_HOME", str(folder))
    return Home.open(Settings(home=folder))


def said(test: AppTest) -> str:
    """All our words on the page."""
    return " ".join(html.proto.body for html in test.get("html"))
