"""A routing server small enough for a test: speaks as OSRM and as Valhalla do, over real HTTP, on this machine alone.

It drives a straight degree in 3,600 seconds, north-south and east-west added.
"""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

Point = tuple[float, float]  # latitude, longitude


class Answers:
    """What was asked, and how to misbehave: `unknown` pairs are null, `body` is sent in place of any answer."""

    def __init__(self) -> None:
        self.url = ""
        self.pairs: list[int] = []  # of each request
        self.unknown: set[tuple[Point, Point]] = set()
        self.body: bytes | None = None
        self.wait = 0.0
        self.status = 200

    def seconds(self, sources: list[Point], targets: list[Point]) -> list[list[float | None]]:
        self.pairs.append(len(sources) * len(targets))
        return [
            [None if (a, b) in self.unknown else 3600 * (abs(a[0] - b[0]) + abs(a[1] - b[1])) for b in targets]
            for a in sources
        ]


@contextmanager
def roads_server() -> Iterator[Answers]:
    """Started on a free port of 127.0.0.1, stopped at the end."""
    answers = Answers()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = urlsplit(unquote(self.path))
            options = parse_qs(asked.query)
            assert asked.path.startswith("/table/v1/driving/")
            assert options["annotations"] == ["duration"]
            pairs = [pair.split(",") for pair in asked.path.rpartition("/")[2].split(";")]
            points = [(float(lat), float(lon)) for lon, lat in pairs]
            sources = [points[int(i)] for i in options["sources"][0].split(";")]
            targets = [points[int(i)] for i in options["destinations"][0].split(";")]
            self.answer({"code": "Ok", "durations": answers.seconds(sources, targets)})

        def do_POST(self) -> None:
            assert self.path == "/sources_to_targets"
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            sources, targets = ([(p["lat"], p["lon"]) for p in asked[name]] for name in ("sources", "targets"))
            cells = [[{"time": cell} for cell in row] for row in answers.seconds(sources, targets)]
            self.answer({"sources_to_targets": cells})

        def answer(self, told: dict[str, Any]) -> None:
            time.sleep(answers.wait)
            self.send_response(answers.status)
            self.end_headers()
            with suppress(BrokenPipeError):  # who asked has gone
                self.wfile.write(json.dumps(told).encode() if answers.body is None else answers.body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    answers.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield answers
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
