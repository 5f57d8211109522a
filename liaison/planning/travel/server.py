"""Drive times from a server that the team runs itself: OSRM's table or Valhalla's matrix, by URL.

Nothing is asked of anybody else: without a URL no request is made. What the server does not answer stays unknown, with
the reason, and is estimated by whoever asked.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any, Literal
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import numpy as np
import numpy.typing as npt

from liaison.errors import LiaisonError

Point = tuple[float, float]  # latitude, longitude
Floats = npt.NDArray[np.float64]

LONGEST_ANSWER = 64 << 20  # bytes


class _NoAnswerError(Exception):
    """The server did not answer as it should; the words say how."""


@dataclass(frozen=True)
class Server:
    """Where it answers, how it is spoken to, how long it may take; `places` at most in one request."""

    url: str
    kind: Literal["osrm", "valhalla"] = "osrm"
    timeout: float = 10.0
    places: int = 100

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise LiaisonError(
                f"{self.url} is no address of a routing server.", remedy="Give a URL that begins with http or https."
            )
        if self.timeout <= 0 or self.places < 2:
            raise LiaisonError("A routing server needs a time limit and two places a request at least.")

    @property
    def name(self) -> str:
        return f"{'OSRM' if self.kind == 'osrm' else 'Valhalla'} at {urlsplit(self.url).hostname}"

    def seconds(self, points: Sequence[Point], known: Floats | None = None) -> tuple[Floats, list[str]]:
        """Seconds from each point to each (NaN: not known), and what went wrong, a sentence a kind of trouble.

        Pairs that are `known` (not NaN) are not asked again. Where one request fails for want of an answer, the rest
        is not asked: each would wait as long.
        """
        found = np.full((len(points), len(points)), np.nan) if known is None else known.copy()
        np.fill_diagonal(found, 0.0)
        for rows, columns in self._blocks(len(points)):
            block = found[np.ix_(rows, columns)]
            if not np.isnan(block).any():
                continue
            try:
                answer = self._ask([points[i] for i in rows], [points[i] for i in columns])
            except _NoAnswerError as trouble:
                return found, [f"{self.name} {trouble}."]
            found[np.ix_(rows, columns)] = np.where(np.isnan(block), answer, block)
        return found, []

    def _blocks(self, count: int) -> Iterator[tuple[range, range]]:
        """All pairs in parts of so many places as a request may name."""
        if count <= self.places:
            yield range(count), range(count)
            return
        half = self.places // 2
        parts = [range(first, min(first + half, count)) for first in range(0, count, half)]
        yield from ((rows, columns) for rows in parts for columns in parts)

    def _ask(self, sources: Sequence[Point], targets: Sequence[Point]) -> Floats:
        answer = self._osrm(sources, targets) if self.kind == "osrm" else self._valhalla(sources, targets)
        if answer.shape != (len(sources), len(targets)):
            raise _NoAnswerError("answered for other places than it was asked for")
        return np.where(answer >= 0, answer, np.nan)

    def _osrm(self, sources: Sequence[Point], targets: Sequence[Point]) -> Floats:
        every = list(dict.fromkeys([*sources, *targets]))
        at = {point: number for number, point in enumerate(every)}
        where = ";".join(f"{lon:.6f},{lat:.6f}" for lat, lon in every)
        ask = "annotations=duration"
        for name, points in (("sources", sources), ("destinations", targets)):
            ask += f"&{name}=" + ";".join(str(at[point]) for point in points)
        told = self._told(Request(f"{self.url.rstrip('/')}/table/v1/driving/{where}?{ask}"))  # noqa: S310
        return _numbers(told.get("durations"))

    def _valhalla(self, sources: Sequence[Point], targets: Sequence[Point]) -> Floats:
        body = {
            "sources": [{"lat": lat, "lon": lon} for lat, lon in sources],
            "targets": [{"lat": lat, "lon": lon} for lat, lon in targets],
            "costing": "auto",
        }
        address = f"{self.url.rstrip('/')}/sources_to_targets"
        head = {"Content-Type": "application/json"}
        told = self._told(Request(address, json.dumps(body).encode(), head))  # noqa: S310  http and https alone
        cells = told.get("sources_to_targets")
        if not isinstance(cells, list) or not all(isinstance(row, list) for row in cells):
            raise _NoAnswerError("answered without times")
        return _numbers([[cell.get("time") if isinstance(cell, dict) else None for cell in row] for row in cells])

    def _told(self, request: Request) -> dict[str, Any]:
        try:
            with urlopen(request, timeout=self.timeout) as answer:  # noqa: S310  http and https alone
                content = answer.read(LONGEST_ANSWER)
        except TimeoutError as error:
            raise _NoAnswerError(f"did not answer within {self.timeout:g} s") from error
        except (OSError, HTTPException) as error:
            slow = isinstance(getattr(error, "reason", None), TimeoutError)
            says = f"did not answer within {self.timeout:g} s" if slow else f"did not answer: {error}"
            raise _NoAnswerError(says) from error
        try:
            told = json.loads(content)
        except ValueError as error:
            raise _NoAnswerError("answered something that is not JSON") from error
        if not isinstance(told, dict):
            raise _NoAnswerError("answered without times")
        return told


def _numbers(cells: object) -> Floats:
    """Rows of numbers; null: no way known."""
    try:
        rows = [[np.nan if cell is None else float(cell) for cell in row] for row in cells]  # type: ignore[attr-defined]
        return np.array(rows, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise _NoAnswerError("answered without times") from error
