"""The door of the app in this process: who left is refused by the next request; no page opens without the door."""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import streamlit as st
from starlette.responses import PlainTextResponse
from streamlit.testing.v1 import AppTest

from liaison import fieldwork
from liaison.config import Settings
from liaison.facts.home import Home
from liaison.store import writing
from liaison.ui import sign_in
from tests.ui.conftest import said

HEADER, ANN = "X-Forwarded-Email", "ann@clinic.example"


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    found = Home.open(Settings(home=tmp_path_factory.mktemp("sign-in") / "own"))
    with writing(found.store) as conn:
        fieldwork.write(conn, "people", [{"person_id": "L1", "name": "Ann", "email": ANN}], "test")
    yield found
    found.close()


@pytest.fixture
def home(team: Home, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    """The team's home as the one that the process opens, with a door."""
    monkeypatch.setenv("LIAISON_HOME", str(team.path))
    monkeypatch.setenv("LIAISON_USER_HEADER", HEADER)
    st.cache_resource.clear()
    yield team
    st.cache_resource.clear()


def status(email: str) -> int:
    """What a request of this person through the door is answered."""
    door = sign_in.SignIn(PlainTextResponse("in"))
    told = [(HEADER.lower().encode(), email.encode())]
    scope = {"type": "http", "path": "/", "client": ("127.0.0.1", 5), "headers": told}
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def whole() -> None:
        await door(scope, None, send)  # type: ignore[arg-type]

    with ThreadPoolExecutor(1) as pool:  # a browser test before this one leaves a loop running in this thread
        pool.submit(lambda: asyncio.run(whole())).result()
    return int(sent[0]["status"])


def test_somebody_who_left_the_team_is_refused_within_seconds(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [status(ANN), status("bo@clinic.example")] == [200, 403]
    left = {"person_id": "L1", "name": "Ann", "email": ANN, "ends": "2026-01-31"}
    with writing(home.store) as conn:
        fieldwork.write(conn, "people", [left], "test")
    now = sign_in.time.monotonic()
    monkeypatch.setattr(sign_in.time, "monotonic", lambda: now + 5)
    assert status(ANN) == 403


def test_who_comes_new_is_let_in_at_once(home: Home) -> None:
    assert status("cy@clinic.example") == 403
    with writing(home.store) as conn:
        fieldwork.write(conn, "people", [{"person_id": "L2", "name": "Cy", "email": "cy@clinic.example"}], "test")
    assert status("cy@clinic.example") == 200


def test_a_page_without_the_door_shows_nothing(app: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIAISON_USER_HEADER", HEADER)
    monkeypatch.setattr(sign_in, "_served", [])  # as under `streamlit run`
    page = app("pages/see/practice.py")
    assert "Start the app by python -m liaison serve." in said(page)
    assert not page.metric
    assert not page.dataframe
