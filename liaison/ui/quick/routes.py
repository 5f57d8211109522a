"""The quick log's routes: its files, the lists that a phone keeps, and where it sends a visit.

A visit is taken from this page only: as JSON, which another site's form cannot send, and with this host as its origin.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from liaison.access import Viewer
from liaison.errors import LiaisonError
from liaison.facts.home import Home
from liaison.fieldwork.panels import panels
from liaison.planning.stored import clashes as met
from liaison.planning.stored import visited
from liaison.store import reading
from liaison.ui import homes
from liaison.ui.quick import lists, page
from liaison.ui.quick.entry import MOST_BYTES, Entry, entry, told
from liaison.ui.sign_in import USER
from liaison.vocabulary import Audience

MOST_WORDS = 100  # characters of a search
NO_STORE = {"cache-control": "no-store"}
CLOSED = {"says": "Visits are logged by the team. This instance is set up for another audience."}
Answer = tuple[int, dict[str, Any]]


async def shell(_: Request) -> Response:
    """The page; a phone keeps it, and asks for a newer one in the background."""
    return Response(page.page(), media_type="text/html; charset=utf-8", headers={"cache-control": "no-cache"})


async def file(request: Request) -> Response:
    """A file of the page."""
    name = request.path_params["name"]
    if name not in page.TYPES:
        return Response(status_code=404)
    headers = {"cache-control": "no-cache"}
    if name == "worker.js":
        headers["service-worker-allowed"] = request.url.path.removesuffix("/worker.js")
    return Response(page.file(name), media_type=page.TYPES[name], headers=headers)


async def people(request: Request) -> Response:
    """Who may be logging."""
    return await _answer(lambda: _people(request.query_params.get("home"), request.scope.get(USER)))


async def practices(request: Request) -> Response:
    """The practices of a person: id, name and town only, since a phone keeps them."""
    asked = request.query_params
    return await _answer(lambda: _practices(asked.get("home"), asked.get("person", ""), asked.get("practice")))


async def called(request: Request) -> Response:
    """Any practice of the team by a part of its name, the nearest first: what a phone does not keep."""
    asked = request.query_params
    told = asked.get("person", ""), asked.get("words", "")[:MOST_WORDS], asked.get("near")
    return await _answer(lambda: _called(asked.get("home"), *told))


async def clashes(request: Request) -> Response:
    """Who else goes to a practice within a week of a day, in sentences."""
    asked = request.query_params
    return await _answer(
        lambda: _clashes(asked.get("home"), asked.get("person", ""), asked.get("practice", ""), asked.get("date", ""))
    )


async def visits(request: Request) -> Response:
    """Takes one visit; the same one sent twice is taken once."""
    refused = _not_ours(request)
    if refused:
        return JSONResponse({"says": refused[1]}, status_code=refused[0], headers=NO_STORE)
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MOST_BYTES:
            return JSONResponse(
                {"says": "It is too long to be sent. Shorten the notes.", "field": "notes"}, 413, NO_STORE
            )
    return await _answer(lambda: _log(entry(body), request.scope.get(USER)))


def _not_ours(request: Request) -> tuple[int, str] | None:
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != "application/json":
        return 415, "A visit is sent as application/json."
    origin = urlsplit(request.headers.get("origin", ""))
    if not origin.netloc or origin.netloc != request.headers.get("host"):
        return 403, "A visit is taken from this page only. A proxy must pass on the Host that people see."
    return None


async def _answer(make: Callable[[], Answer]) -> Response:
    """Refusals name the field; a store that is silent is no refusal: the phone sends again."""
    try:
        status, said = await run_in_threadpool(make)
    except LiaisonError as problem:
        status, said = 422, told(problem)
    except SQLAlchemyError:
        status, said = 503, {"says": "The store does not answer."}
    return JSONResponse(said, status_code=status, headers=NO_STORE)


def _home(name: str | None) -> Home:
    if name in ("own", "demo"):
        return homes.opened("own" if name == "own" else "demo")
    return homes.opened(homes.default())


def _today(home: Home) -> date:
    return datetime.now(home.settings.time_zone).date()


def _open(home: Home) -> bool:
    return Audience(home.settings.audience) is Audience.inside


def _people(name: str | None, user: Viewer | None) -> Answer:
    home = _home(name)
    if not _open(home):
        return 403, CLOSED
    with reading(home.store) as connection:
        team = panels(connection, _today(home).isoformat()).team
    fiction = home is not homes.opened("own")
    me = user.person_id if user and not fiction else None
    return 200, {"people": [[id_, who] for id_, who in team.items()], "fiction": fiction, "me": me}


def _practices(name: str | None, person_id: str, practice_id: str | None) -> Answer:
    home = _home(name)
    if not _open(home):
        return 403, CLOSED
    with reading(home.store) as connection:
        return 200, lists.of_person(connection, person_id, _today(home), practice_id)


def _called(name: str | None, person_id: str, words: str, near: str | None) -> Answer:
    home = _home(name)
    if not _open(home):
        return 403, CLOSED
    with reading(home.store) as connection:
        return 200, lists.called(connection, person_id, words, _today(home), near)


def _clashes(name: str | None, person_id: str, practice_id: str, on: str) -> Answer:
    home = _home(name)
    if not _open(home):
        return 403, CLOSED
    try:
        day = date.fromisoformat(on)
    except ValueError:
        day = _today(home)
    with reading(home.store) as connection:
        found = met.clashes(connection, [practice_id], person_id, day)
    return 200, {"says": list(dict.fromkeys(each.says for each in found.get(practice_id, [])))}


def _log(one: Entry, user: Viewer | None) -> Answer:
    home = _home(one.home)
    if not _open(home):
        return 403, CLOSED
    with reading(home.store) as connection:
        team = panels(connection, _today(home).isoformat()).team
    actor = user.name if user else team.get(one.values.get("person_id", ""), "quick log")
    saved = visited.log(home.store, one.values, actor=actor, today=_today(home), raised=one.raised)
    return 200, {"visit_id": saved.visit_id, "new": saved.new, "at": datetime.now(home.settings.time_zone).isoformat()}


ROUTES = [
    Route("/quick", shell),
    Route("/quick/people", people),
    Route("/quick/practices", practices),
    Route("/quick/called", called),
    Route("/quick/clashes", clashes),
    Route("/quick/visits", visits, methods=["POST"]),
    Route("/quick/{name}", file),
]
