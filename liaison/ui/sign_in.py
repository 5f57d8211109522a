"""Who is signed in, where a proxy says so in a header: asked of every request, and of every run of a page."""

import re
import time
from datetime import datetime
from html import escape

import streamlit as st
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from liaison.access import Viewer, owner
from liaison.access.proxied import signed_in_as
from liaison.config import Settings
from liaison.errors import LiaisonError
from liaison.fieldwork.signed_in import viewer_of
from liaison.store import reading
from liaison.ui import homes

USER = "liaison.user"  # in a request's scope: the Viewer
OPEN = re.compile(r"/health|/calendar/[^/]+\.ics")  # a supervisor and calendars cannot sign in
FRESH = 5.0  # seconds: somebody who was taken off the list is refused that soon
NEVER_KEPT = {"cache-control": "no-store"}
NOBODY = "Nobody is signed in here. Open Liaison at the address that your team gave you."
REMEDY = "Ask who runs Liaison to put your e-mail address into your record of people."

_known: dict[tuple[str, str], tuple[float, Viewer]] = {}
_served: list[bool] = []


class SignIn:
    """Lets in whom a trusted proxy names, where the instance has a header for it; everybody else meets a 403."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.named = bool(Settings().user_header)
        _served.append(True)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.named and scope["type"] in ("http", "websocket") and not OPEN.fullmatch(scope["path"]):
            refused = await run_in_threadpool(_let_in, scope)
            if refused is not None:
                if scope["type"] == "websocket":
                    await send({"type": "websocket.close", "code": 1008})
                else:
                    await refused(scope, receive, send)
                return
        await self.app(scope, receive, send)


def _let_in(scope: Scope) -> Response | None:
    """Writes into the scope who it is; what to answer where it is nobody."""
    settings = homes.opened("own").settings
    peer = scope["client"][0] if scope.get("client") else None
    email = signed_in_as(settings, peer, Headers(scope=scope).getlist(settings.user_header))
    try:
        found = _person(email) if email else None
    except SQLAlchemyError:
        return PlainTextResponse("The store does not answer.", 503, NEVER_KEPT)
    scope[USER] = found
    return None if found else HTMLResponse(_page(email), 403, NEVER_KEPT)


def viewer() -> Viewer:
    """Who looks at a page: whom the proxy names, else the one user of an instance on loopback.

    Raises LiaisonError for somebody who is in no record (any more), and where the app was started without its door.
    """
    settings = homes.opened("own").settings
    if not settings.user_header:
        return owner()
    if not _served:
        raise LiaisonError(
            "LIAISON_USER_HEADER is set, and streamlit run cannot tell whose header it reads.",
            remedy="Start the app by python -m liaison serve.",
        )
    # The door let this connection in, so that its header is the proxy's.
    email = st.context.headers.get(settings.user_header)
    if email and (found := _person(email)):
        return found
    raise LiaisonError("You are not on the team's list of people.", remedy=REMEDY)


def _person(email: str) -> Viewer | None:
    """The person in the team's own home, read anew after `FRESH` seconds; who was not found is looked for each time."""
    home = homes.opened("own")
    key = (str(home.path), email)
    since, found = _known.get(key, (0.0, None))
    if found and time.monotonic() - since < FRESH:
        return found
    with reading(home.store) as connection:
        now = viewer_of(connection, email, datetime.now(home.settings.time_zone).date().isoformat())
    if now:
        _known[key] = (time.monotonic(), now)
    else:
        _known.pop(key, None)
    return now


def _page(email: str | None) -> str:
    who = f"You are signed in as {escape(email)}: nobody on the team has this address. {REMEDY}" if email else ""
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>Liaison</title><h1>Not on the team</h1><p>{who or NOBODY}</p></html>"
    )
