"""The quick log as a phone and as somebody else's page meet it: once, from here only, every fault by its field."""

import asyncio
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import streamlit as st
from starlette.applications import Starlette

from liaison import fieldwork
from liaison.config import Settings
from liaison.facts.home import Home
from liaison.fieldwork.logged import latest_visits
from liaison.store import reading, writing
from liaison.ui.quick import page
from liaison.ui.quick.routes import ROUTES

ID = "q-0123456789abcdef01234567"
ONE = {"id": ID, "home": "own", "person_id": "L1", "practice_id": "P1", "date": "2026-11-30", "channel": "in_person"}
HERE = {"content-type": "application/json", "origin": "https://liaison.example", "host": "liaison.example"}
APP = Starlette(routes=ROUTES)


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    found = Home.open(Settings(home=tmp_path_factory.mktemp("quick") / "own"))
    with writing(found.store) as conn:
        practices = [
            {"practice_id": "P1", "name": "Elm St", "city": "Boone"},
            {"practice_id": "P2", "name": "Ash Rd", "city": "Lenoir"},
            {"practice_id": "P3", "name": "Oak Ave"},
        ]
        fieldwork.write(conn, "practices", practices, "ann")
        fieldwork.write(conn, "people", [{"person_id": "L1", "name": "Ann"}, {"person_id": "L2", "name": "Bo"}], "ann")
        guide = {"material_id": "M1", "version_name": "v2", "title": "Referral guide", "valid_from": "2026-01-01"}
        fieldwork.write(conn, "materials", [guide], "ann")
        mine = [{"practice_id": p, "person_id": "L1"} for p in ("P1", "P3")]
        fieldwork.write(conn, "assignments", mine, "ann")
    yield found
    found.close()


