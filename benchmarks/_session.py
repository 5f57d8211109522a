"""One browser tab without a browser: a Streamlit session over its websocket, run after run."""

import asyncio
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlencode

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

SECONDS = 120


class Session:
    """Opens a page by its address, as a deep link does, and waits until its script has finished."""

    def __init__(self, port: int) -> None:
        self.base = f"127.0.0.1:{port}"
        self._cached: list[str] = []
        self.errors: list[str] = []

    async def __aenter__(self) -> Self:
        self._socket = await websockets.connect(
            f"ws://{self.base}/_stcore/stream", subprotocols=[websockets.Subprotocol("streamlit")], max_size=None
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        await self._socket.close()

    async def open(self, page: str, **query: str) -> None:
        """One run of a page with this query."""
        message: Any = BackMsg()
        message.rerun_script.page_name = page
        message.rerun_script.query_string = urlencode(query)
        message.rerun_script.cached_message_hashes.extend(self._cached)
        message.rerun_script.context_info.url = f"http://{self.base}/{page}"
        message.rerun_script.context_info.timezone = "UTC"
        await self._socket.send(message.SerializeToString())
        async with asyncio.timeout(SECONDS):
            while not self._finished(await self._socket.recv()):
                pass

    def _finished(self, raw: Any) -> bool:
        message: Any = ForwardMsg.FromString(raw)
        if message.metadata.cacheable:
            self._cached = [*self._cached[-99:], message.hash]
        if message.WhichOneof("type") == "delta" and message.delta.new_element.WhichOneof("type") == "exception":
            self.errors.append(message.delta.new_element.exception.message[:300])
        done = message.WhichOneof("type") == "script_finished"
        return bool(done and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN)
