"""The calendar's route of the ASGI app: `GET /calendar/TOKEN.ics`. Whoever has the address reads one liaison's visits.

An address that is not one is not found, whatever the reason; and no log ever names one.
"""

import logging
import re
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import format_datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from liaison.facts.home import Home
from liaison.reports.calendar_feed import FeedFile, calendar_feed_file
from liaison.vocabulary import Audience

PATH = "/calendar/{token}.ics"
NEVER_KEPT = {"cache-control": "no-store"}
SECRET = re.compile(r"(/calendar/)[^/?\s\"']+")
LOGS = ("uvicorn.access", "uvicorn.error", "uvicorn.asgi", "hypercorn.access", "gunicorn.access")

_served: list[bool] = []


def serves() -> bool:
    """Whether this process answers calendars: `serve` does, plain `streamlit run` does not."""
    return bool(_served)


def address(page: str, token: str) -> str:
    """The feed's address beside the address of a page of the app, as the browser has it."""
    return f"{page.split('?', maxsplit=1)[0].rstrip('/').rsplit('/', 1)[0]}/calendar/{token}.ics"


def route(homes: Callable[[], list[Home]], clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Route:
    """The route over these homes; from now on servers' logs hide what stands behind /calendar/."""
    for name in LOGS:
        logging.getLogger(name).addFilter(without_secrets)
    _served.append(True)

    def found(token: str) -> FeedFile | None:
        now = clock()
        inside = (home for home in homes() if home.settings.audience == Audience.inside.value)
        return next((file for home in inside if (file := calendar_feed_file(home, token, now))), None)

    async def answer(request: Request) -> Response:
        file = await run_in_threadpool(found, request.path_params["token"])
        if file is None:
            return PlainTextResponse("Not found", 404, NEVER_KEPT)
        headers = {**NEVER_KEPT, "etag": file.etag, "last-modified": format_datetime(file.changed, usegmt=True)}
        if file.etag in _etags(request.headers.get("if-none-match", "")):
            return Response(status_code=304, headers=headers)
        return Response(file.body, media_type="text/calendar; charset=utf-8", headers=headers)

    return Route(PATH, answer)


def without_secrets(record: logging.LogRecord) -> bool:
    """A log's line with the secret part of an address hidden."""
    record.msg = _hidden(record.msg)
    if isinstance(record.args, tuple):
        record.args = tuple(_hidden(each) for each in record.args)
    return True


def _hidden(part: object) -> object:
    return SECRET.sub(r"\1(secret).ics", part) if isinstance(part, str) else part


def _etags(header: str) -> set[str]:
    return {each.strip().removeprefix("W/") for each in header.split(",")}