@pytest.fixture
def home(team: Home, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    """The team's home as the one that the process opens."""
    monkeypatch.setenv("LIAISON_HOME", str(team.path))
    st.cache_resource.clear()
    yield team
    st.cache_resource.clear()


def ask(method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None) -> tuple[int, Any]:
    """Status and JSON (or bytes) of one request."""
    place, _, query = path.partition("?")
    told = [(name.encode(), value.encode()) for name, value in (headers or {}).items()]
    scope = {
        "type": "http", "method": method, "path": place, "query_string": query.encode(), "headers": told,
        "http_version": "1.1", "scheme": "http", "server": ("liaison.example", 80), "root_path": "",
    }  # fmt: skip
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    async def whole() -> None:
        await APP(scope, receive, send)

    with ThreadPoolExecutor(1) as pool:  # a browser test before this one leaves a loop running in this thread
        pool.submit(lambda: asyncio.run(whole())).result()
    answer = b"".join(m.get("body", b"") for m in sent)
    kind = dict(sent[0]["headers"]).get(b"content-type", b"").decode()
    return int(sent[0]["status"]), json.loads(answer) if "json" in kind else answer


def post(values: Any, **headers: str) -> tuple[int, Any]:
    return ask("POST", "/quick/visits", json.dumps(values).encode(), HERE | headers)


def test_the_page_with_style_and_scripts_stays_under_30_kilobytes() -> None:
    parts = [page.page(), *(page.file(name) for name in ("quick.css", "quick.js", "worker.js"))]
    assert sum(len(part) for part in parts) < 30_000
    assert b"<style" not in parts[0]
    assert parts[0].count(b"<script") == 1  # a file of its own: the policy allows no other


def test_a_phone_keeps_id_name_and_town_of_its_own_practices_only(home: Home) -> None:
    assert ask("GET", "/quick/people?home=own")[1]["people"] == [["L1", "Ann"], ["L2", "Bo"]]
    kept = ask("GET", "/quick/practices?home=own&person=L1")[1]
    assert kept["practices"] == [["P1", "Elm St", "Boone"], ["P3", "Oak Ave", ""]]
    assert kept["materials"] == [["M1", "Referral guide, v2"]]
    assert len(ask("GET", "/quick/practices?home=own&person=L2")[1]["practices"]) == 3  # who has no panel has all


def test_any_practice_of_the_team_is_found_by_its_name_the_nearest_first(home: Home) -> None:
    lies = {"P1": ("36.2168", "-81.6746"), "P2": ("35.9140", "-81.5390"), "P3": ("36.1", "-81.6")}
    with writing(home.store) as conn:
        rows = [{"practice_id": id_, "lat": lat, "lon": lon} for id_, (lat, lon) in lies.items()]
        fieldwork.write(conn, "practices", rows, "ann")
    found = ask("GET", "/quick/called?home=own&person=L1&words=a&near=P1")[1]["practices"]
    # Worked by the haversine: 9.1 and 22.3 miles from P1.
    assert [(one[0], one[2]) for one in found] == [("P3", "9.1 mi"), ("P2", "Lenoir, 22 mi")]
    assert [one[0] for one in ask("GET", "/quick/called?home=own&person=L1&words=lenoir")[1]["practices"]] == ["P2"]
    assert ask("GET", "/quick/called?home=own&person=L1&words=")[1]["practices"] == []


def test_a_visit_sent_twice_is_there_once_with_its_barrier(home: Home) -> None:
    told = ONE | {
        "barrier_kind": "access",
        "barrier_what": "Eight weeks",
        "next_step": "Call",
        "minutes": "15",
        "materials": "M1",
    }
    first, again = post(told), post(told)
    assert [first[0], again[0], first[1]["new"], again[1]["new"]] == [200, 200, True, False]
    with reading(home.store) as conn:
        (kept,) = latest_visits(conn)
        assert [b["what"] for b in fieldwork.all_records(conn, "barriers")] == ["Eight weeks"]
    assert (kept.values["visit_id"], kept.who, kept.values["minutes"]) == (ID, "Ann", 15.0)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": ""}, 403),
        ({"content-type": "text/plain"}, 415),
        ({"content-type": "application/x-www-form-urlencoded"}, 415),
    ],
)
def test_another_page_cannot_log_a_visit(home: Home, headers: dict[str, str], status: int) -> None:
    assert post(ONE | {"id": f"q-{'f' * 24}"}, **headers)[0] == status
    with reading(home.store) as conn:
        assert f"q-{'f' * 24}" not in [one.values["visit_id"] for one in latest_visits(conn)]


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"date": "2099-01-01"}, "date", "Day: The day is still to come"),
        ({"minutes": "ten"}, "minutes", "Minutes is no number"),
        ({"practice_id": "P9"}, "find", "Practice"),
        ({"notes": "ssn 123-45-6789"}, "notes", "Notes holds what looks like a social security number"),
        ({"barrier_kind": "access", "barrier_what": "patient 1234567"}, "barrier_what", "What happened holds"),
        ({"next_step_on": "soon"}, "next_step_on", "By"),
        ({"colour": "red"}, "colour", "has no colour"),
        ({"notes": 5}, "notes", "no text"),
        ({"id": "V00001"}, "id", "Reload"),
    ],
)
def test_a_refusal_names_the_field_in_the_words_of_the_page(
    home: Home, values: dict[str, Any], field: str, words: str
) -> None:
    status, told = post(ONE | values)
    assert (status, told["field"]) == (422, field)
    assert words in told["says"]


@pytest.mark.parametrize("body", [b"", b"[1]", b"{", b"\xff", b'"x"', b"null"])
def test_what_is_no_visit_is_refused(home: Home, body: bytes) -> None:
    assert ask("POST", "/quick/visits", body, HERE)[0] == 422


def test_a_body_without_end_is_cut_off(home: Home) -> None:
    status, told = post(ONE | {"notes": "n" * 70_000})
    assert (status, told["field"]) == (413, "notes")


def test_another_audience_logs_nothing(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIAISON_AUDIENCE", "outside")
    st.cache_resource.clear()
    assert post(ONE)[0] == 403
    assert ask("GET", "/quick/practices?home=own&person=L1")[0] == 403
