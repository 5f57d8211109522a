"""The app as an ASGI application: what `python -m liaison serve` runs, with headers, health, calendars, quick log.

`streamlit run app.py` has none of them; it is meant for one person on this machine.
"""

from functools import cache
from pathlib import Path

import streamlit as st
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.runtime.pages_manager import PagesManager

from liaison.config import Settings
from liaison.facts.home import Home
from liaison.jobs import worker
from liaison.store import migrate, reading
from liaison.ui import calendar_route
from liaison.ui.quick import link
from liaison.ui.quick.routes import ROUTES as QUICK
from liaison.ui.sign_in import SignIn

SCRIPT = Path(__file__).resolve().parents[2] / "app.py"

# Maps, charts and tables render under this policy; nothing is loaded from, or framed by, another host.
POLICY = (
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' ws: wss: data: blob:; "
    "worker-src 'self' blob:; frame-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-frame-options": "DENY",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), payment=()",
}
# Built for one person by a download button, and served without a cookie: never kept by a browser or a proxy.
PERSONAL = "/media/"


class Headers:
    """Sets our headers on every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                ours = dict(HEADERS)
                if PERSONAL in scope["path"]:
                    ours["cache-control"] = "no-store"
                theirs = [(n, v) for n, v in message.get("headers", []) if n.decode("latin-1").lower() not in ours]
                message["headers"] = theirs + [(n.encode(), v.encode()) for n, v in ours.items()]
            await send(message)

        await self.app(scope, receive, with_headers)


async def health(_: Request) -> JSONResponse:
    """200 where the store answers and its tables are up to date, else 503; says nothing about the data."""
    told = await run_in_threadpool(_state)
    return JSONResponse(told, status_code=200 if told["ok"] else 503, headers={"cache-control": "no-store"})


@cache
def _home() -> Home:
    return Home.open(Settings())


@cache
def _demo() -> Home:
    return Home.open(Settings().for_demo())


def _homes() -> list[Home]:
    """The team's own home; the demo market's where there is one, since pages may show that."""
    there = (_home().settings.demo_home / "store.sqlite").exists()
    return [_home(), _demo()] if there else [_home()]


def _state() -> dict[str, bool]:
    try:
        home = _home()
        with reading(home.store) as connection:
            return {"ok": migrate.current(connection) == migrate.head(), "worker": worker.alive(home)}
    except SQLAlchemyError:
        return {"ok": False, "worker": False}


# Else the first deep link to a fresh process is met with "page not found": Streamlit takes our folder of pages for its
# own old kind until app.py has run once.
PagesManager.uses_pages_directory = False
link.served = True
OURS = [Route("/health", health), calendar_route.route(_homes), *QUICK]
app = st.App(SCRIPT, routes=OURS, middleware=[Middleware(Headers), Middleware(SignIn)])
