"""The calendar that is subscribed to: a secret address, asked as a calendar asks, read by another parser."""

import asyncio
import json
import logging
from collections.abc import Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import vobject
from sqlalchemy import select
from starlette.applications import Starlette

from liaison.access import Viewer, owner
from liaison.errors import LiaisonError
from liaison.facts.home import Home
from liaison.planning.stored.feeds import new_feed, revoke_feed
from liaison.planning.stored.made import plan_at_once
from liaison.reports import calendar_feed
from liaison.store import reading
from liaison.store.tables import calendar_feed as feeds
from liaison.ui import calendar_route
from tests.planning.conftest import home, team_folder
from tests.planning.team import MONDAY, NOW, TUESDAY, editor, keep, planned, standing

__all__ = ["home", "team_folder"]


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode()


Ask = Callable[..., Answer]


def server(*homes: Home) -> Ask:
    """Asks a server that has the calendars of these homes alone, on the Monday of the plan."""
    app = Starlette(routes=[calendar_route.route(lambda: list(homes), lambda: NOW)])

    def ask(path: str, **headers: str) -> Answer:
        sent: list[MutableMapping[str, Any]] = []
        given = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
        scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": given}

        async def receive() -> MutableMapping[str, Any]:
            return {"type": "http.request", "body": b""}

        async def send(message: MutableMapping[str, Any]) -> None:
            sent.append(message)

        async def whole() -> None:
            await app(scope, receive, send)

        with ThreadPoolExecutor(1) as pool:  # a browser test before this one leaves a loop running in this thread
            pool.submit(lambda: asyncio.run(whole())).result()
        start, *rest = sent
        told = {name.decode(): value.decode() for name, value in start["headers"]}
        return Answer(start["status"], told, b"".join(part.get("body", b"") for part in rest))

    return ask


@pytest.fixture
def client(home: Home) -> Ask:
    return server(home)


def made(home: Home, viewer: Viewer | None = None, person: str = "L1") -> str:
    return f"/calendar/{new_feed(home, person, viewer or owner())}.ics"


def entries(text: str) -> dict[str, vobject.base.Component]:
    return {each.uid.value: each for each in vobject.readOne(text).contents.get("vevent", [])}


def test_an_address_gives_the_plan_and_a_changed_plan_under_the_same_entries(home: Home, client: Ask) -> None:
    plan, path = planned(home), made(home)
    first = client(path)
    assert (first.status, first.headers["cache-control"]) == (200, "no-store")
    assert first.headers["content-type"].startswith("text/calendar")
    before = entries(first.text)
    assert {each.summary.value for each in before.values()} == {"Elm Street", "Oak Street", "Fir Street"}
    moved = next(stop for stop in plan.made if stop.practice_id == "elm")
    other = TUESDAY if moved.date == MONDAY else MONDAY
    editor(home, plan.revision).move("elm", other)
    editor(home, plan.revision + 1).drop("oak")
    after = entries(client(path).text)
    assert set(after) == set(before) - {f"{stop.stop_id}@liaison" for stop in plan.made if stop.practice_id == "oak"}
    assert after[f"{moved.stop_id}@liaison"].dtstart.value.date() == other
    assert int(after[f"{moved.stop_id}@liaison"].sequence.value) == plan.revision + 2


def test_a_calendar_that_has_it_already_is_told_so(home: Home, client: Ask) -> None:
    plan, path = planned(home), made(home)
    first = client(path)
    assert client(path).content == first.content
    again = client(path, if_none_match=f'W/{first.headers["etag"]}, "other"')
    assert (again.status, again.content) == (304, b"")
    changed = datetime.fromisoformat(plan.changed_at).astimezone(UTC)
    assert first.headers["last-modified"] == changed.strftime("%a, %d %b %Y %H:%M:%S GMT")
    editor(home, plan.revision).drop("oak")
    assert client(path, if_none_match=first.headers["etag"]).status == 200


def test_an_address_that_is_not_one_is_not_found_whatever_the_reason(home: Home, client: Ask) -> None:
    planned(home)
    first, second = made(home), made(home)
    assert client(second).status == 200
    theirs = made(home, person="L2")
    revoke_feed(home, "L1")
    keep(home, "people", {"person_id": "L2", "name": "Dan", "start_zip": "28801", "ends": "2026-11-01"})
    never = "/calendar/" + "x" * 43 + ".ics"
    answers = [client(path) for path in (first, second, theirs, never)]
    told = {(a.status, a.text, a.headers["cache-control"]) for a in answers}
    assert told == {(404, "Not found", "no-store")}


def test_weeks_long_past_are_left_out_and_weeks_to_come_are_in(home: Home) -> None:
    planned(home)
    token = new_feed(home, "L1", owner())
    plan_at_once(home, "L1", MONDAY + timedelta(weeks=3), actor="maya", now=NOW)
    for weeks_later, weeks in ((0, {0, 3}), (2, {0, 3}), (3, {3}), (6, set())):
        file = calendar_feed.calendar_feed_file(home, token, NOW + timedelta(weeks=weeks_later))
        assert file is not None
        seen = {(e.dtstart.value.date() - MONDAY).days // 7 for e in entries(file.body.decode()).values()}
        assert seen == weeks


def test_who_may_see_one_territory_subscribes_to_its_visits_alone(home: Home, client: Ask) -> None:
    planned(home)
    keep(home, "territories", {"territory_id": "T1", "name": "One", "kind": "zip", "code": "28801"})
    mine, other = (made(home, Viewer("maya", frozenset({name}))) for name in ("T1", "T9"))
    assert client(mine).status == 404, "the newer address ended it"
    assert entries(client(other).text) == {}
    assert len(entries(client(made(home, Viewer("maya", frozenset({"T1"})))).text)) == 3


def test_nobody_keeps_the_address_and_no_log_names_it(home: Home, caplog: pytest.LogCaptureFixture) -> None:
    token = new_feed(home, "L1", owner())
    with reading(home.store) as connection:
        row = connection.execute(select(feeds)).one()
    assert token not in json.dumps(list(row))
    assert len(token) >= 43
    calendar_route.route(lambda: [home])
    with caplog.at_level(logging.INFO, logger="uvicorn.access"):
        line = '%s - "%s %s HTTP/%s" %d'
        logging.getLogger("uvicorn.access").info(line, "127.0.0.1:1", "GET", f"/calendar/{token}.ics", "1.1", 200)
    assert caplog.messages == ['127.0.0.1:1 - "GET /calendar/(secret).ics HTTP/1.1" 200']


def test_an_instance_shown_to_others_gives_no_calendar_and_a_stranger_gets_no_address(home: Home) -> None:
    planned(home)
    token = new_feed(home, "L1", owner())
    outside = Home(home.settings.model_copy(update={"audience": "outside"}), home.store)
    assert server(outside)(f"/calendar/{token}.ics").status == 404
    with pytest.raises(LiaisonError, match="no person L9"):
        new_feed(home, "L9", owner())
    assert standing(home).revision == 1
