"""One browser tab without a browser: a Streamlit session over its websocket, run after run."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlencode

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

SECONDS = 120


@dataclass(frozen=True)
class Field:
    """A select box of the page: its id, the value that it shows, and what else it offers."""

    ident: str
    label: str
    value: str | None
    options: tuple[str, ...]
    off: bool


class Session:
    """Opens pages as a link, the menu or a field does, and waits until the script has finished."""

    def __init__(self, port: int) -> None:
        self.base = f"127.0.0.1:{port}"
        self.page, self.query = "", dict[str, str]()
        self.errors: list[str] = []
        self.fields: list[Field] = []
        self.received = 0
        self._cached: dict[str, Any] = {}
        self._scripts: dict[str, str] = {}

    async def __aenter__(self) -> Self:
        self._socket = await websockets.connect(
            f"ws://{self.base}/_stcore/stream",
            subprotocols=[websockets.Subprotocol("streamlit")],
            max_size=None,
            ping_interval=None,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        await self._socket.close()

    async def open(self, page: str, **query: str) -> None:
        """A deep link to a page with this query."""
        self.page, self.query = page, query
        await self._run(linked=True)

    async def go(self, page: str) -> None:
        """The page's name in the menu: the query is left behind, as Streamlit's own links leave it."""
        self.page, self.query = page, {}
        await self._run(linked=page not in self._scripts)

    async def change(self, field: Field, value: str) -> None:
        """Another value of a select box."""
        await self._run(linked=False, changed={field.ident: value})

    async def _run(self, linked: bool, changed: Mapping[str, str] | None = None) -> None:
        message: Any = BackMsg()
        state = message.rerun_script
        if linked:
            state.page_name = self.page
        else:
            state.page_script_hash = self._scripts[self.page]
        state.query_string = urlencode(self.query)
        state.cached_message_hashes.extend(self._cached)
        state.context_info.url = f"http://{self.base}/{self.page}"
        state.context_info.timezone = "UTC"
        for ident, value in (changed or {}).items():
            state.widget_states.widgets.add(id=ident, string_value=value)
        self.fields = []
        await self._socket.send(message.SerializeToString())
        async with asyncio.timeout(SECONDS):
            while not self._finished(await self._socket.recv()):
                pass

    def _finished(self, raw: Any) -> bool:
        self.received += len(raw)
        message: Any = ForwardMsg.FromString(raw)
        if message.ref_hash:
            message = self._cached[message.ref_hash]
        elif message.metadata.cacheable:
            self._cached = dict([*self._cached.items()][-99:]) | {message.hash: message}
        kind = message.WhichOneof("type")
        if kind == "navigation":
            pages = message.navigation.app_pages
            self._scripts = {p.url_pathname: p.page_script_hash for p in pages}
            self._scripts.update(("", p.page_script_hash) for p in pages if p.is_default)
        if kind == "page_info_changed":
            self.query = dict(pair.split("=", 1) for pair in message.page_info_changed.query_string.split("&") if pair)
        if kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._note(message.delta.new_element)
        return bool(kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN)

    def _note(self, element: Any) -> None:
        if element.WhichOneof("type") == "exception":
            self.errors.append(element.exception.message[:300])
        elif element.WhichOneof("type") == "selectbox":
            box = element.selectbox
            options = tuple(box.options)
            value = box.raw_value if box.set_value else options[box.default] if box.HasField("default") else None
            self.fields.append(Field(box.id, box.label, value, options, box.disabled))
